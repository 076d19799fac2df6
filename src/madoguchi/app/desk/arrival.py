"""What an inquiry asks, from the mail that it came in: a signed inquiry where there is one, else the plain letter."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from madoguchi import exchange
from madoguchi.exchange import NotAccepted, carry
from madoguchi.intake.mail import Mail
from madoguchi.reading import questions
from madoguchi.text import emails

# As `notices.services` makes them; read out or typed, so spaces, dashes and width vary.
_REFERENCE = re.compile(r"(?<![0-9A-Za-z])([0-9A-Z]{5})\s?[-‐－ー―]\s?([0-9A-Z]{5})(?![0-9A-Za-z])")
TEXT_LETTERS = 100_000


class Asked(BaseModel):
    """One question as it was asked; ``key`` is law's, None for one of the person's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    key: str | None
    ground: str | None
    text: str


class Arrival(BaseModel):
    """What an inquiry says. Who they say they are (``person``) is a claim; ``reply_to`` is where they want the answer.

    ``statement`` is the id of the signed inquiry and ``sha256`` the digest that an answer names; ``refused`` says why a
    statement that was there does not count.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    text: str
    message_id: str | None
    sender: str | None
    reply_to: str | None
    reference: str | None
    person: dict[str, Any]
    questions: tuple[Asked, ...]
    statement: str | None = None
    sha256: str | None = None
    refused: str | None = None


def read(mail: Mail, *, to: str, now: datetime, seen: Callable[[str], bool]) -> Arrival:
    """Return what the mail asks the organisation of the domain ``to``; ``seen`` tells whether an inquiry's id is known."""
    sender = emails.canonical(mail.sender.address) if mail.sender else None
    text = mail.text[:TEXT_LETTERS]
    plain = Arrival(
        subject=mail.subject[:300],
        text=text,
        message_id=mail.message_id,
        sender=sender,
        reply_to=emails.canonical(mail.reply_to.address) if mail.reply_to else sender,
        reference=reference_in(f"{mail.subject}\n{text}"),
        person={"email": sender} if sender else {},
        questions=tuple(
            Asked(number=at, key=each.key, ground=each.ground, text=each.text)
            for at, each in enumerate(questions.of_letter(text), start=1)
        ),
    )
    parts = [(each.name, each.type, each.data) for each in mail.attachments]
    try:
        found = carry.find(text, parts)
    except NotAccepted as problem:
        return plain.model_copy(update={"refused": problem.reason})
    for jws in found:
        try:
            # Without an official domain there is nothing that an inquiry could be addressed to.
            opened = exchange.open_inquiry(jws, to=[to] if to else [], now=now, seen=seen)
        except NotAccepted as problem:
            plain = plain.model_copy(update={"refused": problem.reason})
        else:
            return _signed(plain, opened)
    return plain


def reference_in(text: str) -> str | None:
    """Return the first thing in ``text`` that is written as a notice's code (``XXXXX-XXXXX``), or None."""
    found = _REFERENCE.search(text.upper())
    return f"{found[1]}-{found[2]}" if found else None


def _signed(plain: Arrival, opened: exchange.Opened) -> Arrival:
    statement = opened.statement
    assert isinstance(statement, exchange.Inquiry)
    body = statement.body
    return plain.model_copy(
        update={
            "reply_to": emails.canonical(body.reply_to) if body.reply_to else plain.reply_to,
            "reference": body.reference or plain.reference,
            "person": body.person.model_dump(mode="json", exclude_none=True),
            "questions": tuple(
                Asked(number=each.number, key=each.key, ground=each.ground, text=each.text) for each in body.questions
            ),
            "statement": statement.id,
            "sha256": opened.sha256,
        }
    )
