"""The legal day is Japan's, whatever the clock of the instant."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app.days import JAPAN, legal_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 20, 14, 59, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 11, 21, 0, 0, tzinfo=JAPAN), date(2026, 11, 21)),
        (datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 11, 21)),
    ],
)
def test_midnight_in_japan_begins_the_day(instant: datetime, day: date):
    assert legal_day(instant) == day


def test_an_instant_without_a_time_zone_is_no_instant():
    with pytest.raises(ValueError, match="time zone"):
        legal_day(datetime(2026, 11, 21, 9, 0))


@given(st.datetimes(datetime(1952, 1, 1), datetime(2098, 12, 31), timezones=st.just(UTC)))
def test_japan_has_been_nine_hours_ahead_all_year_since_summer_time_ended(instant: datetime):
    assert legal_day(instant) == (instant + timedelta(hours=9)).date()
