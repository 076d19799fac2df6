"""What is said of facts that cannot be read: the word to write instead, since the writer knows the matter and not the keys."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from madoguchi import catalogue
from madoguchi.law import spelling, words
from madoguchi.law.facts import Facts
from madoguchi.problem import Problem
from madoguchi.text import datafile, dates, numbers

_DAYS = ("known_on", "passed_threshold_on", "as_of", "entruster_told_on", "told_by_entrustee_on")
_EXAMPLES = {"known_on": "2026-11-21", "events": "[leak]", "items": "[name, email]"}
_DOCS = "docs/duties.md"


def no_facts(data: str | bytes) -> Problem:
    """Return what to say of a text that holds no ``key: value`` lines: the three lines that it must hold."""
    ja = "何も書かれていません。" if not data.strip() else "「項目: 値」の形で書かれていません。"
    en = "nothing is written here" if not data.strip() else "not written as `key: value` lines"
    lines = [f"{key}: {_EXAMPLES[key]}" for key in spelling.REQUIRED]
    ja_lines = "、".join(f"「{line}」（{_name(key)}）" for line, key in zip(lines, spelling.REQUIRED, strict=True))
    en_lines = ", ".join(f"`{line}` ({_name(key, 'en')})" for line, key in zip(lines, spelling.REQUIRED, strict=True))
    return Problem(
        ja=f"{ja}少なくとも次の3行を書いてください：{ja_lines}。",
        en=f"{en}; write at least these three lines: {en_lines}",
    )


def better(given: Mapping[Any, Any], problem: Problem) -> Problem:
    """Return a ``problem`` with the facts ``given`` that names what to write, where that can be told; else the same."""
    place = problem.place or ""
    fact, index = re.fullmatch(r"([^.\[]*)(?:\[(\d+)\])?.*", place, re.DOTALL).groups()  # type: ignore[union-attr]
    if fact not in Facts.model_fields:
        return _unknown_key(place, problem) if place in given else problem
    value = given.get(fact)
    if index is not None and isinstance(value, list):
        value = value[int(index)]
    said = _instead(fact, value, fact in given, index is not None, place)
    return Problem(ja=said[0], en=said[1], file=problem.file, place=place) if said else problem


def _instead(fact: str, value: Any, stated: bool, in_list: bool, place: str) -> tuple[str, str] | None:
    """Return what to say of ``value`` for ``fact`` in Japanese and English, or nothing where the first word stands."""
    if not stated or value is None:
        return _missing(fact) if fact in spelling.REQUIRED else None
    if value == [] and fact in spelling.LISTS:
        return _empty(fact)
    if fact in _DAYS:
        return _day(value)
    if fact == "persons":
        return _persons(value) if place == "persons" else _count(value, place)
    if isinstance(value, str) and (in_list or fact not in spelling.LISTS):
        return _word(fact, value)
    if isinstance(value, str) and fact in spelling.LISTS:
        found = spelling.several(fact, value)
        return _write(value, f"[{', '.join(found)}]") if found else None
    return None


def _write(value: Any, right: str) -> tuple[str, str]:
    shown = _shown(value)
    return f"「{shown}」は {right} と書いてください。", f"{shown!r} is not the word here; write {right}"


def _word(fact: str, value: str) -> tuple[str, str] | None:
    allowed = spelling.choices(fact)
    if value in allowed:
        return None
    if value.isascii() and datafile.nearest(value, allowed):
        return None  # a slip of the pen, of which the first word already names the right one
    if fact == "people_in" and re.fullmatch(r"[A-Za-z]{2}", value.strip()):
        return _write(value, value.strip().upper())
    if found := spelling.several(fact, value):
        return _write(value, ", ".join(found))
    shown = _shown(value)
    if allowed:
        ja, en = _listed(fact, allowed)
        return (
            f"「{shown}」は使えません。{ja}のどれかを書いてください。",
            f"{shown!r} is not allowed; write one of: {en}",
        )
    if fact == "people_in":
        return (
            f"「{shown}」は国・地域のコードではありません。JP（日本）、KR（韓国）のように、大文字2字のコードで書いてください。",
            f"{shown!r} is not the code of a country; write two capital letters, such as JP (Japan) or KR (South Korea)",
        )
    if fact == "items" and (near := spelling.holding(value)):
        ja = "、".join(f"{key}（{catalogue.say(key, 'ja')}）" for key in near)
        en = ", ".join(f"{key} ({catalogue.say(key, 'en')})" for key in near)
        return f"「{shown}」は {ja}のどれかを書いてください。", f"{shown!r} is not the word here; write one of: {en}"
    if fact == "items" and not value.isascii():
        return (
            f"「{shown}」に当たる項目が見つかりません。{_DOCS} の一覧から、近い項目のキーを書いてください（例：name＝氏名、email＝メールアドレス）。",
            f"no item is called {shown!r}; write the key of the nearest one in the list of {_DOCS} (name, email, ...)",
        )
    return None


def _missing(fact: str) -> tuple[str, str]:
    line = f"{fact}: {_EXAMPLES[fact]}"
    return (
        f"「{fact}」（{_name(fact)}）がありません。{line} のように書き足してください。",
        f"the required key {fact!r} ({_name(fact, 'en')}) is missing; add it, like {line}",
    )


def _empty(fact: str) -> tuple[str, str] | None:
    if fact == "items":
        return (
            f"items が空です。漏れた項目のキーを、[name, email] のように書いてください（一覧は {_DOCS}）。",
            f"items is empty; write the keys of what leaked, like [name, email] (the list is in {_DOCS})",
        )
    if fact == "people_in":
        return (
            "people_in が空です。JP（日本）のような国・地域のコードを、[JP] のように書いてください。",
            "people_in is empty; write the codes of countries, like [JP]",
        )
    ja, en = _listed(fact, spelling.choices(fact))
    return f"{fact} が空です。{ja}のどれかを書いてください。", f"{fact} is empty; write one or more of: {en}"


def _listed(fact: str, allowed: list[str]) -> tuple[str, str]:
    """Return the words that may stand for ``fact``, each with its meaning in Japanese; the English keys explain themselves."""
    return "、".join(f"{one}（{words.value(fact, one, 'ja')}）" for one in allowed), ", ".join(allowed)


def _day(value: Any) -> tuple[str, str] | None:
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    day = None if isinstance(value, bool | Mapping | list) else dates.parse(str(value))
    if day is None or (isinstance(value, str) and value.strip() == day.isoformat()):
        return None  # no day, or one that is refused for another reason
    if type(value) is dt.date:
        return None
    shown = _shown(value)
    return (
        f"「{shown}」は {day.isoformat()} と書いてください。",
        f"{shown!r} is not a day as this file writes it; write {day.isoformat()}",
    )


def _persons(value: Any) -> tuple[str, str] | None:
    if isinstance(value, bool | Mapping):
        return None
    count = _number(value)
    right = f"persons: {{confirmed: {12 if count is None else count}, upper: {12 if count is None else count}}}"
    return (
        f"「{_shown(value)}」は、{right} のように書いてください（confirmed は確認できた人数、upper は最大の人数）。",
        f"{_shown(value)!r}: write it like {right} (confirmed: as many as are certain; upper: the most there can be)",
    )


def _count(value: Any, place: str) -> tuple[str, str] | None:
    inner = value.get(place.removeprefix("persons.")) if isinstance(value, Mapping) else None
    count = _number(inner) if isinstance(inner, str) else None
    return None if count is None else _write(inner, str(count))


def _number(value: Any) -> int | None:
    """Return the number in 12, 約1,200名 or 12人くらい, if it is one."""
    count = numbers.parse(re.sub(r"^約|(?:人|名|件)?(?:くらい|ぐらい|ほど|程度)?$", "", str(value).strip()))
    return count if count is not None and count >= 0 else None


def _unknown_key(place: str, problem: Problem) -> Problem:
    known = list(Facts.model_fields)
    if place.isascii() and datafile.nearest(place, known):
        return problem
    shown = _shown(place)
    if right := spelling.key(place):
        ja, en = f"「{shown}」は {right} と書いてください。", f"there is no key {shown!r}; write {right}"
    else:
        ja_keys = "、".join(f"{key}（{_name(key)}）" for key in spelling.REQUIRED)
        en_keys = ", ".join(f"{key} ({_name(key, 'en')})" for key in spelling.REQUIRED)
        ja = f"「{shown}」という項目はありません。必ず書く項目は {ja_keys}の3つです。ほかの項目は {_DOCS} にあります。"
        en = f"there is no key {shown!r}; the three required keys are {en_keys}; {_DOCS} lists the others"
    return Problem(ja=ja, en=en, file=problem.file, place=problem.place)


def _shown(value: Any) -> str:
    """Return what was written as one short line, in Japanese quotes or Python's."""
    return " ".join(str(value).split())[:40]


def _name(fact: str, lang: Any = "ja") -> str:
    return words.facts()[fact].name.say(lang)
