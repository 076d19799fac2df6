"""An assessment as the contract's JSON document, its sentences in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from madoguchi.law import windows, words
from madoguchi.law.points import NAMES
from madoguchi.law.words import say
from madoguchi.problem import Lang
from madoguchi.text import dates as spoken

if TYPE_CHECKING:
    from madoguchi.law.answer import Assessment, Duty
    from madoguchi.law.corpus import Rule
    from madoguchi.law.needs import Change, Need
    from madoguchi.law.outcome import Outcome


def answer(assessment: Assessment, lang: Lang) -> dict[str, Any]:
    """Return the document; see the contract, section `duties`."""
    return {
        "reportable": assessment.reportable,
        "situations": assessment.situations,
        "possible_situations": assessment.possible_situations,
        "duties": [duty(assessment, one, lang) for one in assessment.duties],
        "needs": [need(one, lang) for one in assessment.needs],
        "trace": [line for outcome in assessment.outcomes for line in trace(outcome, lang)],
        "not_met": [line for outcome in assessment.outcomes for line in not_met(outcome, lang)],
        "assumed": assessment.facts.model_dump(mode="json", include=set(assessment.assumed)),
        "corpus": [corpus(assessment, outcome, lang) for outcome in assessment.outcomes],
    }


def duty(assessment: Assessment, one: Duty, lang: Lang) -> dict[str, Any]:
    """Return one duty."""
    found: dict[str, Any] = {"id": one.id, "law": one.law, "status": one.status, "to": one.to}
    found["to_name"] = to_name(one, lang)
    if one.due_from or one.id == "prompt_report":
        found["due_from"] = one.due_from.isoformat() if one.due_from else None
    found["due"] = one.due.isoformat() if one.due else None
    if one.deadline:
        found["limit"] = one.deadline.term.limit
    if one.contents is not None:
        found["contents"] = list(one.contents)
    if one.substitute:
        found["substitute"] = one.substitute
    if one.provisional:
        found["provisional"] = True
    if one.overdue:
        found["overdue"] = True
    found["citations"] = list(one.citations)
    found["working"] = working(assessment, one, lang)
    notes = notes_of(assessment, one, lang)
    if notes:
        found["notes"] = notes
    if where := windows_of(assessment, one):
        found["where"] = [windows.answer(window, lang) for window in where]
    return found


def windows_of(assessment: Assessment, one: Duty) -> list[windows.Window]:
    """Return where a report can be made and where one can ask; nothing for a duty toward people."""
    if one.id not in {"prompt_report", "final_report"} or one.status in {"released", "not_required"}:
        return []
    return windows.of(one.to, assessment.facts.as_of)


def to_name(one: Duty, lang: Lang) -> str:
    """Return the destination of a duty for people."""
    return one.authority.name.say(lang) if one.authority else say(f"to.{one.to}", lang)


def working(assessment: Assessment, one: Duty, lang: Lang) -> list[str]:
    """Return how the last day was found, a sentence a step."""
    from madoguchi.law.answer import after_last_sure_day, unpublished

    if one.deadline is None:
        return [say("working.no_limit", lang)] if one.id == "notify_person" and one.contents else []
    line, term = one.deadline, one.deadline.term
    lines = [say("working.review", lang)] if one.status == "review" else []
    lines.append(say(f"working.start.{line.started_by}", lang, day=spoken.say(line.start, lang)))
    outcome = next(o for o in assessment.outcomes if o.regime.law.id == one.law)
    if outcome.situations == ["4"] and assessment.facts.passed_threshold_on is None:
        lines.append(say("working.threshold_assumed", lang))
    lines.append(term.because.say(lang))
    if line.due_from:
        first = spoken.say(line.due_from, lang)
        lines.append(
            say(
                "working.range",
                lang,
                from_day=term.from_day,
                days=term.days,
                first=first,
                day=spoken.say(line.counted, lang),
            )
        )
    else:
        lines.append(say("working.count", lang, days=term.days, day=spoken.say(line.counted, lang)))
    lines += [say(f"working.closed.{c.why}", lang, day=spoken.say(c.day, lang), name=c.name) for c in line.skipped]
    lines.append(
        say(
            "working.result" if term.limit == "law" else "working.result.guideline",
            lang,
            day=spoken.say(line.due, lang),
        )
    )
    year = unpublished(assessment.facts, line)
    if year:
        lines.append(say("working.provisional", lang, year=year))
    if after_last_sure_day(assessment.facts, outcome):
        lines.append(say("note.amendment", lang))
    return lines


def notes_of(assessment: Assessment, one: Duty, lang: Lang) -> list[str]:
    """Return what a reader of this duty should know besides."""
    return [*substitute_of(one, lang), *notes_of_destination(assessment, one, lang)]


def substitute_of(one: Duty, lang: Lang) -> list[str]:
    """Return what is to be done for people who cannot be reached."""
    return [say(f"substitute.{one.substitute}", lang)] if one.substitute else []


def notes_of_destination(assessment: Assessment, one: Duty, lang: Lang) -> list[str]:
    """Return what is to be known of the authority that takes a report."""
    notes = [one.authority.note.say(lang)] if one.authority and one.authority.note else []
    if assessment.facts.holder == "public_body" and one.to == "ppc":
        notes.append(say("note.public_body", lang))
    return notes


def trace(outcome: Outcome, lang: Lang) -> list[dict[str, Any]]:
    """Return the rules that apply or may, in the order in which they build on each other; each line stands by itself."""
    lines: list[dict[str, Any]] = []
    for rule, reason in reasons(outcome, lang):
        because, lifters = reason, exceptions(outcome, rule, lang)
        if lifters:
            because = say("maybe.unless", lang, because=reason, why=_join(lifters, lang))
        line = {"rule": rule.id, "because": because, "citation": say("list.separator", "ja").join(rule.citations)}
        truth = outcome.applies[rule.id]
        lines.append(line | {"applies": "yes" if truth else "review", "confirmed": rule.confirmed})
    return lines


def reasons(outcome: Outcome, lang: Lang) -> list[tuple[Rule, str]]:
    """Return each rule that applies or may with its sentence, leaving out those open only because another rule is."""
    found: list[tuple[Rule, str]] = []
    for step in outcome.regime.steps:
        rule, truth = step.rule, outcome.applies[step.rule.id]
        if rule.because is None or truth is False:
            continue
        open_ = truth is None and _open(outcome, rule)
        if truth or open_ or not rule.confirmed or exceptions(outcome, rule, lang):
            found.append((rule, rule.maybe.say(lang) if open_ and rule.maybe else rule.because.say(lang)))
    return found


def not_met(outcome: Outcome, lang: Lang) -> list[dict[str, str]]:
    """Return the situations that do not apply, and why not; each line stands by itself."""
    return [
        {
            "rule": rule.id,
            "because": _join(why, lang),
            "citation": say("list.separator", "ja").join(rule.citations),
        }
        for rule, why in unmet(outcome, lang)
    ]


def unmet(outcome: Outcome, lang: Lang) -> list[tuple[Rule, list[str]]]:
    """Return each situation that does not apply with the sentences that say why not."""
    found: list[tuple[Rule, list[str]]] = []
    for step in outcome.regime.steps:
        rule = step.rule
        if not (rule.point or "").startswith("situation.") or outcome.applies[rule.id] is not False:
            continue
        if "business" in (rule.when_not if outcome.points["business"] else rule.when):
            continue  # written for the other kind of holder, with a threshold of its own
        why = [
            words.points()[name].say(lang)
            for name in rule.when
            if outcome.points.get(name, False) is False and name in words.points()
        ]
        lifters = [s.rule for s in outcome.regime.steps if s.rule.id in step.lifted_by and outcome.applies[s.rule.id]]
        why = why or [r.because.say(lang) for r in lifters if r.because]
        if why:
            found.append((rule, why))
    return found


def _open(outcome: Outcome, rule: Rule) -> bool:
    """Tell whether a fact that ``rule`` itself asks for is not known."""
    return any(name in NAMES and outcome.points[name] is None for name in rule.when)


def exceptions(outcome: Outcome, rule: Rule, lang: Lang) -> list[str]:
    """Return what is said of the rules of which it is open whether they lift ``rule``."""
    if outcome.applies[rule.id]:
        return []
    return [
        sentence.say(lang)
        for other in (step.rule for step in outcome.regime.steps)
        if rule.id in other.lifts and outcome.applies[other.id] is None
        if (sentence := other.maybe if _open(outcome, other) else other.because)
    ]


def _join(sentences: list[str], lang: Lang) -> str:
    return (" " if lang == "en" else "").join(sentences)


def need(one: Need, lang: Lang) -> dict[str, Any]:
    """Return one need: ``if`` in fixed English for programs, ``then`` the same in ``lang``."""
    return {
        "fact": one.fact,
        "law": one.law,
        "if": {label: changes(found, "en") for label, found in one.answers.items()},
        "then": {label: changes(found, lang) for label, found in one.answers.items()},
    }


def changes(found: list[Change], lang: Lang) -> str:
    """Return what one answer would change."""
    return say("changes.separator", lang).join(_change(kind, value, lang) for kind, value in found)


def _change(kind: str, value: Any, lang: Lang) -> str:
    if kind == "reportable":
        return say(f"change.reportable.{value}", lang)
    if kind == "open":
        return say("change.open", lang)
    if kind == "other_law":
        return say("change.other_law", lang, country=value)
    name = say(f"duty.{kind}", lang)
    if isinstance(value, str):
        return say("change.status", lang, duty=name, status=say(f"status.{value}", lang))
    return say(f"change.due.{kind}", lang, duty=name, day=spoken.say(value, lang), iso=value.isoformat())


def corpus(assessment: Assessment, outcome: Outcome, lang: Lang) -> dict[str, Any]:
    """Return which law was relied on, as of which day, and what is known to be coming."""
    from madoguchi.law.answer import after_last_sure_day

    law, facts = outcome.regime.law, assessment.facts
    notes = [say("note.amendment", lang)] if after_last_sure_day(facts, outcome) else []
    if outcome.regime.steps and any(s.rule.valid_to for s in outcome.regime.steps):
        notes.append(say("note.day_decides", lang))
    return {
        "law": law.id,
        "name": law.name.say(lang),
        "as_of": facts.as_of.isoformat(),
        "pending": [f"{p.id}: {p.text.say(lang)}" for p in law.pending if p.holds_on(facts.as_of)],
        "notes": notes,
    }
