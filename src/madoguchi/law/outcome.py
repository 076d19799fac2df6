"""One law applied to one set of points: which situations, which duties, from which day, until when."""

import datetime as dt
import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from madoguchi.law import dates, regime
from madoguchi.law.corpus import DutyId, Rule, Status, Term
from madoguchi.law.dates import Closed
from madoguchi.law.facts import Facts
from madoguchi.law.points import Points, Truth, told_in_time
from madoguchi.law.regime import Key, Regime

StartedBy = Literal["known_on", "told_by_entrustee_on", "passed_threshold_on"]
SITUATIONS = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a duty and how it was counted; ``counted`` is the day before any closed day was passed over."""

    start: dt.date
    started_by: StartedBy
    term: Term
    counted: dt.date
    skipped: tuple[Closed, ...]
    due: dt.date

    @property
    def due_from(self) -> dt.date | None:
        """Return the first day of a guideline's range."""
        return dates.nth(self.start, self.term.from_day) if self.term.from_day else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows; ``deadlines`` holds those of duties that are required or may be."""

    regime: Regime
    points: Points
    applies: dict[str, Truth]
    reportable: Truth
    statuses: dict[DutyId, tuple[Status, tuple[Rule, ...]]]
    deadlines: dict[DutyId, Deadline]

    @property
    def situations(self) -> list[str]:
        """Return the numbers of the situations that apply."""
        return [n for n in SITUATIONS if self.points.get(f"situation.{n}")]

    @property
    def possible(self) -> list[str]:
        """Return the numbers of the situations that may apply."""
        return [n for n in SITUATIONS if self.points.get(f"situation.{n}", False) is None]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the rules make of points, before any date.

    ``terms`` are those of the duties that are required; ``only_many``: the number of people is the only reason (item 4).
    """

    points: Points
    applies: dict[str, Truth]
    reportable: Truth
    statuses: dict[DutyId, tuple[Status, tuple[Rule, ...]]]
    terms: dict[DutyId, Term]
    only_many: bool


@lru_cache(maxsize=1 << 13)
def _conclusion(law_regime: Regime, key: Key) -> Conclusion:
    points, applies = law_regime.conclude(law_regime.points(key))
    statuses = law_regime.statuses(applies)
    terms = {d: _term(found, points) for d, found in law_regime.terms.items() if statuses[d][0] == "required"}
    return Conclusion(points, applies, points.get("reportable", False), statuses, terms, only_many(points))


def _term(terms: tuple[Term, ...], points: Points) -> Term:
    applying = [term for term in terms if regime.condition(term, points)]
    lifted = {key for term in applying for key in term.lifts}
    return next(term for term in applying if term.id not in lifted)


def only_many(points: Points) -> bool:
    """Tell whether item 4 is the only situation that is sure to apply."""
    return bool(points.get("situation.4")) and not any(points.get(f"situation.{n}") for n in "123")


@lru_cache(maxsize=128)
def worlds(law_regime: Regime, key: Key) -> tuple[Key, ...]:
    """Return ``key`` with everything unknown settled, in every way that bears on the outcome."""
    points = law_regime.points(key)
    open_ = [name for name, truth in points.items() if truth is None and _bears(law_regime, points, name)]
    return tuple(
        law_regime.key({**points, **dict(zip(open_, values, strict=True))})
        for values in itertools.product((True, False), repeat=len(open_))
    )


def _bears(law_regime: Regime, points: Points, name: str) -> bool:
    """Tell whether a rule that is not ruled out by what is known asks for the point ``name``."""
    return any(all(points.get(other) is not False for other in rule.when) for rule in law_regime.asking.get(name, ()))


