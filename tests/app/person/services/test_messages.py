"""Mails, calls and letters are kept as they came, once, with what they are and what they reply to."""

from datetime import UTC, datetime, timedelta

import pytest

from madoguchi.app.log.models import Entry
from madoguchi.app.mail.incoming import AlreadyHere, raw_of
from madoguchi.app.person.models import Message
from madoguchi.app.person.queries import asked_in, course_of, holding_place
from madoguchi.app.person.sealing import told
from madoguchi.app.person.services import discard_mail, file_mail, name_message
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.problem import Problem

THOUSAND = (
    b"From: a@minato.example\r\nSubject: many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\npart %d\r\n" % number for number in range(1500))
    + b"--b--\r\n"
)
STRANGE = {
    "wrong charset": b"From: a@minato.example\r\nSubject: x\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
    + "お詫び".encode("cp932"),
    "unknown charset": b"From: a@minato.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\n"
    + "お詫び".encode("euc_jp"),
    "half a character": b"From: a@minato.example\r\nSubject: =?utf-7?Q?+2AA-?=\r\n"
    b"Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA-",
    "nul and escapes": b"From: a@minato.example\r\n\r\n\0\0\x1b[31m\x1b$B",
    "a thousand parts": THOUSAND,
    "no head": b"\r\n\r\nhello",
    "no text": b"From: a@minato.example\r\nSubject: empty\r\n\r\n",
    "not a mail": bytes(range(256)) * 40,
}


# ---------------------------------------------------------------- mail


def test_a_filed_mail_stays_as_it_came(me, case, said, files):
    raw = me.mail("お詫び申し上げます。\n").replace(b"\n", b"\r\n")
    message = me.file(case, raw)
    assert raw_of(message.mail) == raw
    assert files(case) == {"mail.eml": raw}
    assert told(message) == {
        "text": "お詫び申し上げます。\n",
        "subject": "【重要】お詫びとお知らせ",
        "counterpart": me.DESK,
    }
    assert (said(case)["role"], said(case)["sha256"]) == ("notice", message.mail.sha256)


def test_a_mail_waits_in_the_holding_place_until_it_is_filed_and_is_filed_once(me, case):
    waiting = me.take(me.mail())
    assert list(holding_place(me.organisation)) == [waiting]
    file_mail(case=case, by=me.actor, mail=waiting, role="notice")
    assert not holding_place(me.organisation).exists()
    for each in (case, me.case()):
        with pytest.raises(Problem, match="part of a case"):
            file_mail(case=each, by=me.actor, mail=waiting, role="other")


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_comes_is_filed_and_nothing_of_it_is_lost(me, case, files, name: str):
    message = me.file(case, STRANGE[name], role="other")
    assert raw_of(message.mail) == STRANGE[name]
    assert files(case) == {"mail.eml": STRANGE[name]}
    assert isinstance(told(message)["text"], str)
    assert list(course_of(case)) == [message]


def test_an_empty_mail_is_not_taken_in(me):
    with pytest.raises(Problem, match="empty"):
        me.take(b"\r\n \r\n")


def test_the_date_of_a_mail_counts_unless_it_lies_in_the_future(me, case):
    early, late = datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC), me.now() + timedelta(days=300)
    assert me.file(case, me.mail(date=early)).at == early
    message = me.file(case, me.mail(date=late))
    assert message.at == message.mail.taken_at
    without = me.file(case, me.mail())
    assert without.at == without.mail.taken_at


def test_a_mail_that_was_sent_from_another_program_is_ours(me, case):
    own = me.mail("1. 私の情報は漏えいの対象ですか。\n2. 漏えいの原因は何ですか。\n", sender=me.SENDER, Cc=me.DESK)
    message = me.file(case, own, role="inquiry")
    assert (message.incoming, told(message)["counterpart"]) == (False, me.SENDER)
    assert {asked.key for asked in asked_in(message)} >= {"affected", "cause"}
    back = name_message(message=message, by=me.actor, role="other")
    assert back.incoming


def test_a_mail_that_was_thrown_away_is_gone_for_good(me, case):
    raw = me.mail("宣伝")
    row = me.take(raw)
    discard_mail(mail=row, by=me.actor)
    with pytest.raises(KeyDestroyed):
        raw_of(row)
    assert not holding_place(me.organisation).exists()
    entry = Entry.objects.filter(log=me.organisation.record_log()).order_by("index").last()
    assert entry.kind == "person:mail:discarded"
    with pytest.raises(Problem, match="thrown away"):
        discard_mail(mail=row, by=me.actor)
    with pytest.raises(Problem, match="thrown away"):
        file_mail(case=case, by=me.actor, mail=row, role="notice")
    with pytest.raises(AlreadyHere):
        me.take(raw)


