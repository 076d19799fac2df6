"""Every item word of the catalogue in a sentence, the longest first, by one pattern grown as a tree of letters."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from madoguchi import catalogue
from madoguchi.reading.flat import flatten


class Word(NamedTuple):
    """A word of the catalogue at ``text[start:end]`` and the item it names."""

    start: int
    end: int
    key: str


def find(text: str) -> Iterator[Word]:
    """Yield the item words of ``text`` (folded), none inside another."""
    pattern, keys = _pattern()
    for hit in pattern.finditer(text.translate(_SMALL)):
        yield Word(hit.start(), hit.end(), keys[hit.group()])


_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    keys: dict[str, str] = {}
    for item in catalogue.items().values():
        for word in (*item.words, item.names.ja):
            keys.setdefault(flatten(word, 0, len(word)).text.translate(_SMALL), item.key)
    return re.compile(_grown(sorted(keys))), keys


def _grown(words: list[str]) -> str:
    """Return one expression for ``words``, branching letter by letter, so that no letter is looked at twice."""
    branches: dict[str, list[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    if not branches:
        return ""
    grown = [re.escape(letter) + _grown(rest) for letter, rest in branches.items()]
    one = grown[0] if len(grown) == 1 else f"(?:{'|'.join(grown)})"
    return f"(?:{one})?" if "" in words else one
