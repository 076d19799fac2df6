"""The facts of an incident: stated once, read by the law, the reports and the notices.

Every field may be missing: "not yet" is a fact too. The keys in the first block are those of the contract's `duties`
and mean the same; those in the second are what the papers tell.
"""

import datetime
from collections.abc import Collection
from typing import Any

from pydantic import Field

from madoguchi import law
from madoguchi.app.company.consistency import check_papers
from madoguchi.letters.facts import Facts, Line, Period, Text, Told
from madoguchi.letters.report.facts import (
    ItemNumber,
    Moment,
    Others,
    Part,
    Prevention,
    Publication,
    SecondaryHarm,
    WhyItHappened,
)
from madoguchi.problem import Problem
from madoguchi.text import datafile


class IncidentFacts(Facts):
    """What is known of an incident; the fields of the law keep the names and values of `law.Facts`."""

    known_on: datetime.date | None = None
    events: tuple[str, ...] | None = None
    certainty: str | None = None
    data_state: str | None = None
    items: tuple[str, ...] | None = None
    persons: dict[str, int] | None = None
    passed_threshold_on: datetime.date | None = None
    unlawful_purpose: str | None = None
    encryption: str | None = None
    recovered_unread: bool | None = None
    same_data_kept: bool | None = None
    pseudonymised: bool | None = None
    holder: str | None = None
    role: str | None = None
    sector: str | None = None
    people_kinds: tuple[str, ...] | None = None
    people_in: tuple[str, ...] | None = None
    contactable: str | None = None
    login_opens: str | None = None
    entruster_told_on: datetime.date | None = None
    told_by_entrustee_on: datetime.date | None = None

    occurred: Period | None = None
    discoverer: Line | None = None
    discoverer_text: Text | None = None
    summary: Told | None = None
    course: tuple[Moment, ...] | None = None
    investigation: Line | None = None
    investigation_text: Text | None = None
    entrusters: tuple[Line, ...] | None = None
    entrustees: tuple[Line, ...] | None = None
    media: tuple[str, ...] | None = None
    persons_with_card: int | None = Field(default=None, ge=0)
    cause: WhyItHappened = WhyItHappened()
    cause_told: Told | None = None
    secondary_harm: SecondaryHarm = SecondaryHarm()
    secondary_told: Told | None = None
    publication: Publication = Publication()
    prevention: Prevention = Prevention()
    others: Others = Others()
    not_affected: tuple[str, ...] | None = None
    affected_group: Told | None = None
    company_did: tuple[Told, ...] | None = None
    compensation_told: Told | None = None
    delay_reason: Told | None = None
    investigating: tuple[ItemNumber, ...] | None = None


LAW_KEYS = tuple(key for key in law.Facts.model_fields if key in IncidentFacts.model_fields)
NEEDED = {
    "known_on": ("知った日", "the day it became known"),
    "events": ("事案の種類", "what kind of event it is"),
    "items": ("対象の項目", "which items are concerned"),
}
# What stands in for a needed fact that is not known yet, so that the others can be checked; it contradicts none of them.
STAND_INS = {"known_on": f"{law.facts.FIRST_YEAR}-01-01", "events": ["leak"], "items": ["name"]}
# A text that tells of a state: when the state changes, the old text is no longer true and does not stay.
TELLS_OF = {
    "discoverer_text": lambda facts: facts.discoverer,
    "investigation_text": lambda facts: facts.investigation,
    "cause_told": lambda facts: facts.cause.kind,
    "secondary_told": lambda facts: facts.secondary_harm.state,
    "compensation_told": lambda facts: facts.others.compensation,
}


def read(
    given: dict[str, Any],
    *,
    today: datetime.date,
    before: IncidentFacts | None = None,
    clear: Collection[str] = (),
) -> IncidentFacts:
    """Return ``given`` over ``before``: what is not given stays as it was (a blank is not a deletion).

    ``clear`` names what was wrong and is not known after all; ``today`` is the legal day on which this is stated.
    `Problem` names the field that cannot be used: unknown, of the wrong kind, in the future, or in contradiction to another.
    """
    if unknown := sorted(set(clear) - set(IncidentFacts.model_fields)):
        datafile.check(IncidentFacts, dict.fromkeys(unknown, True))
    kept = before.model_dump(exclude_none=True, exclude=set(clear)) if before else {}
    facts = _over(datafile.check(IncidentFacts, kept), datafile.check(IncidentFacts, given))
    datafile.check(law.Facts, {**STAND_INS, **_of_the_law(facts), "as_of": today})
    check_papers(facts, today=today)
    return facts


def law_facts(facts: IncidentFacts, *, as_of: datetime.date) -> law.Facts:
    """Return what the law is asked about; `Problem` names a fact that it cannot do without."""
    for key, (ja, en) in NEEDED.items():
        if not getattr(facts, key):
            raise Problem(
                ja=f"「{ja}」がまだ記入されていません。分かったところで記入してください。",
                en=f"{en} is not stated yet; state it as soon as it is known",
                place=key,
            )
    return datafile.check(law.Facts, {**_of_the_law(facts), "as_of": as_of})


def _of_the_law(facts: IncidentFacts) -> dict[str, Any]:
    """Return the facts that the law asks for, as its own file would hold them."""
    dumped = facts.model_dump(mode="json", exclude_none=True)
    return {key: dumped[key] for key in LAW_KEYS if dumped.get(key) not in (None, [])}


def _over(before: IncidentFacts, now: IncidentFacts) -> IncidentFacts:
    """Return ``now`` with what it leaves out as ``before`` had it; parts and the numbers of persons field by field."""
    joined: dict[str, Any] = {}
    for name in IncidentFacts.model_fields:
        old, new = getattr(before, name), getattr(now, name)
        if isinstance(new, Part):
            joined[name] = type(new).model_construct(**new.over(old)).model_dump()
        elif isinstance(new, dict):
            joined[name] = {**(old or {}), **new}
        else:
            joined[name] = old if new is None else new
    for name, state in TELLS_OF.items():
        if state(now) not in (None, state(before)) and getattr(now, name) is None:
            joined[name] = None
    return datafile.check(IncidentFacts, joined)
