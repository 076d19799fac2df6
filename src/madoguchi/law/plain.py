"""An assessment in plain words: what is late, the answer, what to do and by when, why, and what is still open."""

import datetime as dt
from collections.abc import Iterable

from madoguchi.law import assumed, render, report, words
from madoguchi.law.answer import Assessment, Duty
from madoguchi.law.corpus import Rule
from madoguchi.law.needs import Need
from madoguchi.law.outcome import Outcome
from madoguchi.law.windows import Window
from madoguchi.law.words import say
from madoguchi.problem import Lang
from madoguchi.text import dates, eras


def text(assessment: Assessment, lang: Lang) -> str:
    """Return the assessment as plain text in ``lang``, parts apart by an empty line."""
    duties, outcomes = assessment.duties, assessment.outcomes
    parts = [
        _part("overdue", _overdue(assessment, lang), lang),
        _part("answer", _answer(assessment, lang), lang),
        _part("duties", [line for duty in duties for line in _duty(assessment, duty, lang)], lang),
        _part("where", _where(assessment, lang), lang),
        _part("trace", [_reason(outcome, *found, lang) for outcome in outcomes for found in render.reasons(outcome, lang)], lang),
        _part("not_met", _not_met(outcomes, lang), lang),
        _part("working", _working(assessment, lang), lang),
        _part("needs", [line for need in assessment.needs for line in _need(assessment, need, lang)], lang),
        _part("assumed", _assumed(assessment, lang), lang),
        _part("corpus", [line for outcome in outcomes for line in _corpus(assessment, outcome, lang)], lang),
        say("advice", lang),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _part(heading: str, lines: list[str], lang: Lang) -> str:
    return "\n".join([f"■ {say(f'heading.{heading}', lang)}", *lines]) if lines else ""


def _overdue(assessment: Assessment, lang: Lang) -> list[str]:
    """Return the days that have passed, a guideline's apart from a legal limit; what was done already is not known here."""
    late = {(duty.id, duty.due): duty for duty in assessment.duties if duty.overdue}.values()
    if not late:
        return []
    days = [
        say(
            f"overdue.day.{duty.deadline.term.limit}",
            lang,
            duty=say(f"duty.{duty.id}", lang),
            day=dates.say(duty.due, lang),
        )
        for duty in late
        if duty.deadline and duty.due
    ]
    comma = say("overdue.comma", lang)
    joined = say("overdue.and", lang).join([*([comma.join(days[:-1])] if days[1:] else []), days[-1]])
    found = [say("overdue", lang, days=joined)]
    if any(duty.deadline and duty.deadline.term.limit == "guideline" for duty in late):
        found.append(say("overdue.guideline", lang))
    entrustee = any(duty.id == "notify_entruster" for duty in late)
    return [*found, say("overdue.act.entrustee" if entrustee else "overdue.act", lang)]


def _answer(assessment: Assessment, lang: Lang) -> list[str]:
    found = say(f"reportable.{assessment.reportable}", lang)
    separator = say("list.separator", lang)
    if assessment.situations:
        found += say("situations", lang, numbers=separator.join(assessment.situations))
    elif assessment.possible_situations:
        found += say("possible", lang, numbers=separator.join(assessment.possible_situations))
    if assessment.reportable != "review":
        return [found]
    return [found, say("reportable.review.needs" if assessment.needs else "reportable.review.person", lang)]


def _duty(assessment: Assessment, duty: Duty, lang: Lang) -> list[str]:
    name, status = _name(assessment, duty, lang), say(f"status.{duty.status}", lang)
    if duty.id in {"notify_person", "notify_entruster"}:  # the name says to whom
        lines = [f"- {say('head.person', lang, name=name, status=status)}"]
    else:
        lines = [f"- {say('head', lang, name=name, to=render.to_name(duty, lang), status=status)}"]
    if due := _due(assessment, duty, lang):
        lines.append(f"    {due}")
    if duty.contents:
        titles = [report.item(number).title.say(lang) for number in duty.contents]
        lines.append("    " + say("contents", lang, items=("; " if lang == "en" else "・").join(titles)))
    lines += [f"    {note}" for note in render.substitute_of(duty, lang)]
    if duty.citations:
        lines.append("    " + _in_brackets(_cited(duty.citations, lang), lang).strip())
    return lines


def _where(assessment: Assessment, lang: Lang) -> list[str]:
    """Return each authority once, with where it is reached and what is to be known of it; then where to ask."""
    lines: list[str] = []
    windows: list[Window] = []
    for duty in {duty.to: duty for duty in assessment.duties if render.windows_of(assessment, duty)}.values():
        found = render.windows_of(assessment, duty)
        lines.append(f"- {render.to_name(duty, lang)}")
        lines += [f"    {note}" for note in render.notes_of_destination(assessment, duty, lang)]
        lines += [f"    {_window(window, lang)}" for window in found if window.use != "questions"]
        windows += [window for window in found if window not in windows]
    lines += [f"- {_window(window, lang)}" for window in windows if window.use == "questions"]
    if windows:
        lines.append("    " + say("where.seen_on", lang, day=dates.say(min(w.seen_on for w in windows), lang)))
    return lines


def _window(window: Window, lang: Lang) -> str:
    hours = _in_brackets(window.hours.say(lang), lang) if window.hours else ""
    return f"{say(f'where.use.{window.use}', lang, name=window.name.say(lang))} {window.value}{hours}"


def _working(assessment: Assessment, lang: Lang) -> list[str]:
    """Return how each last day was counted, a count that comes out the same only once."""
    lines: list[str] = []
    told: dict[tuple[str, dt.date, dt.date], Duty] = {}
    for duty in assessment.duties:
        if duty.deadline is None:
            continue
        first = told.setdefault((duty.id, duty.deadline.start, duty.deadline.due), duty)
        if first is duty:
            steps = render.working(assessment, duty, lang)
        elif first.law == duty.law:
            continue  # counted the same for every destination
        else:
            same = _name(assessment, first, lang)
            steps = [say("working.same", lang, name=same, day=dates.say(duty.deadline.due, lang))]
        lines += [f"- {_name(assessment, duty, lang)}", *(f"    {step}" for step in steps)]
    return lines


def _name(assessment: Assessment, duty: Duty, lang: Lang) -> str:
    """Return what the duty is called, with its law where more than one answers."""
    name = say(f"duty.{duty.id}", lang)
    law = _law(assessment, duty.law, lang)
    return say("of_law", lang, law=law, name=name) if law else name


def _law(assessment: Assessment, law_id: str, lang: Lang) -> str:
    """Return the law's name where more than one answers."""
    names = {outcome.regime.law.id: outcome.regime.law.name for outcome in assessment.outcomes}
    return names[law_id].say(lang) if len(names) > 1 and law_id in names else ""


def _in_brackets(words: str, lang: Lang) -> str:
    return f" ({words})" if lang == "en" else f"（{words}）"


def _cited(citations: Iterable[str], lang: Lang) -> str:
    return (", " if lang == "en" else "・").join(citations)


def _due(assessment: Assessment, duty: Duty, lang: Lang) -> str:
    if duty.due is None or duty.deadline is None:
        return say("due.promptly", lang) if duty.contents else ""
    past = ".past" if duty.due < assessment.facts.as_of else ""
    if duty.deadline.term.from_day:
        key = f"due.range{past}"
        days = {"from_day": duty.deadline.term.from_day, "days": duty.deadline.term.days}
        return say(key, lang, due=_day(duty, lang), **days)
    return say(f"due.last{past}", lang, due=_day(duty, lang))


def _day(duty: Duty, lang: Lang) -> str:
    assert duty.due is not None
    spoken = dates.say(duty.due, lang)
    return f"{spoken}（{eras.to_era(duty.due)}）" if lang == "ja" else spoken


def _reason(outcome: Outcome, rule: Rule, because: str, lang: Lang) -> str:
    if render.exceptions(outcome, rule, lang):  # which stand in the list themselves
        because += say("maybe.exception", lang)
    marks = [_cited(rule.citations, lang)] if rule.citations else []
    if not rule.confirmed:
        marks.append(say("unconfirmed", lang))
    return f"- {because}" + (_in_brackets((", " if lang == "en" else "、").join(marks), lang) if marks else "")


def _not_met(outcomes: tuple[Outcome, ...], lang: Lang) -> list[str]:
    """Return each sentence that rules a situation out once, with the citations of all that it rules out."""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        for rule, why in render.unmet(outcome, lang):
            for sentence in why:
                found.setdefault(sentence, []).extend(rule.citations)
    return [
        f"- {said}{_in_brackets(_cited(dict.fromkeys(citations), lang), lang)}" for said, citations in found.items()
    ]


def _need(assessment: Assessment, need: Need, lang: Lang) -> list[str]:
    if need.fact == "people_in":
        return [f"- {say('need.people_in', lang, country=words.value('people_in', c, lang))}" for c in need.answers]
    law, fact = _law(assessment, need.law, lang), words.fact(need.fact, lang)
    lines = []
    for label, found in need.answers.items():
        answer = words.value(need.fact, label, lang)
        line = say("need", lang, fact=fact, answer=answer, changes=render.changes(found, lang))
        lines.append(f"- {say('need.of_law', lang, law=law, need=line) if law else line}")
    return lines


def _assumed(assessment: Assessment, lang: Lang) -> list[str]:
    """Return what was assumed: first what could change the answer and the day, the rest in one line."""
    first = [*assumed.decisive(assessment), *(["as_of"] if "as_of" in assessment.assumed else [])]
    lines = [_line(key, assessment.assumed[key], lang) for key in first]
    rest = {key: value for key, value in assessment.assumed.items() if key not in first}
    clauses = []
    for key, value in rest.items():
        usual, default = words.facts()[key].usual, assessment.facts.__class__.model_fields[key].default
        if usual and value == default:
            clauses.append(usual.say(lang))
        else:
            lines.append(_line(key, value, lang))
    if clauses:
        lines.append("- " + say("assumed.usual", lang, clauses=say("assumed.clauses", lang).join(clauses)))
    return lines


def _line(key: str, value: object, lang: Lang) -> str:
    shown = dates.say(value, lang) if isinstance(value, dt.date) else words.value(key, value, lang)
    return f"- {words.fact(key, lang)}{': ' if lang == 'en' else '：'}{shown}"


def _corpus(assessment: Assessment, outcome: Outcome, lang: Lang) -> list[str]:
    law = outcome.regime.law
    pending = [p.text.say(lang) for p in law.pending if p.holds_on(assessment.facts.as_of)]
    head = say("corpus.head", lang, day=dates.say(assessment.facts.as_of, lang), law=law.name.say(lang))
    return [f"- {head}", *(f"    {line}" for line in [*pending, *render.corpus(assessment, outcome, lang)["notes"]])]
