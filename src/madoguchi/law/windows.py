"""Where a report is made and where one asks: the windows of the authorities, dated and cited in `corpus/windows.yaml`."""

import datetime as dt
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from madoguchi.law.corpus import Dated
from madoguchi.problem import Lang
from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class Window(Dated):
    """One way to reach the ``authorities`` (the contract's ``to``); ``value`` is an address or a phone number."""

    authorities: list[str]
    use: Literal["report", "questions", "check"]
    channel: Literal["form", "phone", "page"]
    value: str
    name: LocalText
    hours: LocalText | None = None
    seen_on: dt.date


class _WindowsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    windows: list[Window]


@lru_cache(maxsize=1)
def load() -> tuple[Window, ...]:
    """Return every window, in the order of the file."""
    return tuple(datafile.load(_WindowsFile, files("madoguchi.law") / "corpus" / "windows.yaml").windows)


def of(authority: str, day: dt.date) -> list[Window]:
    """Return the windows of an authority on ``day``: where to report or to look it up, then where to ask."""
    found = [window for window in load() if authority in window.authorities and window.holds_on(day)]
    return sorted(found, key=lambda window: window.use == "questions")


def answer(window: Window, lang: Lang) -> dict[str, Any]:
    """Return a window for JSON, under the keys of the contract's `contacts`."""
    return {
        "channel": window.channel,
        "value": window.value,
        "name": window.name.say(lang),
        "hours": window.hours.say(lang) if window.hours else None,
        "for": window.use,
        "seen_on": window.seen_on.isoformat(),
        "source": "・".join(window.citations),
    }
