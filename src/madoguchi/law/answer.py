"""The assessment: what the contract's `duties` answers, without language until it is asked for."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from madoguchi.law import dates, render
from madoguchi.law.corpus import Authority, DutyId, Rule, Status
from madoguchi.law.facts import Facts
from madoguchi.law.needs import Need
from madoguchi.law.outcome import Deadline, Outcome
from madoguchi.law.report import NOTICE_ITEMS
from madoguchi.problem import Lang

Answer = Literal["yes", "no", "review"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty toward one destination. ``due`` is the last day, ``due_from`` the first of a guideline's range.

    ``contents`` are the numbers of the items of rule 8(1) that a notice tells; ``substitute`` is ``needed`` or
    ``needed_for_some`` where people cannot be reached; ``provisional`` where holidays or the law may still change it;
    ``overdue`` where it is required and its last day, or that of a guideline's range, is past on the day of the question.
    """

    id: DutyId
    law: str
    status: Status
    to: str
    due_from: dt.date | None
    due: dt.date | None
    deadline: Deadline | None
    contents: tuple[str, ...] | None
    substitute: str | None
    citations: tuple[str, ...]
    rules: tuple[Rule, ...]
    authority: Authority | None
    provisional: bool
    overdue: bool


@dataclass(frozen=True)
class Assessment:
    """What the law requires on ``facts``; ``answer`` is the contract's document, ``say`` the same in plain words."""

    facts: Facts
    outcomes: tuple[Outcome, ...]
    needs: tuple[Need, ...]

    @property
    def reportable(self) -> Answer:
        """Return whether any law of the corpus requires a report; ``review`` where that cannot be told yet."""
        found = {outcome.reportable for outcome in self.outcomes}
        return "yes" if True in found else ("review" if None in found else "no")

    @property
    def situations(self) -> list[str]:
        """Return the numbers of rule 7 that apply."""
        return self.outcomes[0].situations

    @property
    def possible_situations(self) -> list[str]:
        """Return the numbers of rule 7 that may apply, as far as is known."""
        return self.outcomes[0].possible

    @property
    def assumed(self) -> dict[str, Any]:
        """Return the facts that were left out, with what was taken instead."""
        return self.facts.assumed

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Return every duty, one for each destination, those of APPI first."""
        return tuple(duty for outcome in self.outcomes for duty in _duties(self.facts, outcome))

    def answer(self, lang: Lang = "ja") -> dict[str, Any]:
        """Return the contract's answer, ready for JSON; sentences are in ``lang``."""
        return render.answer(self, lang)

    def say(self, lang: Lang = "ja") -> str:
        """Return the assessment as plain text for people: the answer first, then what to do, by when, and why."""
        from madoguchi.law import plain

        return plain.text(self, lang)


def _duties(facts: Facts, outcome: Outcome) -> list[Duty]:
    found: list[Duty] = []
    for duty, (status, rules) in outcome.statuses.items():
        for to, authority in _destinations(facts, outcome, duty):
            deadline = outcome.deadlines.get(duty) if status in {"required", "review"} else None
            found.append(
                Duty(
                    id=duty,
                    law=outcome.regime.law.id,
                    status=status,
                    to=to,
                    due_from=deadline.due_from if deadline else None,
                    due=deadline.due if deadline else None,
                    deadline=deadline,
                    contents=_contents(duty, status),
                    substitute=_substitute(facts, duty, status),
                    citations=tuple(dict.fromkeys(c for rule in rules for c in rule.citations)),
                    rules=rules,
                    authority=authority,
                    provisional=deadline is not None and _provisional(facts, outcome, deadline),
                    overdue=deadline is not None and status == "required" and deadline.due < facts.as_of,
                )
            )
    return found


def _destinations(facts: Facts, outcome: Outcome, duty: DutyId) -> list[tuple[str, Authority | None]]:
    if duty == "notify_person":
        return [("person", None)]
    if duty == "notify_entruster":
        return [("entruster", None)]
    fitting = [a for a in outcome.regime.law.authorities if a.sector == facts.sector and a.holds_on(facts.known_on)]
    if not fitting or facts.holder == "public_body":
        return [("ppc", None)]
    authority = fitting[0]
    own_people = {"employees", "shareholders"}
    found: list[tuple[str, Authority | None]] = []
    if not own_people.issuperset(facts.people_kinds):
        found.append((authority.to, authority))
    if not own_people.isdisjoint(facts.people_kinds) and authority.own_people not in [to for to, _ in found]:
        found.append((authority.own_people, None))
    return found


def _contents(duty: DutyId, status: Status) -> tuple[str, ...] | None:
    if duty != "notify_person":
        return None
    return tuple(item.number for item in NOTICE_ITEMS) if status in {"required", "review"} else ()


def _substitute(facts: Facts, duty: DutyId, status: Status) -> str | None:
    if duty != "notify_person" or status not in {"required", "review"}:
        return None
    return {"none": "needed", "some": "needed_for_some"}.get(facts.contactable)


def _provisional(facts: Facts, outcome: Outcome, deadline: Deadline) -> bool:
    return unpublished(facts, deadline) is not None or after_last_sure_day(facts, outcome)


def unpublished(facts: Facts, deadline: Deadline) -> int | None:
    """Return the year of a last day whose holidays are not published on the day of the question, or None."""
    if deadline.term.roll and deadline.due.year > dates.published_through(facts.as_of):
        return deadline.due.year
    return None


def after_last_sure_day(facts: Facts, outcome: Outcome) -> bool:
    """Tell whether the law must have changed before the day known, in ways that the corpus does not hold."""
    sure = outcome.regime.law.last_sure_day
    return sure is not None and facts.known_on > sure
