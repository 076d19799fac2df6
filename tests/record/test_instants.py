"""Instants have one writing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import instants


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_read_back_to_the_microsecond(instant):
    assert instants.read(instants.write(instant)) == instant


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_text_order_is_time_order(one, other):
    assert (instants.write(one) < instants.write(other)) == (one < other)


def test_japanese_time_is_written_as_utc():
    midnight = datetime(2026, 11, 21, tzinfo=timezone(timedelta(hours=9)))
    assert instants.write(midnight) == "2026-11-20T15:00:00.000000Z"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        instants.write(datetime(2026, 11, 21))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T00:00:00Z",
        "2026-11-21T00:00:00.000Z",
        "2026-11-21 00:00:00.000000Z",
        "2026-11-21T00:00:00.000000+00:00",
        "2026-11-21T09:00:00.000000+09:00",
        "2026-11-21T00:00:00.000000",
        "2026-02-30T00:00:00.000000Z",
        "2026-11-21T24:00:00.000000Z",
        "2026-11-21T00:00:60.000000Z",
        "２０２６-11-21T00:00:00.000000Z",
        "",
    ],
)
def test_any_other_writing_is_refused(text):
    with pytest.raises(ValueError):
        instants.read(text)
