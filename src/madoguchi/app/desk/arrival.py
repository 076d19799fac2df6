"""What an inquiry asks, from the mail that it came in: a signed inquiry where there is one, else the plain letter."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from madoguchi import exchange
from madoguchi.app.notices.services import LETTERS
from madoguchi.exchange import NotAccepted, carry
from madoguchi.intake.mail import Mail
from madoguchi.reading import questions
from madoguchi.reading.reply.own import own_words
from madoguchi.text import emails
from madoguchi.text.fold import fold

# Read out or typed, so the dash may be missing, a space, or the long-vowel mark on its key. Other words have this form
# too: which of them is a notice's code, the notices know.
_REFERENCE = re.compile(rf"(?<![0-9A-Z])([{LETTERS}]{{5}})[ ー-]{{0,3}}([{LETTERS}]{{5}})(?![0-9A-Z])")
MOST_REFERENCES = 100
TEXT_LETTERS = 100_000
# A letter in which no question is found is one question: as much of it as stands in a reply.
WHOLE_LETTERS = 1_000
# What may stand in a header of our reply (RFC 5322 section 2.1.1).
_MESSAGE_ID = re.compile(r"<[!-~]{1,900}>")


class Asked(BaseModel):
    """One question as it was asked; ``key`` is law's, None for one of the person's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    key: str | None
    ground: str | None
    text: str


class Arrival(BaseModel):
    """What an inquiry says. Who they say they are (``person``) is a claim; ``reply_to`` is where they want the answer.

    ``references`` are what may be the codes of notices, in their order. ``statement`` is the id of the signed inquiry
    and ``sha256`` the digest that an answer names; ``refused`` says why a statement that was there does not count.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    text: str
    message_id: str | None
    sender: str | None
    reply_to: str | None
    references: tuple[str, ...]
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
        message_id=mail.message_id if mail.message_id and _MESSAGE_ID.fullmatch(mail.message_id) else None,
        sender=sender,
        reply_to=emails.canonical(mail.reply_to.address) if mail.reply_to else sender,
        references=references_in(f"{mail.subject}\n{text}"),
        person={"email": sender} if sender else {},
        questions=_questions(carry.letter(text), subject=mail.subject),
    )
    parts = [(each.name, each.type, each.data) for each in mail.attachments]
    refused = None
    try:
        for jws in carry.find(mail.text, parts):
            try:
                # Without an official domain there is nothing that an inquiry could be addressed to.
                return _signed(plain, exchange.open_inquiry(jws, to=[to] if to else [], now=now, seen=seen))
            except NotAccepted as problem:
                refused = problem.reason
    except NotAccepted as problem:
        refused = problem.reason
    return plain.model_copy(update={"refused": refused})


def references_in(text: str) -> tuple[str, ...]:
    """Return what stands in ``text`` in the form of a notice's code, as ``XXXXX-XXXXX``, each once."""
    found = _REFERENCE.finditer(fold(text).upper())
    return tuple(dict.fromkeys(f"{each[1]}-{each[2]}" for each in found))[:MOST_REFERENCES]


def _questions(letter: str, *, subject: str) -> tuple[Asked, ...]:
    """Return the questions of a plain letter under its own numbers, or counted where it gives none or one twice."""
    found = questions.of_letter(letter)
    if not found:
        whole = own_words(letter).text.strip() or letter.strip() or subject.strip()
        found = [questions.Asked(None, whole[:WHOLE_LETTERS])] if whole else []
    numbers = [each.number for each in found]
    own = len(set(numbers)) == len(numbers) and all(number and 0 < number < 1000 for number in numbers)
    return tuple(
        Asked(number=each.number if own and each.number else at, key=each.key, ground=each.ground, text=each.text)
        for at, each in enumerate(found, start=1)
    )


def _signed(plain: Arrival, opened: exchange.Opened) -> Arrival:
    statement = opened.statement
    assert isinstance(statement, exchange.Inquiry)
    body = statement.body
    return plain.model_copy(
        update={
            "reply_to": emails.canonical(body.reply_to) if body.reply_to else plain.reply_to,
            "references": (body.reference,) if body.reference else plain.references,
            "person": body.person.model_dump(mode="json", exclude_none=True),
            "questions": tuple(
                Asked(number=each.number, key=each.key, ground=each.ground, text=each.text) for each in body.questions
            ),
            "statement": statement.id,
            "sha256": opened.sha256,
        }
    )
