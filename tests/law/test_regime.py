"""Rules in three truths: what applies, what does not, what is not known to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.law import regime
from madoguchi.law.corpus import Law, Rule
from madoguchi.law.points import Points

WORDS = {"ja": "あ", "en": "a", "ja-easy": "あ"}
DAY = dt.date(2026, 1, 1)
TRUTHS = st.sampled_from([True, False, None])


def rule(key: str, **parts: object) -> Rule:
    return Rule.model_validate({"id": key, "citations": ["1条"], **parts})


def concluded(rules: list[Rule], points: Points) -> Points:
    return regime.build(Law(id="MADE", name=WORDS, order=9, rules=rules), DAY).conclude(points)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("leak", "held", "event"),
    [(True, True, True), (True, False, False), (None, False, False), (True, None, None), (None, None, None)],
)
def test_a_rule_applies_where_all_it_asks_for_is_so(leak: bool | None, held: bool | None, event: bool | None) -> None:
    assert concluded([rule("a", point="event", when=["leak", "held"])], {"leak": leak, "held": held})["event"] is event


def test_one_of_any_is_enough() -> None:
    any_of = [rule("a", point="event", any=["leak", "loss"])]
    assert concluded(any_of, {"leak": None, "loss": True})["event"] is True
    assert concluded(any_of, {"leak": None, "loss": False})["event"] is None
    assert concluded(any_of, {"leak": False, "loss": False})["event"] is False


def test_an_exception_lifts_a_rule_and_a_possible_one_leaves_it_open() -> None:
    rules = [rule("a", point="event", when=["leak"]), rule("b", when=["recovered_unread"], lifts=["a"])]
    answers = {
        truth: concluded(rules, {"leak": True, "recovered_unread": truth})["event"] for truth in (True, False, None)
    }
    assert answers == {True: False, False: True, None: None}


def test_a_rule_that_is_not_confirmed_never_decides() -> None:
    rules = [rule("a", point="event", when=["leak"], confirmed=False)]
    assert concluded(rules, {"leak": True})["event"] is None
    assert concluded(rules, {"leak": False})["event"] is False
    assert concluded(rules, {"leak": True, "?a": True})["event"] is True


@given(leak=TRUTHS, loss=TRUTHS, held=TRUTHS, lifted=TRUTHS)
def test_settling_what_is_open_never_overturns_what_was_sure(
    leak: bool | None, loss: bool | None, held: bool | None, lifted: bool | None
) -> None:
    rules = [
        rule("a", point="event", when=["leak"]),
        rule("b", point="event", when=["loss"], when_not=["held"]),
        rule("c", when=["same_data_kept"], lifts=["b"]),
    ]
    given_: Points = {"leak": leak, "loss": loss, "held": held, "same_data_kept": lifted}
    before = concluded(rules, given_)["event"]
    for name in [key for key, value in given_.items() if value is None]:
        for value in (True, False):
            after = concluded(rules, {**given_, name: value})["event"]
            assert before is None or after is before
