"""A window: where to ask, what for, and how far it can be relied on. The best first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from madoguchi.text import emails, phones
from madoguchi.text.fold import fold

Channel = Literal["form", "email", "phone", "post"]
Purpose = Literal["leak", "privacy", "disclosure", "general"]
Grade = Literal["signed", "privacy_page", "commerce_law_page", "contact_page", "elsewhere"]

GRADES: tuple[Grade, ...] = ("signed", "privacy_page", "commerce_law_page", "contact_page", "elsewhere")
_PURPOSES: tuple[Purpose, ...] = ("leak", "privacy", "disclosure", "general")
_CHANNELS: tuple[Channel, ...] = ("form", "email", "phone", "post")
"""What leaves a record comes first."""


@dataclass(frozen=True)
class Window:
    """One way to reach one desk, as one page names it."""

    channel: Channel
    value: str
    """An address of the web, a mail address, a phone number in Japanese writing, a postal address."""
    name: str | None
    """The desk."""
    hours: str | None
    """When it answers, in the page's words."""
    purpose: Purpose
    grade: Grade
    source: str
    """The address of the page, or the name of the file."""
    quote: str
    """The words relied on."""
    seen_on: dt.date
    current_leak: bool = False
    """The desk of a leak that was announced less than a year ago: the one to ask about it."""

    def answer(self) -> dict[str, Any]:
        """Return the contract's ``window``."""
        return {
            "channel": self.channel,
            "value": self.value,
            "name": self.name,
            "hours": self.hours,
            "for": self.purpose,
            "grade": self.grade,
            "source": self.source,
            "quote": self.quote,
            "seen_on": self.seen_on.isoformat(),
        }


def best_first(windows: Iterable[Window]) -> list[Window]:
    """Return each window once, at its best grade, the one to try first in front.

    What is signed comes first, then the desk opened for a leak of the last twelve months, then by grade; among equals
    by what it is for, then form and mail before phone before post. A name or hours that only a lesser source knows are
    kept.
    """
    best: dict[tuple[str, str], Window] = {}
    for window in sorted(windows, key=lambda each: (GRADES.index(each.grade), *_rank(each))):
        key = (window.channel, _key(window))
        known = best.setdefault(key, window)
        if known is not window:
            best[key] = replace(known, name=known.name or window.name, hours=known.hours or window.hours)
    return sorted(best.values(), key=_rank)


def _rank(window: Window) -> tuple[int, bool, int, int, int]:
    grade = GRADES.index(window.grade)
    return (
        min(grade, 1),
        not window.current_leak,
        grade,
        _PURPOSES.index(window.purpose),
        _CHANNELS.index(window.channel),
    )


def _key(window: Window) -> str:
    if window.channel == "phone":
        return phones.canonical(window.value) or window.value
    if window.channel == "email":
        return emails.canonical(window.value) or window.value
    if window.channel == "form":
        return window.value.split("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://")
    return fold(window.value).replace(" ", "")


def answer(windows: Iterable[Window]) -> dict[str, Any]:
    """Return the contract's answer of ``contacts``."""
    return {"windows": [window.answer() for window in windows]}
