"""Values in running text: each run of digits is read once and as one thing, so a card never also yields a phone."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from madoguchi.scope.values import canonical, card
from madoguchi.text import phones


class Found(NamedTuple):
    """One value in a text: its item, its compared writing, and where it stands (code points)."""

    item: str
    value: str
    start: int
    end: int


_AT = "@＠﹫"
_MAIL = re.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~\-．＋－＿]+[{_AT}][\w．.－\-]+", re.UNICODE)
_NEAR = r"0-9A-Za-z_@０-９Ａ-Ｚａ-ｚ＠"
_AT_SIGN = re.compile(f"[{_AT}]")
#: Signs that RFC 5322 allows before the @ and that hardly anybody has there.
_SIGNS = frozenset("=?&/'|{}`!#$%*^~＝？＆／｜")
_RUN = re.compile(rf"(?<![{_NEAR}.])[+＋(（]?\d[\d\-‐‑‒–—―−－ー()（）. 　]{{7,}}\d(?![{_NEAR}]|:\d)")
#: A text without at least this cannot hold a strong value; most cells end here.
WORTH = re.compile(rf"[{_AT}]|\d[\d\-‐‑‒–—―−－ー()（）. 　]{{8,}}")


#: Half of all cells that look worth it are times.
_TIME = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?[ T]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:?\d\d|Z)?")


def find(text: str) -> Iterator[Found]:
    """Yield the mail addresses, phones and whole card numbers of ``text`` from left to right.

    An address that may begin in two places comes twice, with the same end; nothing else overlaps.
    """
    if not WORTH.search(text) or _TIME.fullmatch(text):
        return
    taken: list[tuple[int, int]] = []
    for match in _MAIL.finditer(text):
        # Japanese goes on without a space before and after an address: only its ASCII (or full-width) core is one.
        start, end = _core(text, match.start(), match.end())
        for first in _beginnings(text, start, end):
            if value := canonical("email", text[first:end]):
                taken.append((first, end))
                yield Found("email", value, first, end)
    for match in _RUN.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield from _digits(text, match.start(), match.end())


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    at = next(i for i in range(start, end) if text[i] in _AT)
    first = at
    while first > start and _plain(text[first - 1]):
        first -= 1
    last = at + 1
    while last < end and _plain(text[last]):
        last += 1
    while last > at and text[last - 1] in ".．-－":
        last -= 1
    return first, last


def _beginnings(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where an address may begin: what may stand in one by the letter of the law is a sign before one in logs.

    ``user=taro@example.jp``, ``?mail=taro@…``, ``'taro@…'``: both readings are given, and the people list decides.
    """
    yield start
    for at in range(end - 1, start - 1, -1):
        if text[at] in _SIGNS and _AT_SIGN.search(text, at, end):
            yield at + 1
            return


def _plain(char: str) -> bool:
    return char.isascii() or "！" <= char <= "～"


def _digits(text: str, start: int, end: int) -> Iterator[Found]:
    """Read one run: as a card, as a phone, else each piece between its spaces."""
    run = text[start:end]
    if number := card(run):
        yield Found("card_number", number, start, end)
    elif number := phones.canonical(run):
        yield Found("phone", number, start, end)
    elif pieces := [match for match in re.finditer(r"[^ 　/]+", run) if match[0] != run]:
        for piece in pieces:
            if len(piece[0]) >= 10:
                yield from _digits(text, start + piece.start(), start + piece.end())
