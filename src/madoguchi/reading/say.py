"""What a text says, for a person: plain lines, each fact in its own words, then what is stated, partly or missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from madoguchi import catalogue
from madoguchi.law import matters, questions, report
from madoguchi.problem import Lang
from madoguchi.text import datafile, dates
from madoguchi.text.language import LocalText

Facts = Mapping[str, Any]


class _Words(BaseModel):
    """`words/say.yaml`: single texts by name, and tables of texts by key."""

    model_config = ConfigDict(extra="allow")
    verdicts: dict[str, LocalText]
    events: dict[str, LocalText]
    causes: dict[str, LocalText]
    harms: dict[str, LocalText]
    units: dict[str, LocalText]
    qualifiers: dict[str, LocalText]
    channels: dict[str, LocalText]
    __pydantic_extra__: dict[str, LocalText]


@cache
def _words() -> _Words:
    return datafile.load(_Words, files("madoguchi.reading") / "words" / "say.yaml")


def _text(name: str, lang: Lang) -> str:
    return _words().__pydantic_extra__[name].say(lang)


def announcement(answer: Facts, text: str, lang: Lang) -> str:
    """Return the contract's answer for an announcement as lines for a reader of ``lang``; ``text`` is what was read."""
    blocks = [_block(name, lines, lang) for name, lines in _facts(answer["facts"], text, lang) if lines]
    if not blocks:
        blocks = [_text("nothing", lang)]
    return "\n\n".join([*blocks, _nine(answer["covers"], lang)])


def reply(answer: Facts, text: str, lang: Lang) -> str:
    """Return the contract's answer for a reply: question by question, with the sentence relied on."""
    lines = []
    for one in answer["answers"]:
        said = _quote(text, one["span"])
        asked = one.get("asked") or ""
        name = questions.question(one["question"]).short.say(lang) if one["question"] != "other" else asked[:60]
        lines.append(f"{name}: {_words().verdicts[one['verdict']].say(lang)}{_cited(one.get('citation'))}{said}")
    return _block("replies", lines, lang) if lines else _text("nothing", lang)


def policy(answer: Facts, text: str, lang: Lang) -> str:
    """Return the contract's answer for a policy: what it states, then the matters of article 32(1)."""
    blocks = []
    for name in ("purposes", "safety_measures", "third_parties"):
        lines = [str(one.get("text") or _quote(text, one["span"])) for one in answer[name]]
        blocks.append((name, lines))
    blocks.append(("policy_items", _items([one["key"] for one in answer["items"]], lang)))
    blocks.append(("windows", [_window(one, lang) for one in answer["windows"]]))
    shown = [_block(name, lines, lang) for name, lines in blocks if lines]
    verdicts = _words().verdicts
    names = {matter.key: matter.title.say(lang) for matter in matters.MATTERS}
    told = [f"{names.get(key, key)}: {verdicts[verdict].say(lang)}" for key, verdict in answer["covers"].items()]
    return "\n\n".join([*shown, _block("policy_covers", told, lang)])


def _block(name: str, lines: Iterable[str], lang: Lang) -> str:
    return "\n".join([_text(name, lang), *(f"  ・{line}" if lang != "en" else f"  - {line}" for line in lines)])


def _facts(facts: Facts, text: str, lang: Lang) -> list[tuple[str, list[str]]]:
    words = _words()
    return [
        ("organisation", [facts["organisation"]["value"]] if facts["organisation"] else []),
        ("published", [_day(facts["published"]["value"], None, lang)] if facts["published"] else []),
        ("dates", [_dated(one, text, lang) for one in sorted(facts["dates"], key=lambda one: one["value"] or "~")]),
        (
            "period",
            [
                f"{_day(one['from'], None, lang)} – {_day(one['to'], None, lang)} {one['of']}".strip()
                for one in facts["period"]
            ],
        ),
        ("persons", [_count(one, lang) for one in facts["persons"]]),
        ("affected_group", [one["text"] for one in facts["affected_group"]]),
        ("items", _items([one["key"] for one in facts["items"]], lang)),
        ("not_leaked", _items([one["key"] for one in facts["not_leaked"]], lang)),
        (
            "cause",
            [words.causes[facts["cause"]["key"]].say(lang) + _quote(text, facts["cause"]["span"])]
            if facts["cause"]
            else [],
        ),
        (
            "secondary_harm",
            [words.harms[facts["secondary_harm"]["value"]].say(lang) + _quote(text, facts["secondary_harm"]["span"])]
            if facts["secondary_harm"]
            else [],
        ),
        (
            "company_measures",
            [
                f"{_text('done' if one['done'] else 'planned', lang)}: {one['text']}"
                for one in facts["company_measures"]
            ],
        ),
        ("delay_reason", [facts["delay_reason"]["text"]] if facts["delay_reason"] else []),
        ("windows", [_window(one, lang) for one in facts["windows"]]),
    ]


def _nine(covers: Mapping[str, str], lang: Lang) -> str:
    verdicts, star = _words().verdicts, _text("star", lang)
    lines = [
        f"{item.number}. {item.title.say(lang)}{star if item.in_notice else ''}: {verdicts[covers[item.key]].say(lang)}"
        for item in report.ITEMS
    ]
    return f"{_block('covers', lines, lang)}\n{_text('covers_note', lang)}"


def _day(value: str | None, last: str | None, lang: Lang) -> str:
    if value is None:
        return _text("unknown_day", lang)
    first = dates.say(date.fromisoformat(value), lang)
    return first if last is None else f"{first} – {dates.say(date.fromisoformat(last), lang)}"


def _dated(one: Facts, text: str, lang: Lang) -> str:
    day = _day(one["value"], one["to"], lang)
    said = _quote(text, one["span"]) if one["value"] is None else ""
    return f"{day}{said}  {_words().events[one['event']].say(lang)}"


def _count(one: Facts, lang: Lang) -> str:
    words = _words()
    of = f"{catalogue.say(one['of'], lang)}: " if one["of"] else ""
    return of + words.qualifiers[one["qualifier"]].say(lang) + words.units[one["unit"]].say(lang, n=f"{one['value']:,}")


def _items(keys: Sequence[str], lang: Lang) -> list[str]:
    return [(", " if lang == "en" else "、").join(catalogue.say(key, lang) for key in keys)] if keys else []


def _window(one: Facts, lang: Lang) -> str:
    hours = f" ({one['hours']})" if one.get("hours") else ""
    name = f" {one['name']}" if one.get("name") else ""
    return f"{_words().channels[one['channel']].say(lang)}{name}: {one['value'] or '-'}{hours}"


# Japanese has no space where a mail program broke its line.
_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n[ \t]*(?=[^\x00-\x7f])")


def _quote(text: str, span: Sequence[int] | None) -> str:
    if span is None:
        return ""
    whole = _WRAPPED.sub("", text[span[0] : span[1]])
    words = " ".join(whole.split())
    return f"「{words[:120]}{'…' if len(words) > 120 else ''}」" if words else ""


def _cited(citation: str | None) -> str:
    return f" [{citation}]" if citation else ""
