"""A person's home with a case, the mails that come to it, and short ways to bring the case to where a test begins."""

from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

SENDER = "hanako@mail.example"
DESK = "desk@minato.example"
KNOWN = {
    "title": "名簿の流出の通知",
    "company": "みなと堂",
    "domains": [{"domain": "minato.example", "known_from": "order_mail"}],
    "name": "青木 花子",
    "name_kana": "アオキ ハナコ",
    "address": "東京都港区見本9-8-7",
    "phone": "090-1111-2222",
    "email": SENDER,
    "member_id": "A-77",
    "items": ["name", "address", "email"],
    "concerns": ["住所を知られて不安です。"],
}
REPLY = """\
青木 花子 様

お問い合わせありがとうございます。みなと堂お客様窓口です。

1. お客様の情報は、今回の漏えいの対象に含まれております。
2. 漏えいした項目は、お名前、ご住所、メールアドレスです。
4. 原因については、調査中のため、現時点ではお答えできません。

みなと堂 お客様窓口
"""
FAKE = """\
みなと堂サポートです。お客様の口座に返金いたします。
本日中に次のページでカード番号と暗証番号を入力してください。
https://minato.example.secure-refund.example/login
"""


def mail(
    text: str = "個人情報が漏えいした可能性があります。\n",
    *,
    sender: str = f"みなと堂 <{DESK}>",
    subject: str = "【重要】お詫びとお知らせ",
    to=None,
    date: datetime | None = None,
    **headers: str,
) -> bytes:
    """Return a mail to the person; ``to`` is the message of ours that it replies to."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, SENDER, subject
    if date:
        made["Date"] = format_datetime(date)
    if to is not None and to.sent:
        made["In-Reply-To"] = to.sent.message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def bounce(of, *, status: str = "5.1.1") -> bytes:
    """Return what a server says of a mail of ours that it could not deliver (RFC 3464)."""
    return f"""\
From: MAILER-DAEMON@mail.example
To: {SENDER}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {DESK}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: message/rfc822

Message-ID: {of.sent.message_id}
Subject: x

--b--
""".encode()


class Me:
    """A made-up person in their own home, and what is written to them."""

    KNOWN, SENDER, DESK, REPLY, FAKE = KNOWN, SENDER, DESK, REPLY, FAKE
    mail, bounce = staticmethod(mail), staticmethod(bounce)

    def __init__(self) -> None:
        from madoguchi.app.accounts.permission import System, ThePerson
        from madoguchi.app.accounts.services import create_organisation

        self.actor = ThePerson()
        self.organisation = create_organisation(by=System("setup"), name="本人")

    def case(self, **facts):
        """Return a case on what the person knows."""
        from madoguchi.app.person.services import open_case

        return open_case(organisation=self.organisation, by=self.actor, facts={**KNOWN, **facts})

    def take(self, raw: bytes):
        """Return a mail in the holding place."""
        from madoguchi.app.mail.services import take_in

        return take_in(organisation=self.organisation, by=self.actor, raw=raw, source="file")

    def sort(self, raw: bytes):
        """Return a mail as it is after the sorter saw it."""
        from madoguchi.app.person.sorting import sort

        row = self.take(raw)
        sort(row)
        return row

    def file(self, case, raw: bytes, role: str = "notice", **more):
        """Return the message of a mail that is filed in the case."""
        from madoguchi.app.person.services import file_mail

        return file_mail(case=case, by=self.actor, mail=self.take(raw), role=role, **more)

    def memo(self, case, text: str, *, channel: str = "phone", incoming: bool = True, ago: int = 0, **more):
        """Return what is kept of something that was said so many days ago."""
        from madoguchi.app.person.services import keep_memo

        at = self.now() - timedelta(days=ago)
        return keep_memo(case=case, by=self.actor, channel=channel, incoming=incoming, at=at, text=text, **more)

    def letter(self, case, kind: str = "inquiry", **more):
        """Return a prepared letter."""
        from madoguchi.app.person.services import prepare_letter

        return prepare_letter(case=case, by=self.actor, kind=kind, **more)

    def sent(self, case, kind: str = "inquiry", **more):
        """Return the message of a letter that went into the outbox (fixture ``post``)."""
        from madoguchi.app.person.services import send_letter

        return send_letter(letter=self.letter(case, kind, **more), by=self.actor, to=DESK)

    def replied(self, case, asked, text: str = REPLY):
        """Return the reply to what was asked, read."""
        from madoguchi.app.person.services import read_message

        reply = self.file(case, mail(text, to=asked), role="reply", answers=asked)
        read_message(message=reply, by=self.actor)
        return reply

    def now(self) -> datetime:
        """Return the time."""
        from django.utils import timezone

        return timezone.now()

    def today(self):
        """Return the legal day."""
        from madoguchi.app.days import legal_day

        return legal_day(self.now())


@pytest.fixture
def me(db) -> Me:
    """Return the person."""
    return Me()


@pytest.fixture
def case(me: Me):
    """Return a case of the person."""
    return me.case()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch):
    """Give the home a mail server's name and the person's address; nobody is called until the outbox is delivered."""
    from django.conf import settings

    from madoguchi.app.servers import MailServer

    server = MailServer(host="127.0.0.1", port=9, sender=SENDER)
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, mail=server))
    return server


@pytest.fixture
def said():
    """Return a function that returns what the newest entry about a case says."""
    from madoguchi.app.log.models import Entry
    from madoguchi.app.log.queries import payload

    def newest(case) -> dict:
        entry = Entry.objects.filter(log=case.record_log()).order_by("index").last()
        return {"kind": entry.kind, **payload(entry)}

    return newest


@pytest.fixture
def files():
    """Return a function that returns the documents of the newest entry about a case, by name."""
    from madoguchi.app.log.models import Entry
    from madoguchi.app.log.sealing import Secret

    def newest(case) -> dict[str, bytes]:
        entry = Entry.objects.filter(log=case.record_log()).order_by("index").last()
        secret = Secret(entry.log_id, entry.index)
        return {row.name: secret.open(f"file:{row.name}", row.sealed) for row in entry.files.all()}

    return newest
