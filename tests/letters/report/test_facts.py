"""Facts that cannot be true are refused; what is not known is no error."""

import datetime as dt
from typing import Any

import pytest

from madoguchi.letters.report.facts import Notices, Persons, ReportFacts
from madoguchi.problem import Problem
from madoguchi.text import datafile


def facts(**values: Any) -> ReportFacts:
    return datafile.check(ReportFacts, {"kind": "prompt", "date": "2026-11-24"} | values)


def test_only_the_kind_and_the_day_of_a_report_must_be_known() -> None:
    assert facts().overview.occurred is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"persons": {"confirmed": 10, "upper": 9}},
        {"persons": {"upper": 10, "with_card": 11}},
        {"persons": {"confirmed": -1}},
        {"persons": {"confirmed": "1,000"}},
        {"overview": {"occurred": "2026-11-25"}},
        {"overview": {"discovered": "2026-11-25"}},
        {"overview": {"occurred": "2026-11-20", "discovered": "2026-11-19"}},
        {"overview": {"occurred": {"start": "2026-11-20", "end": "2026-11-01"}}},
        {"overview": {"situations": ["5"]}},
        {"previous_date": "2026-11-25"},
        {"notices": {"state": "done", "date": "2026-11-25"}},
        {"publication": {"state": "done", "date": "2026-11-25"}},
        {"kind": "first"},
        {"date": "2026-13-01"},
    ],
)
def test_facts_that_cannot_be_true_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Problem):
        facts(**wrong)


def test_a_plan_may_lie_in_the_future() -> None:
    assert facts(notices={"state": "planned", "date": "2026-12-01"}).notices.date == dt.date(2026, 12, 1)


def test_a_misspelt_field_deep_inside_is_named_with_its_place() -> None:
    with pytest.raises(Problem, match="representative") as caught:
        facts(reporter={"representativ": "見本"})
    assert caught.value.place == "reporter.representativ"


def test_a_missing_field_is_taken_from_before_and_a_given_one_is_not() -> None:
    before = Persons(upper=10, with_card=4)
    assert Persons(confirmed=3).over(before) == {"confirmed": 3, "upper": 10, "with_card": 4}


def test_an_earlier_upper_number_that_is_refuted_does_not_stay() -> None:
    before = Persons(confirmed=5, upper=10, with_card=8)
    assert Persons(confirmed=12).over(before) == {"confirmed": 12, "upper": None, "with_card": 8}
    assert Persons(upper=6).over(before) == {"confirmed": 5, "upper": 6, "with_card": None}


def test_the_day_of_a_plan_is_not_the_day_it_was_done() -> None:
    before = Notices(state="planned", date=dt.date(2026, 12, 1), methods=("email",), count=1500)
    after = Notices(state="done").over(before)
    assert after == {"state": "done", "date": None, "methods": ("email",), "count": None, "detail": None}
    assert Notices(state="planned").over(before)["date"] == dt.date(2026, 12, 1)
