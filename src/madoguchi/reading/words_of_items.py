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
    tree: dict[str, dict] = {}  # type: ignore[type-arg] - a tree of letters has no end
    for word in keys:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(_grown(tree)), keys


def _grown(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(letter) + _grown(below) for letter, below in node.items() if letter]
    if not branches:
        return ""
    one = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{one})?" if "" in node else one
