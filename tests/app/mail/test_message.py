"""A mail is built whole: nothing typed becomes a header, every server can pass it on, both halves say the same."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default, strict
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app.mail.message import build, can_go_out, deliverable, new_message_id
from madoguchi.problem import Problem

AT = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)
ADDRESSES = yaml.safe_load((Path(__file__).parent / "cases" / "addresses.yaml").read_text(encoding="utf-8"))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def made(**other) -> bytes:
    """Return a usual notice, but for ``other``."""
    usual = {
        "sender": "privacy@mihon.example",
        "sender_name": "見本商店",
        "recipient": "hanako@mail.example",
        "subject": "個人情報についてのお知らせ",
        "text": "髙橋 様\n\nお知らせします。\n",
        "html": "<p>髙橋 様</p>\n<p>お知らせします。</p>\n",
        "message_id": "<1@mihon.example>",
        "at": AT,
    }
    return build(**{**usual, **other})


def read(raw: bytes):
    """Return a mail as a strict reader takes it: any defect is an error."""
    return message_from_bytes(raw, policy=strict)


def test_a_notice_is_read_back_as_it_was_meant():
    mail = read(made())
    assert mail["From"].addresses[0].display_name == "見本商店"
    assert mail["From"].addresses[0].addr_spec == "privacy@mihon.example"
    assert [each.addr_spec for each in mail["To"].addresses] == ["hanako@mail.example"]
    assert mail["Subject"] == "個人情報についてのお知らせ"
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"] == "<1@mihon.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["MIME-Version"] == "1.0"
    assert mail.defects == []


def test_the_text_comes_first_and_the_html_is_its_alternative():
    mail = read(made())
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all(part.get_content_charset() == "utf-8" for part in mail.iter_parts())


def test_a_real_notice_says_the_same_in_text_and_in_html():
    from datetime import date

    from madoguchi.letters import notice, render

    facts = notice.NoticeFacts(
        date=date(2026, 11, 21),
        company="見本<商店> & 社",
        person="髙橋 花子",
        proved=("name", "email"),
        possible=("phone",),
    )
    for lang in ("ja", "en", "ja-easy"):
        paper = notice.make(facts, lang)
        mail = read(made(subject=paper.subject, text=render.text(paper), html=render.html(paper)))
        text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
        assert text == render.text(paper)
        assert html.rstrip() == render.html(paper).rstrip()
        assert words(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|title|head).*?</\1>", " ", html))) == words(text)


def test_a_document_goes_with_the_mail_byte_for_byte_and_the_text_stays_as_it_is():
    data = bytes(range(256)) * 20 + '{"署名": 1}\r\n.\r\n'.encode()
    raw = made(
        attachments=[("madoguchi-notice.json", "application/json", data), ("お知らせ.pdf", "application/pdf", b"%PDF")]
    )
    assert can_go_out(raw)
    mail = read(raw)
    assert mail.get_content_type() == "multipart/mixed"
    first, second = mail.iter_attachments()
    assert (first.get_filename(), first.get_content_type(), first.get_content()) == (
        "madoguchi-notice.json",
        "application/json",
        data,
    )
    assert (second.get_filename(), second.get_content()) == ("お知らせ.pdf", b"%PDF")
    plain = read(made())
    for kind in ("plain", "html"):
        assert mail.get_body((kind,)).get_content() == plain.get_body((kind,)).get_content()


def test_a_reply_names_what_it_answers():
    mail = read(made(in_reply_to="<a@home.example>"))
    assert mail["In-Reply-To"] == mail["References"] == "<a@home.example>"
    assert read(made())["In-Reply-To"] is None
    assert read(made(in_reply_to=""))["References"] is None


def test_a_letter_that_a_person_wrote_does_not_say_that_a_program_did():
    assert read(made(automatic=False))["Auto-Submitted"] is None
    assert can_go_out(made(automatic=False))


def words(text: str) -> list[str]:
    """Return the words of a text without the marks that only draw (bullets, lines, numbers of a list)."""
    from html import unescape

    return re.findall(r"\w", unescape(text))


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1b"])
def test_nothing_typed_becomes_a_header(break_: str):
    evil = f"お知らせ{break_}Bcc: everybody@example.jp{break_}{break_}text"
    mail = read(made(subject=evil, sender_name=evil))
    assert mail["Bcc"] is None
    assert sorted(mail.keys()) == sorted(read(made()).keys())
    assert mail["Subject"] == "お知らせ Bcc: everybody@example.jp text"
    assert mail["From"].addresses[0].display_name == "お知らせ Bcc: everybody@example.jp text"
    assert mail.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("field", ["sender", "recipient"])
@pytest.mark.parametrize(
    "evil", ["a@b.jp\r\nBcc: c@d.jp", "a@b.jp, c@d.jp", "a@b.jp>\r\nRCPT TO:<c@d.jp", "", "a", "@"]
)
def test_an_address_that_is_more_than_one_is_refused_without_showing_it_whole(field: str, evil: str):
    with pytest.raises(Problem) as caught:
        made(**{field: evil})
    assert "c@d.jp" not in caught.value.say("ja") + caught.value.say("en")


@pytest.mark.parametrize(
    "name",
    [
        "見本商店",
        '見本"商店"',
        "見本, 商店 <店>",
        "Mihon, Inc.",
        "髙島屋﨑陽軒",
        "㈱見本",
        "a" * 300,
        "見" * 300,
        "",
        "🍙商店",
    ],
)
def test_every_name_of_a_sender_comes_through(name: str):
    raw = made(sender_name=name)
    assert can_go_out(raw)
    sender = read(raw)["From"].addresses
    assert [each.addr_spec for each in sender] == ["privacy@mihon.example"]
    # Python 3.11's reader leaves spaces between the encoded parts of a long name; readers have none (RFC 2047, 6.2).
    assert sender[0].display_name.replace(" ", "") == name.replace(" ", "")


def test_a_long_name_in_japanese_is_one_name_to_a_reader_of_encoded_words():
    name = "株式会社見本商店 お客様個人情報相談窓口 " * 8
    raw = made(sender_name=name)
    shown = str(make_header(decode_header(message_from_bytes(raw)["From"])))
    assert shown == f"{name.strip()} <privacy@mihon.example>"


@pytest.mark.parametrize(
    "subject", ["お知らせ" * 400, "a" * 5000, "a " * 2000, "漢字 and words " * 200, "", "  spaces  "]
)
def test_a_subject_of_any_length_comes_through(subject: str):
    raw = made(subject=subject)
    assert can_go_out(raw)
    assert read(raw)["Subject"] == " ".join(subject.split())


@given(text=WORDS, html=WORDS, subject=WORDS, name=WORDS)
def test_whatever_is_typed_goes_out_in_ascii_lines_that_every_server_takes(text, html, subject, name):
    raw = made(text=text, html=html, subject=subject, sender_name=name)
    assert can_go_out(raw)
    mail = message_from_bytes(raw, policy=default)
    assert sorted(mail.keys()) == sorted(read(made()).keys())
    assert [each.addr_spec for each in mail["From"].addresses] == ["privacy@mihon.example"]
    got = [part.get_payload(decode=True).decode().replace("\r\n", "\n").rstrip("\n") for part in mail.iter_parts()]
    assert got == [re.sub("\r\n|\r", "\n", part).rstrip("\n") for part in (text, html)]


def test_a_message_id_is_new_each_time_and_at_the_senders_domain():
    made_ids = {new_message_id("privacy@mihon.example") for _ in range(100)}
    assert len(made_ids) == 100
    assert all(re.fullmatch(r"<[0-9a-f-]{36}@mihon\.example>", each) for each in made_ids)


def test_a_long_domain_does_not_break_the_message_id():
    message_id = new_message_id("privacy@" + "label-of-a-long-domain." * 8 + "example")
    assert read(made(message_id=message_id))["Message-ID"] == message_id


@pytest.mark.parametrize("case", ADDRESSES["deliverable"], ids=lambda case: case["address"])
def test_an_address_that_mail_reaches_is_spelled_as_servers_want_it(case: dict[str, str]):
    spelled = deliverable(case["address"])
    assert spelled == case.get("spelled", case["address"])
    # Spelled once is spelled: the header, RCPT and a second look agree.
    assert deliverable(spelled) == spelled
    raw = made(recipient=case["address"])
    assert f"\r\nTo: {spelled}\r\n".encode() in raw
    to = read(raw)["To"].addresses
    assert [(each.username, each.domain) for each in to] == [
        (spelled.rpartition("@")[0].strip('"'), spelled.rpartition("@")[2])
    ]


@pytest.mark.parametrize("address", ADDRESSES["not_deliverable"])
def test_what_mail_cannot_be_sent_to_goes_by_post(address: str):
    assert deliverable(address) is None


@pytest.mark.parametrize(("size", "usable"), [(64, True), (65, False)])
def test_a_local_part_has_at_most_64_letters(size: int, usable: bool):
    assert (deliverable(f"{'a' * size}@mail.example") is not None) is usable


@given(st.text(max_size=60) | st.from_regex(r"[ -~]{1,20}@[ -~]{1,20}", fullmatch=True))
def test_an_address_of_any_kind_is_spelled_in_one_safe_line_or_not_at_all(address: str):
    spelled = deliverable(address)
    if spelled is not None:
        assert re.fullmatch(r"""("[!-~]+"|[!-~]+)@[A-Za-z0-9.-]+""", spelled)
        assert not set(spelled) & set("<>(),;: \r\n")
        assert len(spelled) <= 254
        assert can_go_out(made(recipient=address))


@pytest.mark.parametrize(
    ("raw", "may"),
    [
        (b"a: b\r\n\r\ntext\r\n", True),
        (b"a: b\r\n\r\n" + b"x" * 998 + b"\r\n", True),
        (b"a: b\r\n\r\n" + b"x" * 999 + b"\r\n", False),
        (b"a: b\r\n\r\n" + b"x" * 999, False),
        (b"a: b\n\ntext\n", False),
        (b"a: b\r\n\r\nte\rxt\r\n", False),
        (b"a: b\r\n\r\nte\n\rxt\r\n", False),
        (b"a: b\r\n\r\n.\n.\r\n", False),
        (b"a: b\r\n\r\nt\x00xt\r\n", False),
        ("a: b\r\n\r\nお知らせ\r\n".encode(), False),
    ],
)
def test_only_what_every_server_takes_as_it_is_may_go_out(raw: bytes, may: bool):
    assert can_go_out(raw) is may
