"""What an announcement states, each fact with its place in the text: the contract's `read`, announcement."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from madoguchi.reading.flat import Span

Covers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A single value (an organisation, a day, a key) and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Day:
    """What happened when. ``value`` None: the text does not tell; ``to`` is the last day of a month, a year or 上旬."""

    event: str
    value: date | None
    to: date | None
    precision: str
    span: Span


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that the incident is about; ``of`` is what it is a period of, in the text's words."""

    first: date | None
    last: date | None
    of: str
    span: Span


@dataclass(frozen=True, slots=True)
class Count:
    """How many; ``of`` is the item they are counts of, where the text says it."""

    value: int
    unit: str
    qualifier: str
    of: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """What the company did (``done``) or will do."""

    text: str
    done: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Window:
    """Where to ask; ``value`` None for a form or an address that is named and not given."""

    channel: str
    value: str | None
    name: str | None
    hours: str | None
    span: Span


@dataclass(frozen=True)
class Announcement:
    """The facts of an announcement or notice, and which of the nine items of rule 8(1) it covers."""

    organisation: Said | None = None
    published: Said | None = None
    dates: list[Day] = field(default_factory=list)
    period: list[Period] = field(default_factory=list)
    persons: list[Count] = field(default_factory=list)
    affected_group: list[Said] = field(default_factory=list)
    items: list[Said] = field(default_factory=list)
    not_leaked: list[Said] = field(default_factory=list)
    cause: Said | None = None
    secondary_harm: Said | None = None
    company_measures: list[Measure] = field(default_factory=list)
    delay_reason: Said | None = None
    windows: list[Window] = field(default_factory=list)
    covers: Covers = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return ``facts`` as the contract has them."""
        return {
            "organisation": _said(self.organisation, "value"),
            "published": _said(self.published, "value"),
            "dates": [
                {
                    "event": d.event,
                    "value": _iso(d.value),
                    "to": _iso(d.to),
                    "precision": d.precision,
                    "span": [*d.span],
                }
                for d in self.dates
            ],
            "period": [{"from": _iso(p.first), "to": _iso(p.last), "of": p.of, "span": [*p.span]} for p in self.period],
            "persons": [
                {"value": c.value, "unit": c.unit, "qualifier": c.qualifier, "of": c.of, "span": [*c.span]}
                for c in self.persons
            ],
            "affected_group": [{"text": s.value, "span": [*s.span]} for s in self.affected_group],
            "items": [{"key": s.value, "span": [*s.span]} for s in self.items],
            "not_leaked": [{"key": s.value, "span": [*s.span]} for s in self.not_leaked],
            "cause": _said(self.cause, "key"),
            "secondary_harm": _said(self.secondary_harm, "value"),
            "company_measures": [{"text": m.text, "done": m.done, "span": [*m.span]} for m in self.company_measures],
            "delay_reason": _said(self.delay_reason, "text"),
            "windows": [
                {"channel": w.channel, "value": w.value, "name": w.name, "hours": w.hours, "span": [*w.span]}
                for w in self.windows
            ],
        }

    def answer(self) -> dict[str, Any]:
        """Return the contract's answer for ``--kind announcement``."""
        return {"kind": "announcement", "facts": self.facts(), "covers": dict(self.covers)}


def _said(said: Said | None, key: str) -> dict[str, Any] | None:
    return None if said is None else {key: said.value, "span": [*said.span]}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
