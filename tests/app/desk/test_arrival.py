"""What a mail asks is read from the signed inquiry where there is one that counts, else from the plain letter."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app.desk.arrival import MOST_REFERENCES, TEXT_LETTERS, read, references_in
from madoguchi.exchange import carry
from madoguchi.intake import mail as mails


def arrival(raw: bytes, *, to: str = "minato.example", now=None, seen=()):
    return read(mails.read(raw), to=to, now=now or timezone.now(), seen=lambda each: each in seen)


# ---------------------------------------------------------------- plain letters


def test_the_questions_of_a_plain_letter_are_read_in_their_numbers(hanako):
    asked = arrival(hanako.letter()).questions
    assert [(each.number, each.key) for each in asked] == [(1, "affected"), (2, "items"), (3, "cause")]


def test_numbers_that_do_not_begin_at_one_stay_as_they_are(hanako):
    asked = arrival(
        hanako.letter("次の点をお答えください。\n\n3. 原因は何ですか。\n5. 再発防止策を教えてください。\n")
    ).questions
    assert [(each.number, each.key) for each in asked] == [(3, "cause"), (5, "prevention")]


def test_a_question_with_two_matters_has_two_answers_under_numbers_of_their_own(hanako):
    asked = arrival(
        hanako.letter(
            "次の点をお答えください。\n\n1. 漏えいした項目と、漏えいの原因を教えてください。\n2. いつ起きたのですか。\n"
        )
    ).questions
    assert {"items", "cause", "when"} <= {each.key for each in asked}
    assert [each.number for each in asked] == list(range(1, len(asked) + 1))


def test_a_letter_that_asks_nothing_we_know_is_one_question_of_the_persons_own(hanako):
    (asked,) = arrival(hanako.letter("先日の件、納得がいきません。電話をください。")).questions
    assert (asked.number, asked.key) == (1, None)
    assert "電話をください" in asked.text


def test_a_mail_without_text_is_asked_by_its_subject(hanako):
    (asked,) = arrival(hanako.mail("\n", subject="漏えいの件で連絡をください")).questions
    assert asked.text == "漏えいの件で連絡をください"


def test_a_mail_without_anything_asks_nothing(hanako):
    assert arrival(hanako.mail("\n", subject="")).questions == ()


def test_a_letter_of_any_length_is_kept_so_far_as_a_desk_reads(hanako):
    found = arrival(hanako.mail("あ" * (TEXT_LETTERS + 500)))
    assert len(found.text) == TEXT_LETTERS
    assert len(found.questions[0].text) <= 1_000


def test_a_letter_in_html_alone_is_read_as_it_is_shown(hanako):
    raw = (
        b"From: hanako@mail.example\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + "<p>次の点をお答えください。</p><ol><li>漏えいの原因は何ですか。</li></ol>".encode()
    )
    assert "cause" in {each.key for each in arrival(raw).questions}


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc_jp", "utf-8"])
@pytest.mark.parametrize("told", ["right", "us-ascii", "utf-8", "no-such-charset"])
def test_a_letter_is_read_whatever_charset_it_says_it_has(charset: str, told: str):
    name = charset if told == "right" else told
    text = "ご担当者様\n\n先日の通知の件でお尋ねします。\n漏えいの原因は何ですか。\n"
    head = f"From: hanako@mail.example\r\nSubject: x\r\nContent-Type: text/plain; charset={name}\r\n\r\n"
    assert "cause" in {each.key for each in arrival(head.encode() + text.encode(charset)).questions}


def test_a_mail_with_a_thousand_parts_is_read_so_far_as_its_limits_let(hanako):
    parts = b"".join(b"--x\r\nContent-Type: text/plain\r\n\r\npart\r\n" for _ in range(1000))
    raw = b"From: hanako@mail.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"--x--\r\n"
    found = arrival(raw)
    assert found.sender == "hanako@mail.example"
    assert found.text.startswith("part")


@pytest.mark.parametrize(
    "message_id", ["<x@y.example>", "<" + "x" * 2000 + "@y.example>", "<見本@y.example>", "none", ""]
)
def test_only_a_message_id_that_may_stand_in_our_reply_is_kept(message_id: str):
    raw = f"From: hanako@mail.example\r\nMessage-ID: {message_id}\r\n\r\nx\r\n".encode()
    assert arrival(raw).message_id == (message_id if message_id == "<x@y.example>" else None)


@given(st.binary(max_size=2000))
def test_no_mail_of_a_stranger_raises(raw: bytes):
    found = arrival(raw)
    assert found.statement is None
    assert type(found).model_validate_json(found.model_dump_json()) == found


# ---------------------------------------------------------------- codes of notices


@pytest.mark.parametrize(
    "written",
    [
        "ACDEF-34679",
        "acdef-34679",
        "ＡＣＤＥＦ－３４６７９",
        "ACDEF‐34679",
        "ACDEF – 34679",
        "ACDEF ー 34679",
        "ACDEF 34679",
        "ACDEF34679",
        "番号はACDEF-34679です",
        "> 通知の番号：ACDEF-34679",
        "（ACDEF-\n34679）",
    ],
)
def test_a_code_is_found_however_it_was_typed(written: str):
    assert references_in(written) == ("ACDEF-34679",)


@pytest.mark.parametrize("written", ["", "ACDEF", "XACDEF-34679", "ACDEF-346790", "03-3344-5566", "ORDER-12345"])
def test_what_has_not_the_form_of_a_code_is_none(written: str):
    assert references_in(written) == ()


def test_other_words_of_the_same_form_do_not_hide_the_code():
    assert "ACDEF-34679" in references_in("注文番号 CAFEX-77777 の件です。THEME PARTY. 通知の番号は ACDEF-34679 です。")


def test_codes_beyond_a_hundred_are_left_out():
    many = " ".join(f"ACDE{a}-{b}{c}PPP" for a in "ACDEFG" for b in "ACDEFG" for c in "ACDEFG")
    assert len(references_in(many)) == MOST_REFERENCES


# ---------------------------------------------------------------- signed inquiries


def test_a_signed_inquiry_gives_its_questions_in_their_numbers_with_their_grounds(hanako):
    found = arrival(hanako.signed(("items", "cause"), own="なぜ連絡が遅れたのですか。"))
    assert [(each.number, each.key, each.ground) for each in found.questions] == [
        (1, "items", "notice_item"),
        (2, "cause", "notice_item"),
        (9, None, "courtesy"),
    ]
    assert found.statement
    assert found.refused is None


def test_a_signed_inquiry_pasted_as_a_block_counts_too(hanako):
    assert arrival(hanako.mail("手紙\n\n" + carry.block(hanako.statement()))).statement


def test_what_the_signed_inquiry_says_goes_before_what_the_text_says(hanako):
    jws = hanako.statement(("when",), reference="ACDEF-34679", reply_to="Other@mail.example")
    found = arrival(hanako.letter(reference="GHJKM-34679", attachments=[carry.attachment(jws)]))
    assert [each.key for each in found.questions] == ["when"]
    assert found.references == ("ACDEF-34679",)
    assert found.reply_to == "other@mail.example"


def test_the_same_statement_again_is_a_plain_letter_and_that_is_said(hanako):
    raw = hanako.letter(attachments=[carry.attachment(hanako.statement())])
    first = arrival(raw)
    again = arrival(raw, seen={first.statement})
    assert (again.statement, again.refused) == (None, "replayed")
    assert [each.key for each in again.questions] == ["affected", "items", "cause"]


def test_an_expired_statement_is_a_plain_letter_and_that_is_said(hanako, long_ago):
    raw = hanako.letter(attachments=[carry.attachment(hanako.statement(now=long_ago))])
    assert (arrival(raw).statement, arrival(raw).refused) == (None, "expired")
    assert arrival(raw, now=long_ago + timedelta(days=1)).statement


@pytest.mark.parametrize("to", ["other.example", ""])
def test_a_statement_to_another_company_is_a_plain_letter_and_that_is_said(hanako, to: str):
    found = arrival(hanako.signed(), to=to)
    assert (found.statement, found.refused) == (None, "addressee")


def test_an_altered_statement_is_a_plain_letter_and_that_is_said(hanako):
    head, payload, signature = hanako.statement().split(".")
    for altered in (f"{head}.{payload}.{'A' * len(signature)}", f"{head}.{payload[:-4]}AAAA.{signature}"):
        found = arrival(hanako.mail("手紙\n\n" + carry.block(altered)))
        assert found.statement is None
        assert found.refused in ("signature", "not_a_statement", "schema")


def test_a_copy_that_differs_from_what_was_signed_is_said(hanako):
    name, kind, data = carry.attachment(hanako.statement())
    found = arrival(
        hanako.mail(
            "手紙", attachments=[(name, kind, data.replace("あなた".encode(), b"x", 1).replace(b"minato", b"other", 1))]
        )
    )
    assert (found.statement, found.refused) == (None, "copy_differs")


def test_a_new_statement_beside_an_old_one_counts_and_nothing_is_refused(hanako, long_ago):
    old, new = hanako.statement(now=long_ago), hanako.statement(("when",))
    found = arrival(hanako.mail("手紙", attachments=[carry.attachment(old), carry.attachment(new)]))
    assert [each.key for each in found.questions] == ["when"]
    assert found.statement
    assert found.refused is None


def test_the_block_of_a_refused_statement_is_no_question(hanako, long_ago):
    raw = hanako.letter("再発防止策を教えてください。\n\n" + carry.block(hanako.statement(now=long_ago)))
    assert [each.key for each in arrival(raw).questions] == ["prevention"]


# ---------------------------------------------------------------- who says they ask


@pytest.mark.parametrize(
    "sender", ["hanako@mail.example", "Hanako@Mail.Example", "髙橋 花子 <hanako+shop@mail.example>"]
)
def test_the_sender_is_one_writing_of_the_address(hanako, sender: str):
    assert arrival(hanako.letter(sender=sender)).sender == "hanako@mail.example"


def test_a_mail_without_a_sender_has_none():
    found = arrival(b"Subject: x\r\n\r\nx\r\n")
    assert (found.sender, found.reply_to, found.person) == (None, None, {})
