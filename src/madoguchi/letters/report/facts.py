"""The facts of a report to the regulator (漏えい等報告): rule 8(1)'s nine items, any of them unknown.

``None`` is "not confirmed yet", an empty list is "there is none"; a blank text is the same as none given.
Source of the fields: ガイドライン通則編 3-5-3-3. Lists of choices that could not be compared with the official form are
marked on the page (`form`).
"""

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from madoguchi.letters.facts import Cause, Facts, Line, PeopleKind, Period, Secondary, Text

Kind = Literal["prompt", "final", "supplement"]
ItemNumber = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9"]
Count = Annotated[int, Field(ge=0, strict=True)]


class Part(Facts):
    """Fields that a later version may give again one by one.

    ``said_of`` names the fields that speak of a state, the state first: when the state changes they are said anew,
    since the day of "planned" is not the day of "done".
    """

    said_of: ClassVar[tuple[str, ...]] = ()

    def over(self, before: Self) -> dict[str, Any]:
        """Return these fields with what is missing taken from ``before``."""
        now = {name: getattr(self, name) for name in type(self).model_fields}
        state = self.said_of[0] if self.said_of else None
        changed = state and now[state] is not None and now[state] != getattr(before, state)
        stays = {name for name in now if not (changed and name in self.said_of)}
        return {name: getattr(before, name) if now[name] is None and name in stays else now[name] for name in now}


class Contact(Facts):
    """Who answers the regulator's questions (事務連絡者)."""

    name: Line | None = None
    department: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class Reporter(Part):
    """The business that reports; ``name`` is the business's name, not the clerk's."""

    name: Line | None = None
    kana: Line | None = None
    corporate_number: Line | None = None
    kind: Literal["business", "public_body"] | None = None
    address: Line | None = None
    representative: Line | None = None
    contact: Contact | None = None


class Moment(Facts):
    """One line of the course of facts; the day may be unknown."""

    date: dt.date | None = None
    text: Text


class Overview(Part):
    """Item 1. ``situations`` are the numbers of rule 7; an empty list is a voluntary report."""

    occurred: Period | None = None
    discovered: dt.date | None = None
    events: (
        tuple[Literal["leak", "leak_suspected", "loss", "loss_suspected", "damage", "damage_suspected"], ...] | None
    ) = None
    discoverer: Literal["own_staff", "entrustee", "partner", "card_company", "person", "authority", "other"] | None = (
        None
    )
    discoverer_text: Text | None = None
    situations: tuple[Literal["1", "2", "3", "4"], ...] | None = None
    entrusters: tuple[Line, ...] | None = None
    entrustees: tuple[Line, ...] | None = None
    summary: Text | None = None
    course: tuple[Moment, ...] | None = None
    investigation: Literal["done", "under_way", "planned", "considered", "none"] | None = None
    investigation_text: Text | None = None

    said_of: ClassVar = ("investigation", "investigation_text")


class Data(Part):
    """Item 2. ``items`` are keys of the catalogue, ``items_text`` what has no key."""

    media: tuple[Literal["paper", "electronic", "other"], ...] | None = None
    people_kinds: tuple[PeopleKind, ...] | None = None
    items: tuple[str, ...] | None = None
    items_text: Text | None = None


class Persons(Part):
    """Item 3: numbers of persons. ``upper`` is the most that may be affected, ``with_card`` those of them with card data."""

    confirmed: Count | None = None
    upper: Count | None = None
    with_card: Count | None = None

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        if self.confirmed is not None and self.upper is not None and self.upper < self.confirmed:
            raise ValueError("upper is below confirmed / 最大の人数が、確認された人数より少なくなっています")
        most = self.upper if self.upper is not None else self.confirmed
        if self.with_card is not None and most is not None and self.with_card > most:
            raise ValueError("with_card is above the number of persons / カード情報の人数が、全体の人数を超えています")
        return self

    def over(self, before: Self) -> dict[str, Any]:
        """Return the numbers with the earlier ones where none is given, but for those that the new ones refute."""
        now = super().over(before)
        if self.upper is None and now["upper"] is not None and now["upper"] < (now["confirmed"] or 0):
            now["upper"] = None
        most = now["upper"] if now["upper"] is not None else now["confirmed"]
        if self.with_card is None and most is not None and (now["with_card"] or 0) > most:
            now["with_card"] = None
        return now


class WhyItHappened(Part):
    """Item 4: whose act or system it began with, the kind of cause, and the detail."""

    actor: Literal["reporter", "entrustee", "unknown"] | None = None
    kind: Cause | None = None
    detail: Text | None = None

    said_of: ClassVar = ("kind", "detail")


class SecondaryHarm(Part):
    """Item 5."""

    state: Secondary | None = None
    detail: Text | None = None

    said_of: ClassVar = ("state", "detail")


class Notices(Part):
    """Item 6: what was done towards the persons, first of all the notice; ``count`` is persons told or to be told."""

    state: Literal["done", "under_way", "planned", "none"] | None = None
    date: dt.date | None = None
    methods: tuple[Literal["post", "email", "phone", "substitute"], ...] | None = None
    count: Count | None = None
    detail: Text | None = None

    said_of: ClassVar = ("state", "date", "count")


class Publication(Part):
    """Item 7."""

    state: Literal["done", "planned", "considered", "none"] | None = None
    date: dt.date | None = None
    methods: tuple[Literal["web", "press_conference", "press_release", "other"], ...] | None = None
    detail: Text | None = None

    said_of: ClassVar = ("state", "date")


class Measure(Facts):
    """A measure against recurrence, with the day it was or will be finished."""

    text: Text
    date: dt.date | None = None


class Prevention(Part):
    """Item 8."""

    done: tuple[Measure, ...] | None = None
    planned: tuple[Measure, ...] | None = None


class Others(Part):
    """Item 9: what else may help."""

    self_protection: Text | None = None
    police: Text | None = None
    other_authorities: Text | None = None
    certified_body: Text | None = None
    card_companies: Text | None = None
    desk: Text | None = None
    compensation: Text | None = None
    other: Text | None = None


class ReportFacts(Facts):
    """One version of a report: ``date`` is its day, ``previous_date`` that of the version before.

    ``investigating`` names the items (1 to 9) whose unknowns are being looked into. ``destination`` is the
    authority's name as the duty engine or the user says it.
    """

    kind: Kind
    date: dt.date
    previous_date: dt.date | None = None
    reception_number: Line | None = None
    destination: Line | None = None
    my_number: bool | None = None
    reporter: Reporter = Reporter()
    overview: Overview = Overview()
    data: Data = Data()
    persons: Persons = Persons()
    cause: WhyItHappened = WhyItHappened()
    secondary_harm: SecondaryHarm = SecondaryHarm()
    notices: Notices = Notices()
    publication: Publication = Publication()
    prevention: Prevention = Prevention()
    others: Others = Others()
    investigating: tuple[ItemNumber, ...] | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        seen, found = self.overview.occurred, self.overview.discovered
        days = [seen and seen.start, seen and seen.end, found, self.previous_date]
        if any(day and day > self.date for day in days):
            raise ValueError("a day lies after the report's own date / 報告日より後の日付があります")
        if found and seen and seen.start and found < seen.start:
            raise ValueError("it was found before it happened / 発覚日が発生日より前です")
        for name, part in (("notices", self.notices), ("publication", self.publication)):
            if part.state == "done" and part.date and part.date > self.date:
                raise ValueError(f"{name} cannot be done on a day to come / 報告日より後の日付が「済」になっています")
        return self
