"""An assessment in plain words: the answer first, then what to do and by when, why, and what is still open."""

import datetime as dt
from typing import Any

from madoguchi.law import render, report, words
from madoguchi.law.answer import Assessment, Duty
from madoguchi.law.needs import Need
from madoguchi.law.outcome import Outcome
from madoguchi.law.words import say
from madoguchi.problem import Lang
from madoguchi.text import dates, eras


def text(assessment: Assessment, lang: Lang) -> str:
    """Return the assessment as plain text in ``lang``, parts apart by an empty line."""
    duties, outcomes = assessment.duties, assessment.outcomes
    parts = [
        _part("answer", [_answer(assessment, lang)], lang),
        _part("duties", [line for duty in duties for line in _duty(assessment, duty, lang)], lang),
        _part("trace", [_reason(line, lang) for outcome in outcomes for line in render.trace(outcome, lang)], lang),
        _part("not_met", [_reason(line, lang) for outcome in outcomes for line in render.not_met(outcome, lang)], lang),
        _part("working", [line for duty in duties for line in _working(assessment, duty, lang)], lang),
        _part("needs", [line for need in assessment.needs for line in _need(assessment, need, lang)], lang),
        _part("assumed", [_assumed(key, value, lang) for key, value in assessment.assumed.items()], lang),
        _part("corpus", [line for outcome in outcomes for line in _corpus(assessment, outcome, lang)], lang),
        say("advice", lang),
    ]
    return "\n\n".join(part for part in parts if part)


def _part(heading: str, lines: list[str], lang: Lang) -> str:
    return "\n".join([f"■ {say(f'heading.{heading}', lang)}", *lines]) if lines else ""


def _answer(assessment: Assessment, lang: Lang) -> str:
    found = say(f"reportable.{assessment.reportable}", lang)
    separator = say("list.separator", lang)
    if assessment.situations:
        found += say("situations", lang, numbers=separator.join(assessment.situations))
    elif assessment.possible_situations:
        found += say("possible", lang, numbers=separator.join(assessment.possible_situations))
    return found


def _duty(assessment: Assessment, duty: Duty, lang: Lang) -> list[str]:
    head = f"- {_name(assessment, duty, lang)} → {render.to_name(duty, lang)}: {say(f'status.{duty.status}', lang)}"
    lines = [f"{head}  {_due(duty, lang)}".rstrip()]
    if duty.contents:
        titles = [report.item(number).title.say(lang) for number in duty.contents]
        lines.append("    " + say("contents", lang, items=say("list.separator", lang).join(titles)))
    lines += [f"    {note}" for note in render.notes_of(assessment, duty, lang)]
    if duty.citations:
        lines.append("    " + _in_brackets(say("list.separator", "ja").join(duty.citations), lang).strip())
    return lines


def _working(assessment: Assessment, duty: Duty, lang: Lang) -> list[str]:
    if duty.deadline is None:
        return []
    if duty.to != next(d.to for d in assessment.duties if (d.law, d.id) == (duty.law, duty.id)):
        return []  # counted the same for every destination
    return [f"- {_name(assessment, duty, lang)}", *(f"    {line}" for line in render.working(assessment, duty, lang))]


def _name(assessment: Assessment, duty: Duty, lang: Lang) -> str:
    name = say(f"duty.{duty.id}", lang)
    return name + _of_law(assessment, duty.law, lang)


def _of_law(assessment: Assessment, law_id: str, lang: Lang) -> str:
    """Return the law's name in brackets where more than one answers."""
    names = {outcome.regime.law.id: outcome.regime.law.name for outcome in assessment.outcomes}
    return _in_brackets(names[law_id].say(lang), lang) if len(names) > 1 and law_id in names else ""


def _in_brackets(words: str, lang: Lang) -> str:
    return f" ({words})" if lang == "en" else f"（{words}）"


def _due(duty: Duty, lang: Lang) -> str:
    if duty.due is None:
        return say("due.promptly", lang) if duty.contents else ""
    due = _day(duty, lang)
    if duty.due_from:
        return say("due.range", lang, due_from=dates.say(duty.due_from, lang), due=due)
    return say("due.last", lang, due=due)


def _day(duty: Duty, lang: Lang) -> str:
    assert duty.due is not None
    spoken = dates.say(duty.due, lang)
    return f"{spoken}（{eras.to_era(duty.due)}）" if lang == "ja" else spoken


def _reason(line: dict[str, Any], lang: Lang) -> str:
    marks = [line["citation"]] if line["citation"] else []
    if not line.get("confirmed", True):
        marks.append(say("unconfirmed", lang))
    return f"- {line['because']}" + (
        _in_brackets(", ".join(marks) if lang == "en" else "、".join(marks), lang) if marks else ""
    )


def _need(assessment: Assessment, need: Need, lang: Lang) -> list[str]:
    fact = words.fact(need.fact, lang) + _of_law(assessment, need.law, lang)
    return [
        "- "
        + say("need", lang, fact=fact, answer=words.value(need.fact, label, lang), changes=render.changes(found, lang))
        for label, found in need.answers.items()
    ]


def _assumed(key: str, value: object, lang: Lang) -> str:
    shown = dates.say(value, lang) if isinstance(value, dt.date) else words.value(key, value, lang)
    return f"- {words.fact(key, lang)}: {shown}"


def _corpus(assessment: Assessment, outcome: Outcome, lang: Lang) -> list[str]:
    law = outcome.regime.law
    pending = [p.text.say(lang) for p in law.pending if p.holds_on(assessment.facts.as_of)]
    head = f"- {law.name.say(lang)}" + _in_brackets(dates.say(assessment.facts.as_of, lang), lang)
    return [head, *(f"    {line}" for line in [*pending, *render.corpus(assessment, outcome, lang)["notes"]])]
