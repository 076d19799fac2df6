"""Days of the law: day 1 is the day known, and the last day moves off the days on which the offices are closed."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import holidays
from pydantic import BaseModel, ConfigDict

from madoguchi.text import datafile

Why = Literal["saturday", "sunday", "holiday", "year_end"]
ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """A day on which the offices are closed and why; ``name`` is the holiday's Japanese name."""

    day: dt.date
    why: Why
    name: str = ""


@lru_cache(maxsize=128)
def _holidays(year: int) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("JP", years=year, language="ja").items())


def closed(day: dt.date) -> Closed | None:
    """Return why the offices are closed on ``day`` (行政機関の休日に関する法律: 土日, 国民の祝日・休日, 12/29-1/3), or None."""
    name = _holidays(day.year).get(day)
    if (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}:
        return Closed(day, "year_end")
    if name is not None:
        return Closed(day, "holiday", name)
    if day.weekday() >= 5:
        return Closed(day, "saturday" if day.weekday() == 5 else "sunday")
    return None


def nth(start: dt.date, number: int) -> dt.date:
    """Return day ``number`` of a count whose day 1 is ``start`` itself."""
    return start + dt.timedelta(days=number - 1)


@lru_cache(maxsize=4096)
def roll(day: dt.date) -> tuple[dt.date, tuple[Closed, ...]]:
    """Return the first open day from ``day`` on, and each closed day that was passed over."""
    skipped: list[Closed] = []
    while (found := closed(day)) is not None:
        skipped.append(found)
        day += ONE
    return day, tuple(skipped)


class _Published(BaseModel):
    """`corpus/holidays.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    published_through: int
    next_year_from_month: int
    citation: str
    confirmed: bool


@lru_cache(maxsize=1)
def _published() -> _Published:
    return datafile.load(_Published, files("madoguchi.law") / "corpus" / "holidays.yaml")


def published_through(as_of: dt.date) -> int:
    """Return the last year whose holidays are sure on ``as_of``: published by then, and in a table that we have seen."""
    known = _published()
    return min(as_of.year + (1 if as_of.month >= known.next_year_from_month else 0), known.published_through)