def test_a_mail_of_a_case_is_not_thrown_away(me, case):
    message = me.file(case, me.mail())
    with pytest.raises(Problem, match="part of a case"):
        discard_mail(mail=message.mail, by=me.actor)
    assert raw_of(message.mail)


# ---------------------------------------------------------------- memos


def test_a_call_is_kept_with_time_name_and_content(me, case, said, files):
    message = me.memo(
        case, "担当の港さんに電話。\r\n来週回答とのこと。", ago=2, counterpart="お客様窓口 港さん", incoming=False
    )
    assert (message.channel, message.incoming, message.at.date()) == (
        "phone",
        False,
        (me.now() - timedelta(days=2)).date(),
    )
    assert told(message)["counterpart"] == "お客様窓口 港さん"
    assert files(case) == {"memo.txt": "担当の港さんに電話。\n来週回答とのこと。".encode()}
    assert said(case)["counterpart"] == "お客様窓口 港さん"


@pytest.mark.parametrize("channel", ["form", "phone", "post", "sms", "line", "web", "talk", "email"])
def test_every_way_can_be_noted(me, case, channel: str):
    assert me.memo(case, "届いた文面", channel=channel).channel == channel


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "あ" * 200_001}, "text"),
        ({"channel": "fax"}, "channel"),
        ({"role": "apology"}, "role"),
        ({"ago": -1}, "at"),
        ({"role": "inquiry", "incoming": True}, "role"),
        ({"role": "reply", "incoming": False}, "role"),
    ],
)
def test_a_slip_is_named_and_leaves_nothing(me, case, more, place: str):
    before = Entry.objects.count()
    with pytest.raises(Problem) as caught:
        me.memo(case, more.pop("text", "電話した"), **more)
    assert caught.value.place == place
    assert (Entry.objects.count(), Message.objects.count()) == (before, 0)


def test_what_acts_on_a_page_does_not_get_into_a_memo(me, case):
    message = me.memo(case, "口座\u202e4321\x00\ud800", counterpart="港\u202eさん\n偽", subject="a\nb")
    assert told(message) == {"text": "口座4321〓", "counterpart": "港さん 偽", "subject": "a b"}


# ---------------------------------------------------------------- what it is, and what it replies to


def test_a_reply_belongs_to_the_last_letter_before_it(me, case, post, said):
    first = me.sent(case)
    reply = me.memo(case, "電話で回答があった", role="reply")
    assert reply.answers == first
    assert said(case)["answers"] == str(first.id)
    second = me.memo(case, "再度電話で尋ねた", incoming=False, role="follow_up")
    assert me.memo(case, "再度の回答", role="reply").answers == second
    assert me.memo(case, "遅れて届いた手紙", channel="post", role="reply", answers=first).answers == first


def test_a_message_is_named_and_the_entry_keeps_what_it_was(me, case, post, said):
    asked = me.sent(case)
    message = me.file(case, me.mail(), role="other")
    named = name_message(message=Message.objects.get(id=message.id), by=me.actor, role="reply", answers=asked)
    assert (named.role, named.answers) == ("reply", asked)
    told_entry = said(case)
    assert (told_entry["from"], told_entry["to"], told_entry["answers"]) == ("other", "reply", str(asked.id))
    name_message(message=message, by=me.actor, role="notice")
    assert (said(case)["from"], message.answers) == ("reply", asked)


def test_a_letter_made_here_stays_what_it_is(me, case, post):
    with pytest.raises(Problem, match="stays what it is"):
        name_message(message=me.sent(case), by=me.actor, role="other")


def test_a_reply_is_tied_to_nothing_of_another_case_and_to_nothing_of_theirs(me, case, post):
    elsewhere, notice = me.sent(me.case()), me.file(case, me.mail())
    message = me.file(case, me.mail("回答です"), role="other")
    for wrong in (elsewhere, notice, message):
        with pytest.raises(Problem) as caught:
            name_message(message=message, by=me.actor, role="reply", answers=wrong)
        assert caught.value.place == "answers"
        with pytest.raises(Problem):
            me.memo(case, "回答", role="reply", answers=wrong)
    message.refresh_from_db()
    assert (message.role, message.answers) == ("other", None)
