"""A mail is one of ours that came back, a code returned, an inquiry, or nothing for the desk; sorted twice it is one."""

from email.message import EmailMessage

import pytest
from django.utils import timezone

from madoguchi.app.desk.models import Inquiry, Proof, State
from madoguchi.app.desk.queries import set_aside
from madoguchi.app.desk.services import assign, close_inquiry
from madoguchi.app.desk.sorting import sort
from madoguchi.app.due.worker import run_due
from madoguchi.app.log.models import Entry
from madoguchi.app.mail.models import Bounce, OutgoingMail
from madoguchi.app.mail.services import take_in


@pytest.fixture
def coded(desk, hanako):
    """Return an inquiry to whose address a code went, the code, and the mail that carried it."""
    inquiry = assign(inquiry=desk.inquiry(hanako.letter()), by=desk.shop.desk, incident=desk.incident)
    return inquiry, *desk.code(inquiry)


def person_of(inquiry):
    return Inquiry.objects.get(id=inquiry.id).person


# ---------------------------------------------------------------- inquiries


def test_the_worker_makes_an_inquiry_of_a_mail_that_came_in(desk, hanako):
    row = take_in(organisation=desk.organisation, by=desk.shop.desk, raw=hanako.letter(), source="file")
    OutgoingMail.objects.all().delete()
    run_due(now=timezone.now())
    assert Inquiry.objects.get().mail == row


@pytest.mark.parametrize(
    "head",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List-Id": "<talk.lists.example>"},
    ],
)
def test_what_a_program_wrote_is_no_inquiry_and_is_not_lost(desk, hanako, head: dict):
    row = desk.arrives(hanako.letter(reference=desk.reference("A2"), head=head))
    assert not Inquiry.objects.exists()
    assert list(set_aside(desk.shop.desk)) == [row]


def test_an_inquiry_through_the_desks_own_list_of_staff_is_one(desk, hanako):
    head = {"List-Id": "<privacy.minato.example>", "Precedence": "list"}
    assert desk.inquiry(hanako.letter(head=head))


@pytest.mark.parametrize(
    "raw",
    [
        b"x",
        b"\r\n\r\n\xff\xfe\x00",
        b"From: hanako@mail.example\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-\r\n",
        b"From: \xff\xfe <\xff@\xff>\r\nSubject: =?utf-8?b?/////w==?=\r\nMessage-ID: <\xff>\r\n\r\n\xed\xa0\x80\r\n",
        b"From: a@mail.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\n\r\np\r\n" * 1000
        + b"--x--",
    ],
)
def test_a_broken_mail_is_received_all_the_same(desk, raw: bytes):
    assert desk.inquiry(raw).state == State.RECEIVED


def test_a_mail_that_is_sorted_twice_is_one_inquiry(desk, hanako):
    row = desk.arrives(hanako.letter())
    before = Entry.objects.count()
    sort(row)
    assert (Inquiry.objects.count(), Entry.objects.count()) == (1, before)


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize(
    "write",
    [
        "{0}{1}",
        "番号は {0}{1} です。",
        "{0} {1}",
        "{0}-{1}\n\nよろしくお願いします。",
        "電話は 090-1234-5678、番号は {0}{1} です。",
        "確認番号：{0}{1}",
    ],
)
def test_a_reply_with_the_code_identifies(desk, coded, hanako, write: str):
    inquiry, code, mail = coded
    desk.arrives(hanako.reply(mail, write.format(code[:4], code[4:])))
    assert person_of(inquiry) == desk.people["A2"]
    assert Inquiry.objects.count() == 1


def test_full_width_digits_are_digits(desk, coded, hanako):
    inquiry, code, mail = coded
    desk.arrives(hanako.reply(mail, code.translate({ord("0") + n: ord("０") + n for n in range(10)})))
    assert person_of(inquiry) == desk.people["A2"]


def test_a_code_in_a_mail_of_its_own_names_no_inquiry_and_becomes_one(desk, coded, hanako):
    inquiry, code, _ = coded
    assert desk.inquiry(hanako.mail(f"番号は {code} です。"))
    assert person_of(inquiry) is None


QUOTED = {
    "with marks": lambda text: "\n".join(f"> {line}" for line in text.splitlines()),
    "with wide marks": lambda text: "\n".join(f"＞{line}" for line in text.splitlines()),
    "under a line of Outlook's": lambda text: f"-----Original Message-----\nFrom: みなと堂\n\n{text}",
    "under a line of Gmail's": lambda text: f"2026年11月22日(日) 12:00 みなと堂 <privacy@minato.example>:\n\n{text}",
    "under an English line": lambda text: (
        f"On Sun, Nov 22, 2026 at 12:00 PM Minato <privacy@minato.example> wrote:\n\n{text}"
    ),
}


