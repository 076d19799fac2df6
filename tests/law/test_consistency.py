"""Facts that contradict each other; each kind with its sentence stands in `cases/bad_input.yaml`."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from madoguchi.law import Facts
from madoguchi.problem import Problem

DAY = dt.timedelta(days=1)
KNOWN = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("role", "key"),
    [("own", "entruster_told_on"), ("own", "told_by_entrustee_on"), ("entrustee", "told_by_entrustee_on"), ("entruster", "entruster_told_on")],
)  # fmt: skip
def test_each_told_day_contradicts_the_other_roles(make: Callable[..., Facts], role: str, key: str) -> None:
    with pytest.raises(Problem) as caught:
        make(role=role, **{key: KNOWN})
    assert caught.value.place == key


@pytest.mark.parametrize("key", ["passed_threshold_on", "entruster_told_on"])
def test_what_follows_knowing_may_fall_on_the_same_day_and_not_before(make: Callable[..., Facts], key: str) -> None:
    assert make(role="entrustee", **{key: KNOWN})
    with pytest.raises(Problem) as caught:
        make(role="entrustee", **{key: KNOWN - DAY})
    assert caught.value.place == key


def test_an_entrustee_may_have_told_before_the_entruster_knew_by_itself(make: Callable[..., Facts]) -> None:
    assert make(role="entruster", told_by_entrustee_on=KNOWN - 30 * DAY)


@pytest.mark.parametrize("key", ["known_on", "passed_threshold_on"])
def test_the_day_of_the_question_is_the_last_day_that_can_be_known(make: Callable[..., Facts], key: str) -> None:
    today: dict[str, Any] = {"as_of": KNOWN, "passed_threshold_on": KNOWN}
    assert make(**today)
    with pytest.raises(Problem) as caught:
        make(**{**today, key: KNOWN + DAY})
    assert caught.value.place == key


def test_every_refusal_says_what_to_do_in_both_languages(make: Callable[..., Facts]) -> None:
    for wrong in (
        {"sector": "finanse"},
        {"known_on": KNOWN + 90 * DAY},
        {"my_number": False, "items": ["my_number"]},
        {"known_on": dt.date(1026, 1, 1)},
    ):
        with pytest.raises(Problem) as caught:
            make(**wrong)
        ja, en = caught.value.texts["ja"], caught.value.texts["en"]
        assert ja != en
        assert "。" in ja
        assert ";" in en
