"""Eras: their borders, their first year, and years beyond their end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import eras


@given(st.dates(date(1868, 1, 25), date(2100, 12, 31)))
def test_a_day_goes_into_its_era_and_back(day: date):
    era = next(e for e in eras.ERAS if day >= e.first)
    for word in (era.name, era.name[0], era.letter, era.letter.lower()):
        assert eras.from_era(word, day.year - era.first.year + 1, day.month, day.day) == day


@pytest.mark.parametrize(("newer", "older"), list(zip(eras.ERAS, eras.ERAS[1:], strict=False)))
def test_an_era_begins_the_day_after_the_one_before(newer: eras.Era, older: eras.Era):
    assert eras.to_era(newer.first).startswith(f"{newer.name}元年")
    assert eras.to_era(newer.first - timedelta(1)).startswith(older.name)


def test_a_day_before_the_era_began_does_not_exist():
    assert eras.from_era("昭和", 1, 12, 24) is None
    assert eras.from_era("昭和", 1, 12, 25) == date(1926, 12, 25)


def test_a_year_after_the_era_ended_is_counted_on():
    assert eras.from_era("平成", 35, 3, 1) == date(2023, 3, 1)
    assert eras.from_era("昭和", 100, 1, 1) == date(2025, 1, 1)


@pytest.mark.parametrize(
    "wrong", [("慶応", 4, 1, 1), ("令和", 0, 5, 1), ("令和", 8, 2, 30), ("令和", 9999, 1, 1), ("", 1, 1, 1)]
)
def test_what_is_no_day_of_an_era_is_nothing(wrong: tuple[str, int, int, int]):
    assert eras.from_era(*wrong) is None


def test_before_meiji_the_year_stays():
    assert eras.to_era(date(1867, 11, 9)) == "1867年11月9日"
