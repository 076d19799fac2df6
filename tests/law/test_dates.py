"""Closed days and rolling, against an independent table of holidays."""

import datetime as dt

import jpholiday
import pytest

from madoguchi.law import dates
from madoguchi.law.facts import FIRST_YEAR, LAST_YEAR

FIRST, LAST = dt.date(2022, 4, 1), dt.date(2032, 12, 31)
YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def every_day() -> list[dt.date]:
    return [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def closed_independently(day: dt.date) -> bool:
    return day.weekday() >= 5 or jpholiday.is_holiday(day) or (day.month, day.day) in YEAR_END


def test_the_offices_are_closed_on_the_same_days_by_an_independent_table() -> None:
    assert [d for d in every_day() if (dates.closed(d) is not None) != closed_independently(d)] == []


@pytest.mark.parametrize("number", [30, 60])
def test_every_day_rolls_to_the_day_an_independent_count_finds(number: int) -> None:
    for start in every_day():
        due = start
        for _ in range(number - 1):
            due += dt.timedelta(days=1)
        while closed_independently(due):
            due += dt.timedelta(days=1)
        found, skipped = dates.roll(dates.nth(start, number))
        assert found == due, start
        assert [c.day for c in skipped] == [
            dates.nth(start, number) + dt.timedelta(days=n) for n in range(len(skipped))
        ]


def test_day_one_is_the_day_itself() -> None:
    assert dates.nth(dt.date(2026, 11, 21), 1) == dt.date(2026, 11, 21)
    assert dates.nth(dt.date(2026, 11, 21), 5) == dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "why", "name"),
    [
        (dt.date(2026, 11, 21), "saturday", ""),
        (dt.date(2026, 11, 22), "sunday", ""),
        (dt.date(2026, 11, 23), "holiday", "勤労感謝の日"),
        (dt.date(2026, 9, 22), "holiday", "国民の休日"),
        (dt.date(2026, 5, 6), "holiday", "振替休日"),
        (dt.date(2026, 12, 29), "year_end", ""),
        (dt.date(2027, 1, 1), "holiday", "元日"),
        (dt.date(2027, 1, 3), "year_end", ""),
    ],
)
def test_a_closed_day_says_why(day: dt.date, why: str, name: str) -> None:
    found = dates.closed(day)
    assert found is not None
    assert found.why == why
    assert name in found.name


def test_an_open_day_is_not_closed() -> None:
    assert dates.closed(dt.date(2026, 11, 24)) is None
    assert dates.roll(dt.date(2026, 11, 24)) == (dt.date(2026, 11, 24), ())


def test_the_years_that_can_be_entered_have_holidays_in_the_table() -> None:
    for year in (FIRST_YEAR, LAST_YEAR + 1):
        assert dates.closed(dt.date(year, 11, 3)) is not None


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        (dt.date(2025, 2, 28), 2025),
        (dt.date(2025, 3, 1), 2026),
        (dt.date(2026, 11, 21), 2027),
        (dt.date(2031, 6, 1), 2027),
    ],
)
def test_a_year_is_sure_once_published_and_seen(as_of: dt.date, year: int) -> None:
    assert dates.published_through(as_of) == year
