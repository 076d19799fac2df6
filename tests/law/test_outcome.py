"""Day 1 and who set it; the last days of what is only possible."""

import datetime as dt
from collections.abc import Callable

import pytest

from madoguchi.law import Facts, assess
from madoguchi.law.outcome import clock


def deadline(facts: Facts, duty: str) -> tuple[str, dt.date]:
    found = assess(facts).outcomes[0].deadlines[duty]  # type: ignore[index]
    return found.started_by, found.due


def test_the_day_known_starts_the_clock(make: Callable[..., Facts]) -> None:
    assert deadline(make(), "final_report") == ("known_on", dt.date(2027, 1, 19))


def test_the_day_the_entrustee_told_starts_it_when_earlier(make: Callable[..., Facts]) -> None:
    facts = make(role="entruster", told_by_entrustee_on=dt.date(2026, 11, 2))
    assert deadline(facts, "final_report") == ("told_by_entrustee_on", dt.date(2027, 1, 4))


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_passing_the_threshold_starts_it_only_where_the_number_is_the_only_reason(
    make: Callable[..., Facts], number: str
) -> None:
    alone = {"situation.4": True}
    assert clock(make(), dict(alone)) == (dt.date(2026, 11, 25), "passed_threshold_on")
    assert clock(make(), {**alone, f"situation.{number}": True}) == (dt.date(2026, 11, 21), "known_on")
    assert clock(make(), {**alone, f"situation.{number}": None}) == (dt.date(2026, 11, 25), "passed_threshold_on")


def test_a_possible_duty_shows_the_earliest_day_on_which_it_could_be_due(make: Callable[..., Facts]) -> None:
    open_ = {"items": ["name"], "persons": None, "passed_threshold_on": None, "unlawful_purpose": "unknown"}
    assert deadline(make(**open_), "final_report")[1] == dt.date(2026, 12, 21)
    only_attack = {**open_, "persons": {"upper": 3}}
    assert deadline(make(**only_attack), "final_report")[1] == dt.date(2027, 1, 19)


def test_a_purpose_found_on_day_twenty_moves_thirty_days_to_sixty_from_the_same_day_one(
    make: Callable[..., Facts],
) -> None:
    before = make(unlawful_purpose="unknown", as_of=dt.date(2026, 12, 9))
    after = make(unlawful_purpose="suspected", as_of=dt.date(2026, 12, 10))
    assert deadline(before, "final_report") == ("known_on", dt.date(2026, 12, 21))
    assert deadline(after, "final_report") == ("known_on", dt.date(2027, 1, 19))


def test_every_closed_day_that_was_passed_over_is_kept(make: Callable[..., Facts]) -> None:
    facts = make(known_on=dt.date(2026, 12, 1), unlawful_purpose="ruled_out", passed_threshold_on=None)
    found = assess(facts).outcomes[0].deadlines["final_report"]
    assert [(c.day.isoformat(), c.why) for c in found.skipped] == [
        ("2026-12-30", "year_end"),
        ("2026-12-31", "year_end"),
        ("2027-01-01", "holiday"),
        ("2027-01-02", "year_end"),
        ("2027-01-03", "year_end"),
    ]
