"""Text in one writing for patterns to look at, each character knowing its place in the text as it was given."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from madoguchi.text.fold import DASHES, old_forms

_CIRCLED = range(0x2460, 0x2500)  # ①: a mark of a list; as a digit it would run into the number behind it
_SQUARED = {"㈱": "(株)", "㈲": "(有)", "㍿": "株式会社", "㋿": "令和", "㍻": "平成", "℡": "TEL", "№": "No"}
_TILDES = "〜～∼"
_VOICED = re.compile("[ｦ-ﾟ][ﾞﾟ]")
# One space between any two characters is how some PDFs come out, never how people write.
_SPACED_OUT = re.compile(r"(?<=[^\x00-\x7f])[ \u3000](?=[^\x00-\x7f])")
_GAP = re.compile(r"[ \u3000]{2,}|[ \u3000]*\t[ \t\u3000]*")


class Span(NamedTuple):
    """``[start, end)`` in code points of the text as it was given."""

    start: int
    end: int


class _Table(dict[int, str]):
    """The folded form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


def _folded(char: str) -> str:
    if char in _SQUARED:
        return _SQUARED[char]
    if char in _TILDES:
        return "~"
    if char in DASHES:
        return "-"
    if ord(char) in _CIRCLED or char in "○◯゛゜…‥":
        return {"◯": "○"}.get(char, char)
    if char in "\n\t":
        return char
    if unicodedata.category(char) in {"Cf", "Cc", "Mn"} or "\ufe00" <= char <= "\ufe0f":
        return ""
    wide = unicodedata.normalize("NFKC", char)
    return " " if wide.isspace() else old_forms().get(wide, wide)


@cache
def _table() -> _Table:
    return _Table()


class Flat(NamedTuple):
    """Folded text and, for each of its characters, where it begins and ends in the text as it was given.

    Width, dashes, spaces, old forms of characters and ``㈱`` are folded (`text.fold`), two or more spaces and a tab are
    one tab (a column of a table), invisible characters are left out. Case and kana stay.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of ``text[start:end]`` in the text as it was given."""
        last = (len(self.text) if end is None else end) - 1
        if last < start:
            here = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(here, here)
        return Span(self.starts[start], self.ends[last])

    def cut(self, start: int, end: int) -> "Flat":
        """Return a piece of it, without the spaces around."""
        while start < end and self.text[start] in " \t\n":
            start += 1
        while end > start and self.text[end - 1] in " \t\n":
            end -= 1
        return Flat(self.text[start:end], self.starts[start:end], self.ends[start:end])


def flatten(text: str, start: int, end: int) -> Flat:
    """Return ``text[start:end]``, one line, folded."""
    raw = text[start:end]
    folded = raw.translate(_table())
    plain = len(folded) == len(raw) and not _VOICED.search(raw) and not _GAP.search(folded) and not _loose(raw)
    if plain and _one_to_one(raw):  # the usual line: every character is one character
        return Flat(folded, range(start, end), range(start + 1, end + 1))
    return _slowly(raw, start)


def _one_to_one(raw: str) -> bool:
    table = _table()
    return all(len(table[ord(char)]) == 1 for char in set(raw))


def _loose(raw: str) -> bool:
    return len(raw) > 8 and 3 * len(_SPACED_OUT.findall(raw)) > len(raw)


def _slowly(raw: str, start: int) -> Flat:
    table = _table()
    loose = _loose(raw)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(raw):
        if char in "ﾞﾟ" and out and _VOICED.fullmatch(raw[max(index - 1, 0) : index + 1]):
            joined = unicodedata.normalize("NFKC", raw[index - 1 : index + 1])
            if len(joined) == 1:
                out[-1], ends[-1] = joined, start + index + 1
                continue
        for one in table[ord(char)]:
            if one in " \t" and out and out[-1] in " \t":
                out[-1] = "\t"
                ends[-1] = start + index + 1
                continue
            out.append(one)
            starts.append(start + index)
            ends.append(start + index + 1)
    if loose:
        keep = [i for i, one in enumerate(out) if one != " "]
        return Flat("".join(out[i] for i in keep), [starts[i] for i in keep], [ends[i] for i in keep])
    return Flat("".join(out), starts, ends)


def join(first: Flat, second: Flat) -> Flat:
    """Return two lines as the one they were before somebody broke it."""
    if not first.text or not second.text:
        return first if first.text else second
    letters = first.text[-1].isascii() and second.text[0].isascii() and first.text[-1].isalnum()
    space = letters and not (first.text[-1].isdigit() and second.text[0].isdigit())
    starts, ends = [*first.starts], [*first.ends]
    if space:
        starts.append(ends[-1])
        ends.append(second.starts[0])
    return Flat(first.text + " " * space + second.text, [*starts, *second.starts], [*ends, *second.ends])
