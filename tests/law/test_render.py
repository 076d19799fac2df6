"""The working of a deadline and the trace of the rules, in sentences."""

from collections.abc import Callable

import pytest

from madoguchi.law import Facts, assess


def test_the_working_names_the_start_the_count_the_closed_days_and_the_result(make: Callable[..., Facts]) -> None:
    answer = assess(make(unlawful_purpose="ruled_out", passed_threshold_on=None)).answer("en")
    lines = next(d["working"] for d in answer["duties"] if d["id"] == "final_report")
    assert lines[0].startswith("Day 1 is Saturday, 21 November 2026")
    assert "Day 30 is Sunday, 20 December 2026." in lines
    assert "Sunday, 20 December 2026 is a Sunday: on to the next day." in lines
    assert lines[-1] == "The last day is Monday, 21 December 2026."


def test_the_prompt_report_is_called_a_guideline_never_a_limit(make: Callable[..., Facts]) -> None:
    duty = assess(make()).answer("en")["duties"][0]
    assert duty["limit"] == "guideline"
    assert any("not a legal limit" in line for line in duty["working"])
    assert any("not confirmed" in line for line in duty["working"])


def test_situation_four_alone_says_what_a_later_passing_would_do(make: Callable[..., Facts]) -> None:
    alone = make(items=["email"], unlawful_purpose="ruled_out", passed_threshold_on=None)
    assert any("passed_threshold_on" in line for line in assess(alone).answer("ja")["duties"][1]["working"])
    assert not any("passed_threshold_on" in line for line in assess(make()).answer("ja")["duties"][1]["working"])


def test_what_does_not_apply_says_why_not(make: Callable[..., Facts]) -> None:
    found = {
        line["rule"]: line["because"] for line in assess(make(encryption="strong_key_safe")).answer("en")["not_met"]
    }
    assert found["appi.rule7.item1"] == "No special-care information is among the items."
    assert "strongly encrypted" in found["appi.rule7.item2"]


@pytest.mark.parametrize(("holder", "own"), [("business", ""), ("public_body", ".public_body")])
def test_the_threshold_of_the_other_kind_of_holder_is_not_spoken_of(
    make: Callable[..., Facts], holder: str, own: str
) -> None:
    facts = make(items=["name"], persons={"upper": 50}, passed_threshold_on=None, holder=holder)
    rules = [line["rule"] for line in assess(facts).answer("en")["not_met"]]
    assert [rule for rule in rules if "item4" in rule] == [f"appi.rule7.item4{own}"]


def test_an_open_point_is_marked_in_the_trace(make: Callable[..., Facts]) -> None:
    trace = assess(make(items=["name"], unlawful_purpose="unknown", persons={"upper": 3})).answer("en")["trace"]
    line = next(line for line in trace if line["rule"] == "appi.rule7.item3")
    assert line["applies"] == "review"
    assert line["because"].startswith("Whether an unlawful purpose may be behind it is not known yet. If so: It may")


def test_an_open_exception_is_named_beside_what_it_would_lift(make: Callable[..., Facts]) -> None:
    trace = assess(make(encryption="unknown")).answer("en")["trace"]
    line = next(line for line in trace if line["rule"] == "appi.rule7.item2")
    assert line["because"].endswith("But: Whether the data was strongly encrypted and the key safe is not known yet.")
