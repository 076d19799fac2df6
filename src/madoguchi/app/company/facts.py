"""The facts of an incident: stated once, read by the law, the reports and the notices.

Every field may be missing: "not yet" is a fact too. The keys in the first block are those of the contract's `duties`
and mean the same; those in the second are what the papers tell.
"""

import datetime
from typing import Any

from pydantic import Field

from madoguchi import law
from madoguchi.letters.facts import Facts, Line, Period, Text, Told
from madoguchi.letters.report.facts import (
    Data,
    ItemNumber,
    Moment,
    Others,
    Overview,
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
    company_did: tuple[Told, ...] | None = None
    delay_reason: Told | None = None
    investigating: tuple[ItemNumber, ...] | None = None


LAW_KEYS = tuple(key for key in law.Facts.model_fields if key in IncidentFacts.model_fields)
NEEDED = {
    "known_on": ("知った日", "the day it became known"),
    "events": ("事案の種類", "what kind of event it is"),
    "items": ("対象の項目", "which items are concerned"),
}


def read(given: dict[str, Any], *, before: IncidentFacts | None = None) -> IncidentFacts:
    """Return ``given`` over ``before``: what is not given stays as it was (a blank is not a deletion).

    `Problem` names the field that cannot be used: unknown, of the wrong kind, or in contradiction to another.
    """
    kept = before.model_dump(exclude_none=True) if before else {}
    facts = datafile.check(IncidentFacts, _over(kept, given))
    if all(getattr(facts, key) for key in NEEDED):
        law_facts(facts, as_of=datetime.date.max.replace(year=law.facts.LAST_YEAR))
    _check_papers(facts)
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
    dumped = facts.model_dump(exclude_none=True)
    return datafile.check(law.Facts, {**{key: dumped[key] for key in LAW_KEYS if key in dumped}, "as_of": as_of})


def _over(before: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return ``before`` with what ``given`` says; parts made of fields are joined field by field."""
    joined = dict(before)
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(before.get(key), dict) and key != "occurred":
            joined[key] = _over(before[key], value)
        elif value not in (None, "", {}):
            joined[key] = value
    return joined


def _check_papers(facts: IncidentFacts) -> None:
    """Refuse what the papers would refuse later: the choices of the report's fields are the report's own."""
    said = facts.model_dump(exclude_none=True)
    datafile.check(Overview, {key: said[key] for key in ("discoverer", "investigation") if key in said})
    datafile.check(Data, {key: said[key] for key in ("media", "people_kinds") if key in said})
