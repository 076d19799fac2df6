"""What the company tells the public of an incident: the one model behind the statement, the FAQ and the call script."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from madoguchi import catalogue
from madoguchi.letters.facts import Cause, Desk, Facts, Line, PeopleKind, Period, Secondary, Told
from madoguchi.letters.notice import Event
from madoguchi.letters.report.facts import ItemNumber, Notices, Persons, Publication
from madoguchi.problem import Problem
from madoguchi.text import digits, emails
from madoguchi.text.fold import fold
from madoguchi.text.language import LocalText

_HOST = re.compile(r"^https?://(?:www\.)?")
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.ASCII)
_MOBILE = re.compile(r"(?<![0-9])0[789]0[- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
_LONG = re.compile(r"(?<![0-9-])[0-9](?:[- ]?[0-9]){11,18}(?![0-9-])")


class Happened(Facts):
    """One line of the course of facts; the day may be unknown."""

    date: dt.date | None = None
    text: Told


class Measure(Facts):
    """A measure against recurrence, with the day it was or will be finished."""

    text: Told
    date: dt.date | None = None


class Filing(Facts):
    """Whom the company told or will tell; ``text`` are its own words instead of ours, ``name`` who it is where ours does not fit."""

    to: Literal["ppc", "authority", "police", "card_companies", "certified_body", "other"]
    name: Told | None = None
    state: Literal["done", "planned"] = "done"
    date: dt.date | None = None
    text: Told | None = None


class PublicDesk(Desk):
    """The desk, with the page of its form."""

    form: Line | None = None


class PublicFacts(Facts):
    """An incident as the public is told of it; ``None`` is "not known yet".

    ``number`` counts the statements (1 is 第1報); ``correction`` says what an earlier one had wrong. ``items`` and
    ``not_affected`` are keys of the catalogue. ``affected_group`` says who is concerned ("those who paid by card in
    the shop in this period"). ``investigating`` names the items of rule 8(1) that are being looked into. Texts that hold
    what could identify a person (a mail address, a mobile number, a card number, a My Number) are refused: PPC FAQ
    Q17-29 has such details left out of what is published.
    """

    date: dt.date
    company: Line
    company_address: Line | None = None
    representative: Line | None = None
    number: Annotated[int, Field(ge=1, strict=True)] | None = None
    previous_date: dt.date | None = None
    correction: Told | None = None
    people_kinds: tuple[PeopleKind, ...] = ("customers",)
    affected_group: Told | None = None
    events: tuple[Event, ...] = ("leak",)
    certainty: Literal["occurred", "suspected"] = "occurred"
    summary: Told | None = None
    occurred: Period | None = None
    discovered: dt.date | None = None
    course: tuple[Happened, ...] = ()
    items: tuple[str, ...] | None = None
    not_affected: tuple[str, ...] = ()
    persons: Persons = Persons()
    cause: Cause | None = None
    cause_text: Told | None = None
    secondary_harm: Secondary | None = None
    secondary_text: Told | None = None
    delay_reason: Told | None = None
    company_did: tuple[Told, ...] = ()
    notices: Notices = Notices()
    publication: Publication = Publication()
    filings: tuple[Filing, ...] = ()
    done: tuple[Measure, ...] = ()
    planned: tuple[Measure, ...] = ()
    compensation: Told | None = None
    desk: PublicDesk = PublicDesk()
    investigating: tuple[ItemNumber, ...] = ()

    @model_validator(mode="after")
    def _can_be_true(self) -> Self:
        if not self.events or not self.people_kinds:
            raise ValueError("events and people_kinds need one entry / 事案の種類と対象者の種別を1つ以上書いてください")
        if both := sorted(set(self.not_affected) & set(self.items or ())):
            raise ValueError(
                f"{', '.join(both)} cannot be affected and not affected / 対象であり対象でない項目があります"
            )
        seen = self.occurred
        days = [self.discovered, seen and seen.start, seen and seen.end, self.previous_date]
        days += [entry.date for entry in self.course] + [measure.date for measure in self.done]
        days += [filing.date for filing in self.filings if filing.state == "done"]
        if any(day and day > self.date for day in days):
            raise ValueError("a day lies after the date of publication / 公表の日より後の日付があります")
        if self.discovered and seen and seen.start and self.discovered < seen.start:
            raise ValueError("it was found before it happened / 知った日が発生した日より前です")
        return self

    @model_validator(mode="after")
    def _nobody_is_named(self) -> Self:
        for place, text in _told(self):
            ja, en = _identifying(text, *self._own()) or ("", "")
            if ja:
                raise ValueError(
                    f"{place} holds {en}, which names a person / {place}に、個人を特定し得る{ja}があります"
                )
        return self

    def _own(self) -> tuple[str | None, set[str]]:
        """The desk's address and the hosts of its pages; a shop's mail may be on a host that it shares with everybody."""
        pages = (self.desk.web, self.desk.form)
        hosts = {_HOST.sub("", fold(page)).partition("/")[0].casefold() for page in pages if page}
        return emails.canonical(self.desk.email or ""), hosts


def check_items(facts: PublicFacts) -> None:
    """Raise `Problem` for an item that the catalogue does not have, naming the field."""
    for field, keys in (("items", facts.items or ()), ("not_affected", facts.not_affected)):
        try:
            catalogue.check_keys(keys)
        except Problem as problem:
            problem.place = (problem.place or field).replace("items", field)
            raise


def _told(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that the company wrote itself, with its place; desk and names of the company aside."""
    if isinstance(value, LocalText):
        yield from ((place, text) for text in (value.ja, value.en, value.ja_easy))
    elif isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _told(inner, f"{place}[{number}]")
    elif isinstance(value, BaseModel) and not isinstance(value, Desk):
        for name in type(value).model_fields:
            yield from _told(getattr(value, name), f"{place}.{name}".lstrip("."))


def _identifying(text: str, desk: str | None, hosts: set[str]) -> tuple[str, str] | None:
    folded = fold(text)
    for match in _MAIL.finditer(folded):
        if emails.canonical(match[0]) != desk and not _within(match["domain"].casefold(), hosts):
            return "電子メールアドレス", "a mail address"
    if _MOBILE.search(folded):
        return "携帯電話の番号", "a mobile number"
    for match in _LONG.finditer(folded):
        run = digits.only(match[0])
        if len(run) == 12 and digits.my_number(run):
            return "マイナンバーとみられる番号", "what looks like a My Number"
        if 14 <= len(run) <= 19 and digits.luhn(run):
            return "カード番号とみられる番号", "what looks like a card number"
    return None


def _within(domain: str, hosts: set[str]) -> bool:
    return any(domain == host or domain.endswith(f".{host}") for host in hosts)
