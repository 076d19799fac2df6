"""The working of a deadline and the trace of the rules, in sentences."""

import datetime as dt
from collections.abc import Callable

import pytest

from madoguchi.law import Facts, assess
from madoguchi.problem import LANGS


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
    assert line["because"].startswith("If it may have been done with an unlawful purpose")
    assert line["because"].endswith("Whether that is so is not known yet.")


def test_an_open_exception_is_named_beside_what_it_would_lift(make: Callable[..., Facts]) -> None:
    trace = assess(make(encryption="unknown")).answer("en")["trace"]
    line = next(line for line in trace if line["rule"] == "appi.rule7.item2")
    assert "But: If the data was strongly encrypted and its key is safe" in line["because"]
    assert line["because"].endswith("That is not known yet.")


def test_under_another_law_an_open_exception_says_what_is_not_confirmed_of_it(make: Callable[..., Facts]) -> None:
    trace = assess(make(encryption="unknown", items=["my_number"], my_number=True)).answer("en")["trace"]
    line = next(line for line in trace if line["rule"] == "mynumber.rule2.item2")
    assert "an encrypted My Number is still a My Number" in line["because"]
    assert "taken out of all four situations" not in line["because"]


def test_a_report_that_is_required_and_past_its_day_is_overdue(make: Callable[..., Facts]) -> None:
    def overdue(**changed: object) -> list[str]:
        return [d["id"] for d in assess(make(**changed)).answer("ja")["duties"] if d.get("overdue")]

    on = dt.date.fromisoformat
    assert overdue(as_of=on("2026-11-25")) == []  # the last day itself
    assert overdue(as_of=on("2026-11-26")) == ["prompt_report"]
    assert overdue(as_of=on("2027-01-20")) == ["prompt_report", "final_report"]
    assert overdue(as_of=on("2027-01-20"), encryption="unknown") == []
    assert overdue(as_of=on("2027-01-20"), role="entrustee") == ["prompt_report", "final_report", "notify_entruster"]


@pytest.mark.parametrize(
    ("changed", "uses"),
    [
        ({}, ["report", "questions"]),
        ({"sector": "medical"}, ["check", "questions"]),
        ({"encryption": "strong_key_safe"}, ["report", "questions"]),
        ({"role": "entrustee", "entruster_told_on": dt.date(2026, 11, 22)}, None),
    ],
    ids=["required", "delegated, perhaps", "voluntary", "released"],
)
def test_a_report_says_where_it_is_made(
    make: Callable[..., Facts], changed: dict[str, object], uses: list[str] | None
) -> None:
    duties = assess(make(**changed)).answer("en")["duties"]
    where = duties[0].get("where")
    assert (where and [w["for"] for w in where]) == uses
    assert all("where" not in d for d in duties if d["id"].startswith("notify"))


def test_the_changes_that_programs_read_stay_the_same_in_every_language(make: Callable[..., Facts]) -> None:
    facts = make(items=["name"], persons=None, passed_threshold_on=None, unlawful_purpose="ruled_out")
    for lang in LANGS:
        (need,) = assess(facts).answer(lang)["needs"]
        assert need["if"]["more than 1000"] == (
            "report required; prompt report due 2026-11-25; final report due 2026-12-21"
        )
    assert (
        "速報の目安は2026年11月25日（水）までです" in assess(facts).answer("ja")["needs"][0]["then"]["more than 1000"]
    )
