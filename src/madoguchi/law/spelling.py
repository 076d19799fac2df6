"""From what people write to what a file of facts asks for: 漏えい to leak, 氏名 to name, 日本 to JP, 令和8年11月18日 to 2026-11-18."""

import re
from functools import cache
from typing import get_args

from madoguchi import catalogue
from madoguchi.law import words
from madoguchi.law.facts import Facts
from madoguchi.text import datafile, fold

REQUIRED = ("known_on", "events", "items")
LISTS = ("events", "items", "people_kinds", "people_in")


def choices(fact: str) -> list[str]:
    """Return the words that may stand for ``fact``, in the order of the contract; none where any may."""
    annotation = Facts.model_fields[fact].annotation
    if fact in {"events", "people_kinds"}:
        (annotation,) = get_args(annotation)
    found = get_args(annotation)
    return list(found) if found and all(isinstance(one, str) for one in found) else []


def value(fact: str, word: str) -> str | None:
    """Return the value of ``fact`` that ``word`` names in Japanese or English, or nothing."""
    return _find(word, _values(fact))


def several(fact: str, text: str) -> list[str]:
    """Return the values that ``text`` names, one or several of them (氏名、住所); none unless each part is understood."""
    if text in choices(fact):
        return [text]
    if (one := value(fact, text)) is not None:
        return [one]
    if fact not in LISTS:
        return []
    known = catalogue.items() if fact == "items" else choices(fact)
    parts = [part for part in re.split(r"[、，,・;；/／\s]+|と|及び|および", text) if part]
    found = [part if part in known else value(fact, part) for part in parts]
    return list(dict.fromkeys(one for one in found if one)) if all(found) else []


def holding(word: str) -> list[str]:
    """Return the items of which a name holds ``word`` (カード), at most five."""
    folded = fold.key(word)
    if len(folded) < 2:
        return []
    return list(dict.fromkeys(one for name, one in reversed(_values("items").items()) if folded in name))[:5]


def key(word: str) -> str | None:
    """Return the fact that ``word`` names in Japanese or English, or nothing."""
    return _find(word, _keys())


def _find(word: str, known: dict[str, str]) -> str | None:
    folded = fold.key(word)
    if folded in known:
        return known[folded]
    near = datafile.nearest(folded, list(known))
    # Likeness alone would take 件数 for 人数: near is only what goes on where the other ends.
    if near and min(len(near), len(folded)) > 2 and (near.startswith(folded) or folded.startswith(near)):
        return known[near]
    return None


@cache
def _values(fact: str) -> dict[str, str]:
    if fact == "items":
        return {
            fold.key(word): item.key
            for item in reversed(list(catalogue.items().values()))
            for word in (*item.words, item.names.en, item.names.ja)
        }
    said = words.facts()[fact]
    allowed = choices(fact) or list(said.values)
    return {fold.key(word): one for one in reversed(allowed) for word in _words(said, one)}


def _words(said: words.Fact, one: str) -> list[str]:
    names = [said.values[one].ja, said.values[one].en] if one in said.values else []
    return [*said.also.get(one, []), *names]


@cache
def _keys() -> dict[str, str]:
    facts = words.facts()
    return {
        fold.key(word): fact
        for fact, said in facts.items()
        for word in (*said.also.get(fact, []), said.name.en, said.name.ja)
    }