@lru_cache(maxsize=1 << 13)
def _possible(law_regime: Regime, key: Key) -> dict[DutyId, tuple[tuple[Term, bool], ...]]:
    """Return for each duty that may be required the terms that it may have, and whether item 4 alone makes it so."""
    found: dict[DutyId, dict[tuple[str, bool], tuple[Term, bool]]] = {}
    for world in worlds(law_regime, key):
        one = _conclusion(law_regime, world)
        for duty, term in one.terms.items():
            found.setdefault(duty, {})[term.id, one.only_many] = (term, one.only_many)
    return {duty: tuple(some.values()) for duty, some in found.items()}


class Decision:
    """The facts under one regime, to be decided for any points: what is known, or what an answer would make of it."""

    def __init__(self, facts: Facts, law_regime: Regime) -> None:
        """Keep what was dated, since the same points come up again in what is only possible."""
        self.facts = facts
        self.regime = law_regime
        self._dated: dict[Key, tuple[Conclusion, dict[DutyId, Deadline]]] = {}
        self._deadlines: dict[tuple[str, bool], Deadline] = {}

    def on(self, points: Points) -> Outcome:
        """Apply the rules; where a duty is only possible, its last day is the earliest on which it could be due."""
        found, deadlines = self._date(self.regime.key(points))
        points = {**points, **found.points}
        return Outcome(self.regime, points, found.applies, found.reportable, found.statuses, deadlines)

    def essence(self, points: Points) -> tuple[object, ...]:
        """Return what a fact must change to matter: statuses and last days."""
        found, deadlines = self._date(self.regime.key(points))
        statuses = [status for status, _ in found.statuses.values()]
        dues = [deadlines[duty].due if duty in deadlines else None for duty in self.regime.terms]
        return (found.reportable, *statuses, *dues)

    def _date(self, key: Key) -> tuple[Conclusion, dict[DutyId, Deadline]]:
        """Return what the rules conclude from ``key``, with the last day of each duty that is or may be required."""
        if key not in self._dated:
            found = self._concluded(key)
            dated = {duty: self._deadline(term, found.only_many) for duty, term in found.terms.items()}
            for duty in self.regime.terms:
                if found.statuses[duty][0] == "review" and (some := _possible(self.regime, key).get(duty)):
                    dated[duty] = min((self._deadline(*one) for one in some), key=lambda deadline: deadline.due)
            self._dated[key] = found, dated
        return self._dated[key]

    def _concluded(self, key: Key) -> Conclusion:
        found = _conclusion(self.regime, key)
        if found.only_many and found.points.get("told_in_time", False) is None:
            start, started_by = _start(self.facts, found.only_many)
            if started_by == "passed_threshold_on":  # by the later start it may be in time after all
                in_time = told_in_time(self.facts, self.regime.law, start)
                return _conclusion(self.regime, self.regime.key({**found.points, "told_in_time": in_time}))
        return found

    def _deadline(self, term: Term, many: bool) -> Deadline:
        if (term.id, many) not in self._deadlines:
            start, started_by = _start(self.facts, many)
            counted = dates.nth(start, term.days)
            due, skipped = dates.roll(counted) if term.roll else (counted, ())
            self._deadlines[term.id, many] = Deadline(start, started_by, term, counted, skipped, due)
        return self._deadlines[term.id, many]


def clock(facts: Facts, points: Points) -> tuple[dt.date, StartedBy]:
    """Return day 1 and the fact that set it.

    The earliest day any department knew; for an entruster at the latest the day its entrustee told it. Where the number
    of people alone makes the duty (item 4 only), the day the count was first seen to pass the threshold (3-5-3-1).
    """
    return _start(facts, only_many(points))


def _start(facts: Facts, many: bool) -> tuple[dt.date, StartedBy]:
    start: tuple[dt.date, StartedBy] = (facts.known_on, "known_on")
    if facts.told_by_entrustee_on is not None and facts.told_by_entrustee_on < start[0]:
        start = (facts.told_by_entrustee_on, "told_by_entrustee_on")
    passed = facts.passed_threshold_on
    if many and passed is not None and passed > start[0]:
        return passed, "passed_threshold_on"
    return start