@pytest.mark.parametrize("quote", QUOTED.values(), ids=QUOTED)
@pytest.mark.parametrize("own", ["問い合わせた覚えがありません。どういうことでしょうか。", "何ですか", ""])
def test_the_code_in_what_a_reply_quotes_is_no_answer_and_the_reply_is_not_lost(
    desk, coded, hanako, text_of, quote, own: str
):
    inquiry, code, mail = coded
    assert code in text_of(mail)
    row = desk.arrives(hanako.reply(mail, f"{own}\n\n{quote(text_of(mail))}"))
    assert person_of(inquiry) is None
    assert not Proof.objects.filter(means="code").exists()
    assert Inquiry.objects.filter(mail=row).exists()


@pytest.mark.parametrize("quote", QUOTED.values(), ids=QUOTED)
def test_the_code_above_the_quotation_counts(desk, coded, hanako, text_of, quote):
    inquiry, code, mail = coded
    desk.arrives(hanako.reply(mail, f"{code}\n\n{quote(text_of(mail))}"))
    assert person_of(inquiry) == desk.people["A2"]


@pytest.mark.parametrize("head", [{"Auto-Submitted": "auto-replied"}, {"X-Autoreply": "yes"}])
def test_a_program_that_answers_with_our_mail_in_it_has_not_read_it(desk, coded, hanako, text_of, head: dict):
    inquiry, code, mail = coded
    desk.arrives(hanako.reply(mail, f"不在にしております。番号 {code}\n\n{text_of(mail)}", head=head))
    assert person_of(inquiry) is None
    assert not Proof.objects.filter(means="code").exists()


def test_a_mail_is_one_try_however_often_it_is_sorted(desk, coded, hanako):
    inquiry, code, mail = coded
    wrong = f"{(int(code) + 1) % 10**8:08}"
    row = desk.arrives(hanako.reply(mail, wrong))
    for _ in range(6):
        sort(row)
    assert Proof.objects.filter(means="code").count() == 1
    desk.arrives(hanako.reply(mail, code))
    assert person_of(inquiry) == desk.people["A2"]


def test_a_code_for_a_closed_inquiry_comes_to_the_desk_as_a_new_one(desk, coded, hanako):
    inquiry, code, mail = coded
    close_inquiry(inquiry=inquiry, by=desk.shop.desk, reason="no_reply")
    assert desk.inquiry(hanako.reply(mail, code)).state == State.RECEIVED
    assert person_of(inquiry) is None


def test_a_reply_to_an_answer_is_a_new_inquiry_of_the_same_person(desk, hanako, text_of):
    _, mail = desk.answered(desk.identified())
    quoted = "\n".join(f"> {line}" for line in text_of(mail).splitlines())
    again = desk.inquiry(hanako.reply(mail, f"もう一つ伺います。漏えいの原因は何ですか。\n\n{quoted}"))
    assert again.person == desk.people["A2"]


# ---------------------------------------------------------------- bounces


def returned(mail: bytes) -> bytes:
    """Return the report of a mail system that ``mail`` could not be delivered (RFC 3464)."""
    report = (
        "From: MAILER-DAEMON@mail.example\r\nTo: privacy@minato.example\r\nSubject: failure\r\nReturn-Path: <>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
        "--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.mail.example\r\n\r\n"
        "Final-Recipient: rfc822; hanako@mail.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <hanako@mail.example> unknown\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return report.encode() + mail + b"\r\n--r--\r\n"


def test_a_bounce_is_entered_once_and_is_no_inquiry(desk, coded):
    _, _, mail = coded
    before = Inquiry.objects.count()
    row = desk.arrives(returned(mail))
    sort(row)
    assert Bounce.objects.get().mail.subject == Proof.objects.get(means="code_sent").id
    assert Inquiry.objects.count() == before
    assert len(desk.said("mail:bounce:recorded")) == 1
    assert "hanako" not in str(desk.said("mail:bounce:recorded"))
    assert not set_aside(desk.shop.desk).exists()


def test_a_bounce_of_somebody_elses_mail_is_set_aside(desk):
    other = EmailMessage()
    other["Message-ID"] = "<00000000-0000-4000-8000-000000000000@other.example>"
    row = desk.arrives(returned(other.as_bytes()))
    assert not Bounce.objects.exists()
    assert not Inquiry.objects.exists()
    assert list(set_aside(desk.shop.desk)) == [row]


def test_a_mail_that_only_waits_is_no_inquiry_and_no_bounce(desk, coded):
    _, _, mail = coded
    before = Inquiry.objects.count()
    desk.arrives(returned(mail).replace(b"Action: failed", b"Action: delayed").replace(b"5.1.1", b"4.4.1"))
    assert not Bounce.objects.exists()
    assert Inquiry.objects.count() == before
