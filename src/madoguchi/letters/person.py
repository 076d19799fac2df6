"""Who writes a person's letter, to whom, and how they learned of the matter: what all of the person's letters share."""

import datetime as dt
from typing import Literal

from madoguchi.letters.facts import Facts, Line, Text
from madoguchi.letters.letter import Block, Lines, Table
from madoguchi.letters.wording import Wording, texts
from madoguchi.problem import Lang
from madoguchi.text import dates

How = Literal["mail", "post", "sms", "call", "web", "news", "card_company", "odd_message", "odd_use", "other"]
AnswerBy = Literal["email", "post", "either"]


class Writer(Facts):
    """The person who writes; a field that the answer does not need is left out. ``for_person``: whom a guardian writes for."""

    name: Line
    name_kana: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    member_id: Line | None = None
    order_id: Line | None = None
    login_email: Line | None = None
    for_person: Line | None = None


class Addressee(Facts):
    """The company, and the desk or department if it is known."""

    name: Line
    department: Line | None = None
    address: Line | None = None


class Heard(Facts):
    """How and when the person learned of it; ``reference`` is the code of the notice, ``subject`` its title.

    ``verified``: the message was found to be the company's own; otherwise it is one that came in the company's name.
    """

    how: How
    on: dt.date | None = None
    text: Text | None = None
    notice_date: dt.date | None = None
    reference: Line | None = None
    subject: Line | None = None
    verified: bool = False


class Event(Facts):
    """Something that happened on a day, in the person's words."""

    on: dt.date
    text: Text


def opening(wording: Wording, date: dt.date, to: Addressee, writer: Writer, matter: str | None = None) -> list[Block]:
    """Return date, addressee and sender, as they stand above the title."""
    label = wording.say("label")
    right = [dates.say(date, wording.lang)]
    if matter:
        right.append(wording.say("own_reference") + label + matter)
    desk = [wording.say("to.desk", department=to.department)] if to.department else [wording.say("to.any_desk")]
    return [
        Lines(texts=tuple(right), side="right"),
        Lines(texts=(*([to.address] if to.address else []), wording.say("to.company", name=to.name), *desk)),
        Lines(texts=(signature(wording, writer), *([writer.address] if writer.address else [])), side="right"),
    ]


def signature(wording: Wording, writer: Writer) -> str:
    """Return the writer's name, with whom they write for."""
    if writer.for_person:
        return wording.say("guardian", name=writer.name, person=writer.for_person)
    return writer.name


def about(wording: Wording, writer: Writer) -> Table:
    """Return who writes, as the company needs it to find them."""
    given = [
        ("name", f"{writer.name}（{writer.name_kana}）" if writer.name_kana else writer.name),
        ("for_person", writer.for_person),
        ("address", writer.address),
        ("phone", writer.phone),
        ("email", writer.email),
        ("member_id", writer.member_id),
        ("order_id", writer.order_id),
        ("login_email", writer.login_email),
    ]
    return Table(rows=tuple((wording.say(f"about.{key}"), value) for key, value in given if value))


def heard(wording: Wording, how: Heard) -> str:
    """Return how the person learned of it, as one sentence."""
    named = f"{how.how}_verified" if how.verified and f"how.{how.how}_verified" in wording.texts else how.how
    you, yours = wording.say("you"), wording.say("yours")
    means = how.text if how.how == "other" and how.text else wording.say(f"how.{named}", you=you, yours=yours)
    if how.on:
        return wording.say("heard.on", date=dates.say(how.on, wording.lang), means=means)
    return wording.say("heard.once", means=means)


def notice_rows(wording: Wording, how: Heard) -> tuple[tuple[str, str], ...]:
    """Return the date, title and code of the notice, for the company to find it."""
    day = dates.say(how.notice_date, wording.lang) if how.notice_date else None
    given = [("notice_date", day), ("subject", how.subject), ("reference", how.reference)]
    return tuple((wording.say(f"notice.{key}"), value) for key, value in given if value)


def way(wording: Wording, answer_by: AnswerBy, writer: Writer) -> str:
    """Return how the answer is wished for: always in a form that leaves a record."""
    to = {"email": writer.email, "post": writer.address, "either": None}[answer_by]
    key = f"way.{answer_by}"
    return wording.say(f"{key}_to", to=to) if to else wording.say(key)


def words(name: str, lang: Lang) -> Wording:
    """Return the words of one of the person's letters, with those that all of them share."""
    wording = Wording(name, lang)
    wording.texts = {**texts("person"), **wording.texts}
    return wording
