"""One law applied to one set of points: which situations, which duties, from which day, until when."""

import datetime as dt
import itertools
from dataclasses import dataclass, replace
from typing import Literal

from madoguchi.law import dates, regime
from madoguchi.law.corpus import DutyId, Rule, Status, Term
from madoguchi.law.dates import Closed
from madoguchi.law.facts import Facts
from madoguchi.law.points import Points, Truth, told_in_time
from madoguchi.law.regime import Regime

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

    def essence(self) -> tuple[object, ...]:
        """Return what a fact must change to matter: statuses and last days."""
        return (
            self.reportable,
            tuple((duty, status) for duty, (status, _) in self.statuses.items()),
            tuple((duty, deadline.due) for duty, deadline in self.deadlines.items()),
        )


class Decision:
    """The facts under one regime, to be decided for any points: what is known, or what an answer would make of it."""

    def __init__(self, facts: Facts, law_regime: Regime) -> None:
        """Keep what was decided, since the same points come up again in what is only possible."""
        self.facts = facts
        self.regime = law_regime
        self._seen: dict[tuple[Truth, ...], Outcome] = {}
        self._decided: dict[tuple[Truth, ...], Outcome] = {}

    def on(self, points: Points) -> Outcome:
        """Apply the rules; where a duty is only possible, its last day is the earliest on which it could be due."""
        key = self._key(points)
        if key not in self._decided:
            self._decided[key] = self._decide(points)
        return self._decided[key]

    def _decide(self, points: Points) -> Outcome:
        outcome = self._plain(points)
        unsure = [d for d, (status, _) in outcome.statuses.items() if status == "review" and d in self.regime.terms]
        if not unsure:
            return outcome
        earliest: dict[DutyId, Deadline] = {}
        for world in worlds(self.regime, points):
            for duty, deadline in self._plain(world).deadlines.items():
                if duty in unsure and (duty not in earliest or deadline.due < earliest[duty].due):
                    earliest[duty] = deadline
        return replace(outcome, deadlines=outcome.deadlines | earliest)

    def _plain(self, points: Points) -> Outcome:
        key = self._key(points)
        if key not in self._seen:
            self._seen[key] = _apply(self.facts, self.regime, points)
        return self._seen[key]

    def _key(self, points: Points) -> tuple[Truth, ...]:
        return tuple(map(points.get, self.regime.open_points))


def worlds(law_regime: Regime, points: Points) -> list[Points]:
    """Return the points with everything unknown settled, in every way that bears on the outcome."""
    open_ = [name for name in law_regime.open_points if points.get(name) is None and _bears(law_regime, points, name)]
    return [
        {**points, **dict(zip(open_, values, strict=True))}
        for values in itertools.product((True, False), repeat=len(open_))
    ]


def _bears(law_regime: Regime, points: Points, name: str) -> bool:
    """Tell whether a rule that is not ruled out by what is known asks for the point ``name``."""
    return any(all(points.get(other) is not False for other in rule.when) for rule in law_regime.asking.get(name, ()))


def _apply(facts: Facts, law_regime: Regime, points: Points) -> Outcome:
    concluded, applies = law_regime.conclude(points)
    start, started_by = clock(facts, concluded)
    if started_by == "passed_threshold_on" and points["told_in_time"] is None:
        in_time = told_in_time(facts, law_regime.law, start)  # by the later start it may be in time after all
        concluded, applies = law_regime.conclude({**points, "told_in_time": in_time})
    statuses = law_regime.statuses(applies)
    deadlines = {
        duty: _deadline(start, started_by, terms, concluded)
        for duty, terms in law_regime.terms.items()
        if statuses[duty][0] == "required"
    }
    return Outcome(law_regime, concluded, applies, concluded.get("reportable", False), statuses, deadlines)


def clock(facts: Facts, points: Points) -> tuple[dt.date, StartedBy]:
    """Return day 1 and the fact that set it.

    The earliest day any department knew; for an entruster at the latest the day its entrustee told it. Where the number
    of people alone makes the duty (item 4 only), the day the count was first seen to pass the threshold (3-5-3-1).
    """
    start: tuple[dt.date, StartedBy] = (facts.known_on, "known_on")
    if facts.told_by_entrustee_on is not None and facts.told_by_entrustee_on < start[0]:
        start = (facts.told_by_entrustee_on, "told_by_entrustee_on")
    passed = facts.passed_threshold_on
    only_many = points.get("situation.4") and not any(points.get(f"situation.{n}") for n in "123")
    if only_many and passed is not None and passed > start[0]:
        return passed, "passed_threshold_on"
    return start


def _deadline(start: dt.date, started_by: StartedBy, terms: tuple[Term, ...], points: Points) -> Deadline:
    applying = [term for term in terms if regime.condition(term, points)]
    lifted = {key for term in applying for key in term.lifts}
    term = next(term for term in applying if term.id not in lifted)
    counted = dates.nth(start, term.days)
    due, skipped = dates.roll(counted) if term.roll else (counted, ())
    return Deadline(start, started_by, term, counted, skipped, due)
