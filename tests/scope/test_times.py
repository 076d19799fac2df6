"""When a row was."""

from datetime import UTC, datetime

import pytest

from madoguchi.scope import times


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-08-01T09:00:00+09:00", at(2026, 8, 1), at(2026, 8, 1)),
        ("2026-08-01 09:00:00", at(2026, 8, 1), at(2026, 8, 1)),
        ("2026-08-01 00:00:00 UTC", at(2026, 8, 1), at(2026, 8, 1)),
        ("２０２６年８月１日　９時００分", at(2026, 8, 1), at(2026, 8, 1, 0, 0, 59, 999999)),
        ("2026年8月1日 9時5分", at(2026, 8, 1, 0, 5), at(2026, 8, 1, 0, 5, 59, 999999)),
        ("2026/8/1 9:00:00", at(2026, 8, 1), at(2026, 8, 1)),
        ("令和8年8月1日", at(2026, 7, 31, 15), at(2026, 8, 1, 14, 59, 59, 999999)),
        ("20260801090000", at(2026, 8, 1), at(2026, 8, 1)),
        ("1785542400", at(2026, 8, 1), at(2026, 8, 1)),
        ("1785542400000", at(2026, 8, 1), at(2026, 8, 1)),
        ("01/Aug/2026:09:00:00 +0900", at(2026, 8, 1), at(2026, 8, 1)),
    ],
)
def test_a_time_is_read_in_every_writing(text: str, start: datetime, end: datetime) -> None:
    assert times.parse(text) == (start, end)


@pytest.mark.parametrize("text", ["", "昨日", "12:00", "2026-13-01 00:00:00", "2026-08-01 25:00", "12345"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert times.parse(text) is None


def test_the_surest_heading_tells_the_time() -> None:
    assert times.columns(["注文番号", "更新日時", "注文日時"], []) == (2,)
    assert times.columns(["id", "started_at", "ended_at"], []) == (1, 2)
    assert times.columns(["id", "いつ"], [["1", "2026-08-01 10:00"]]) == (1,)
    assert times.columns(["id", "name"], [["1", "x"]]) == ()


def test_an_end_that_is_left_open_is_the_start() -> None:
    assert times.interval(["2026-08-01T09:00:00+09:00", ""], (0, 1)) == (at(2026, 8, 1), at(2026, 8, 1))
