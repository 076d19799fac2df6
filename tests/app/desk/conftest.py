"""A shop's desk on the day after the notices went out, and people who write to it from homes of their own."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.policy import default as reading
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from madoguchi import exchange
from madoguchi.exchange import carry
from madoguchi.law.questions import question

DOMAIN = "minato.example"
LETTER = """みなと堂 お客様窓口 御中

貴社からの通知について、次の点をご回答ください。

1. {affected}
2. {items}
3. {cause}

よろしくお願いいたします。
"""


def texts(*keys: str) -> dict[str, str]:
    """Return the law's own words of some questions, by key."""
    return {key: question(key).text.ja for key in keys}


class Asker:
    """Somebody at a home of their own: an address, a key that signs inquiries, letters."""

    def __init__(self, address: str, to: str = DOMAIN) -> None:
        self.address, self.to, self.key = address, to, Ed25519PrivateKey.generate()

    def letter(self, text: str = "", *, reference: str = "", **more) -> bytes:
        """Return a plain inquiry as a mail."""
        text = text or LETTER.format(**texts("affected", "items", "cause"))
        return self.mail(text + (f"\n通知の番号：{reference}\n" if reference else ""), **more)

    def mail(
        self,
        text: str,
        *,
        sender: str = "",
        subject: str = "お問い合わせ",
        attachments: Sequence[tuple[str, str, bytes]] = (),
        head: dict[str, str] | None = None,
    ) -> bytes:
        """Return a mail to the desk; ``head`` are further fields."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = sender or self.address, f"privacy@{DOMAIN}"
        mail["Subject"], mail["Message-ID"] = subject, f"<{uuid4()}@home.example>"
        for name, value in (head or {}).items():
            mail[name] = value
        mail.set_content(text, cte="base64")
        for name, kind, data in attachments:
            main, _, sub = kind.partition("/")
            mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
        return mail.as_bytes()

    def reply(self, to: bytes, text: str, **more) -> bytes:
        """Return a reply to the mail ``to``."""
        return self.mail(text, head={"In-Reply-To": str(opened(to)["Message-ID"]), **more.pop("head", {})}, **more)

    def statement(self, keys: Sequence[str] = ("affected", "items"), *, own: str = "", **body) -> str:
        """Return a signed inquiry (JWS) as a person's home makes it."""
        now = body.pop("now", None) or timezone.now()
        asked = [
            exchange.Question(number=at, key=key, ground=question(key).ground, text=question(key).text.ja)
            for at, key in enumerate(keys, 1)
        ]
        if own:
            asked.append(exchange.Question(number=9, ground="courtesy", text=own))
        public = exchange.PublicKey.of(self.key)
        usual = {
            "to": self.to,
            "person": exchange.Person(email=self.address),
            "questions": tuple(asked),
            "key": public,
            "letter_sha256": exchange.letter_digest("手紙"),
        }
        return exchange.sign(
            exchange.Inquiry(
                issuer=exchange.issuer(public.key),
                issued=now,
                expires=now + timedelta(days=365),
                id=str(uuid4()),
                body=exchange.InquiryBody(**{**usual, **body}),
            ),
            self.key,
        )

    def signed(self, keys: Sequence[str] = ("affected", "items"), **more) -> bytes:
        """Return a signed inquiry as a mail with its attachment."""
        return self.mail("手紙", attachments=[carry.attachment(self.statement(keys, **more))])


def opened(raw: bytes) -> EmailMessage:
    """Return a mail as its reader has it."""
    return message_from_bytes(raw, policy=reading)


def body(raw: bytes) -> str:
    """Return the plain text of a mail."""
    return opened(raw).get_body(("plain",)).get_content().replace("\r\n", "\n")


class Desk:
    """The desk of the shop: an incident whose notices are approved and out, and what comes in."""

    def __init__(self, shop) -> None:
        from madoguchi.app.notices.services import queue_notices

        shop.has_domain(DOMAIN, key=True)
        self.shop, self.organisation = shop, shop.organisation
        self.incident = shop.incident()
        self.scan = shop.take(self.incident)
        self.round = shop.round(self.incident)
        queue_notices(round_=self.round, by=shop.manager)
        self.people = shop.persons(self.scan)

    def reference(self, list_id: str) -> str:
        """Return the code of somebody's notice."""
        return self.round.notices.get(person=self.people[list_id]).reference

    def arrives(self, raw: bytes):
        """Take a mail in and have it sorted, as the worker does; return its row."""
        from madoguchi.app.accounts.permission import System
        from madoguchi.app.desk.sorting import sort
        from madoguchi.app.mail.services import take_in

        row = take_in(organisation=self.organisation, by=System("mail"), raw=raw, source="imap")
        sort(row)
        return row

    def inquiry(self, raw: bytes):
        """Return the inquiry that a mail became."""
        from madoguchi.app.desk.models import Inquiry

        return Inquiry.objects.get(mail=self.arrives(raw))

    def identified(self, raw: bytes = b"", list_id: str = "A2"):
        """Return an inquiry of an identified asker."""
        from madoguchi.app.desk.models import State

        made = self.inquiry(raw or Asker("hanako@mail.example").letter(reference=self.reference(list_id)))
        assert made.state == State.IDENTIFIED
        return made

    def outbox(self, about) -> list[bytes]:
        """Return the mails of ours about the row ``about``, opened."""
        from madoguchi.app.mail import outbox
        from madoguchi.app.mail.models import OutgoingMail

        return [outbox.raw_of(row) for row in OutgoingMail.objects.filter(subject=about.id)]

    def code(self, inquiry, **more) -> tuple[str, bytes]:
        """Send a code; return it with the mail that carries it."""
        from madoguchi.app.desk.sealing import told
        from madoguchi.app.desk.services import send_code

        assert send_code(inquiry=inquiry, by=self.shop.desk, **more)
        proof = inquiry.proofs.filter(means="code_sent").latest("at")
        (mail,) = self.outbox(proof)
        return told(proof)["code"], mail

    def answered(self, inquiry, **more) -> tuple[object, bytes]:
        """Prepare and send an answer; return it with its mail."""
        from madoguchi.app.desk.services import prepare_answer, send_answer

        answer = send_answer(answer=prepare_answer(inquiry=inquiry, by=self.shop.desk, **more), by=self.shop.desk)
        (mail,) = self.outbox(answer)
        return answer, mail

    def said(self, kind: str) -> list[dict]:
        """Return what the entries of a kind say, in every log of the shop."""
        from madoguchi.app.log.models import Entry
        from madoguchi.app.log.queries import payload

        return [payload(row) for row in Entry.objects.filter(kind=kind).order_by("time", "index")]


@pytest.fixture
def desk(shop_case, mail_server) -> Desk:
    """Return the desk."""
    return Desk(shop_case)


@pytest.fixture
def hanako() -> Asker:
    """Return a customer (A2 of the list), who writes from the address on the list."""
    return Asker("hanako@mail.example")


@pytest.fixture
def stranger() -> Asker:
    """Return somebody whose address stands on no list."""
    return Asker("dare@elsewhere.example")


@pytest.fixture
def asker() -> type[Asker]:
    """Return the maker of askers."""
    return Asker


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    """Return the function that reads the plain text of a mail."""
    return body


@pytest.fixture
def open_mail() -> Callable[[bytes], EmailMessage]:
    """Return the function that opens a mail."""
    return opened


@pytest.fixture
def long_ago() -> datetime:
    """Return an instant at which no statement of today was issued."""
    return datetime(2020, 1, 1, tzinfo=UTC)
