"""Which facts would settle what is open or move a date, and what each answer would change: each is tried, not guessed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from madoguchi.law import outcome, points
from madoguchi.law.facts import Facts
from madoguchi.law.outcome import Decision, Outcome
from madoguchi.law.points import Points

Change = tuple[
    str, str | dt.date
]  # ("reportable", "no"), ("final_report", a day), ("prompt_report", "released"), ("open", "")


@dataclass(frozen=True, slots=True)
class Need:
    """A fact to find out: what each possible answer would change. ``fact`` is a key of the facts."""

    fact: str
    law: str
    answers: dict[str, list[Change]]


@dataclass(frozen=True, slots=True)
class _Answer:
    label: str
    points: Points = field(default_factory=dict)


def of(decision: Decision, given: Points) -> list[Need]:
    """Return the facts to find out, where the points ``given`` are what is known."""
    base = decision.on(given)
    essence = base.essence()
    found: list[Need] = []
    for fact, answers in _questions(decision.facts, base, given):
        changes: dict[str, list[Change]] = {}
        for answer in answers:
            other = decision.on({**given, **answer.points})
            if other.essence() != essence:
                changes[answer.label] = _changes(base, other)
        if changes:
            found.append(Need(fact, base.regime.law.id, changes))
        elif base.reportable is None and _matters(decision, given, answers):
            found.append(Need(fact, base.regime.law.id, {answer.label: [("open", "")] for answer in answers}))
    return found


def elsewhere(facts: Facts) -> list[Need]:
    """Return a need for each other country in which the people live: its law is not in the corpus, and we say so."""
    countries = dict.fromkeys(country for country in facts.people_in if country != "JP")
    return [Need("people_in", country, {country: [("other_law", country)]}) for country in countries]


def _questions(facts: Facts, base: Outcome, given: Points) -> Iterator[tuple[str, list[_Answer]]]:
    """Give each fact that is not settled, with the answers it may still get."""
    if facts.unlawful_purpose != "ruled_out":
        wanted = [key for key in ("suspected", "ruled_out") if key != facts.unlawful_purpose]
        yield "unlawful_purpose", [_Answer(key, points={"unlawful": key == "suspected"}) for key in wanted]
    if facts.encryption == "unknown":
        yield (
            "encryption",
            [
                _Answer("strong_key_safe", points={"strong_encryption": True}),
                _Answer("none", points={"strong_encryption": False}),
            ],
        )
    limit = points.over(facts, base.regime.law)
    confirmed = (facts.persons.confirmed if facts.persons else None) or 0
    if given["many"] is None:
        yield (
            "persons",
            [
                _Answer(f"more than {limit}", points={"many": True}),
                _Answer(f"{limit} or fewer", points={"many": False}),
            ],
        )
    elif given["many"] and confirmed <= limit:
        yield "persons", [_Answer(f"{limit} or fewer", points={"many": False})]
    yield from _property_harm(facts, given)
    if base.points["told_in_time"] is None and base.reportable is not False:
        yield (
            "entruster_told_on",
            [
                _Answer("promptly", points={"told_in_time": True}),
                _Answer("not promptly", points={"told_in_time": False}),
            ],
        )
    if given["my_number"]:
        both = ("official_system", "viewable_by_many")
        yield (
            "my_number",
            [
                _Answer("in a listed official system, or viewable by many", points=dict.fromkeys(both, True)),
                _Answer("neither", points=dict.fromkeys(both, False)),
            ],
        )


def _property_harm(facts: Facts, given: Points) -> Iterator[tuple[str, list[_Answer]]]:
    if given["property_harm"] is not None:
        return
    items = frozenset(facts.items)
    if facts.login_opens == "unknown":
        answers = [
            _Answer(key, points={"property_harm": points.property_harm(items, key)}) for key in ("payment", "other")
        ]
        yield "login_opens", answers
    opens = ("payment", "other") if facts.login_opens == "unknown" else (facts.login_opens,)
    if any(points.property_harm(items, key) is None for key in opens):  # a combination that our sources do not confirm
        yield (
            "items",
            [
                _Answer("usable for taking money or property", points={"property_harm": True}),
                _Answer("not usable for it", points={"property_harm": False}),
            ],
        )


def _matters(decision: Decision, given: Points, answers: list[_Answer]) -> bool:
    """Tell whether the fact matters once the other open facts are settled, though it settles nothing alone."""
    for world in outcome.worlds(decision.regime, given):
        if len({decision.on({**world, **answer.points}).essence() for answer in answers}) > 1:
            return True
    return False


def _changes(base: Outcome, other: Outcome) -> list[Change]:
    changes: list[Change] = []
    opened = other.reportable is not base.reportable
    if opened or other.reportable is None:
        changes.append(("reportable", {True: "yes", False: "no", None: "review"}[other.reportable]))
    for duty in base.statuses:
        status, due = other.statuses[duty][0], other.deadlines.get(duty)
        was, before = base.statuses[duty][0], base.deadlines.get(duty)
        if due is not None and (before is None or due.due != before.due or (opened and other.reportable)):
            changes.append((duty, due.due))
        elif status != was and not opened:
            changes.append((duty, status))
    return changes
