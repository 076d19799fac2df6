"""Which facts would settle what is open or move a date, and what each answer would change: each is tried, not guessed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

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
    points: Points


def of(decision: Decision, given: Points) -> list[Need]:
    """Return the facts to find out, where the points ``given`` are what is known."""
    base = decision.on(given)
    essence = decision.essence(given)
    found: list[Need] = []
    for fact, answers in _questions(decision.facts, base, given):
        changes: dict[str, list[Change]] = {}
        for answer in answers:
            answered = {**given, **answer.points}
            if decision.essence(answered) != essence:
                changes[answer.label] = _changes(base, decision.on(answered))
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
        both = _either("suspected", "ruled_out", "unlawful")
        yield "unlawful_purpose", [answer for answer in both if answer.label != facts.unlawful_purpose]
    if facts.encryption == "unknown":
        yield "encryption", _either("strong_key_safe", "none", "strong_encryption")
    limit = points.over(facts, base.regime.law)
    confirmed = (facts.persons.confirmed if facts.persons else None) or 0
    if given["many"] is not False and confirmed <= limit:
        more, fewer = _either(f"more than {limit}", f"{limit} or fewer", "many")
        yield "persons", [fewer] if given["many"] else [more, fewer]
    yield from _property_harm(facts, given)
    if base.points["told_in_time"] is None and base.reportable is not False:
        yield "entruster_told_on", _either("promptly", "not promptly", "told_in_time")
    if given["my_number"]:
        told = "in a listed official system, or viewable by many"
        yield "my_number", _either(told, "neither", "official_system", "viewable_by_many")


def _either(label_if_so: str, label_if_not: str, *names: str) -> list[_Answer]:
    """Return the two answers that make the points ``names`` so, or not."""
    return [_Answer(label_if_so, dict.fromkeys(names, True)), _Answer(label_if_not, dict.fromkeys(names, False))]


def _property_harm(facts: Facts, given: Points) -> Iterator[tuple[str, list[_Answer]]]:
    if given["property_harm"] is not None:
        return
    items = frozenset(facts.items)
    opens = ("payment", "other") if facts.login_opens == "unknown" else (facts.login_opens,)
    harm = {key: points.property_harm(items, key) for key in opens}
    if facts.login_opens == "unknown":
        yield "login_opens", [_Answer(key, {"property_harm": truth}) for key, truth in harm.items()]
    if None in harm.values():  # a combination that our sources do not confirm
        yield "items", _either("usable for taking money or property", "not usable for it", "property_harm")


def _matters(decision: Decision, given: Points, answers: list[_Answer]) -> bool:
    """Tell whether the fact matters once the other open facts are settled, though it settles nothing alone."""
    for key in outcome.worlds(decision.regime, decision.regime.key(given)):
        world = decision.regime.points(key)
        if len({decision.essence({**world, **answer.points}) for answer in answers}) > 1:
            return True
    return False


def _changes(base: Outcome, other: Outcome) -> list[Change]:
    changes: list[Change] = []
    released = bool(other.reportable) and any(status == "released" for status, _ in other.statuses.values())
    opened = other.reportable is not base.reportable and not released  # "report required" is not for who is released
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
