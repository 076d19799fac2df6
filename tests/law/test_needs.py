"""What would settle a review or move a date: each answer is what assessing again under it says."""

import datetime as dt
from collections.abc import Callable

import pytest

from madoguchi.law import Facts, assess


def ifs(facts: Facts) -> dict[str, dict[str, str]]:
    return {need["fact"]: need["if"] for need in assess(facts).answer("ja")["needs"]}


def test_the_contracts_need(make: Callable[..., Facts]) -> None:
    assert ifs(make()) == {"unlawful_purpose": {"ruled_out": "final report due 2026-12-21"}}


@pytest.mark.parametrize("items", [["name"], ["card_number"], ["login_id", "password"]])
@pytest.mark.parametrize("persons", [None, {"confirmed": 5, "upper": 5}, {"confirmed": 5, "upper": 2000}])
def test_each_answer_says_what_assessing_again_says(
    make: Callable[..., Facts], items: list[str], persons: dict[str, int] | None
) -> None:
    changed = {
        "items": items,
        "persons": persons,
        "passed_threshold_on": None,
        "login_opens": "unknown",
        "unlawful_purpose": "unknown",
        "encryption": "unknown",
    }
    base = assess(make(**changed))
    before = {d.id: d.due for d in base.duties}
    for need in base.answer("en")["needs"]:
        if need["fact"] not in {"unlawful_purpose", "encryption", "login_opens"}:
            continue
        for answer, says in need["if"].items():
            again = assess(make(**{**changed, need["fact"]: answer}))
            assert ("no report required" in says) == (again.reportable == "no")
            assert says.startswith("report required") == (again.reportable == "yes")
            final = next(d.due for d in again.duties if d.id == "final_report")
            if final is not None and final != before["final_report"]:
                assert f"final report due {final.isoformat()}" in says


def test_what_is_ruled_out_is_not_asked_again(make: Callable[..., Facts]) -> None:
    assert ifs(make(unlawful_purpose="ruled_out")) == {}


def test_an_answer_that_changes_nothing_is_not_listed(make: Callable[..., Facts]) -> None:
    found = ifs(make(unlawful_purpose="unknown"))
    assert found == {"unlawful_purpose": {"suspected": "final report due 2027-01-19"}}


def test_open_facts_that_settle_nothing_alone_are_still_named(make: Callable[..., Facts]) -> None:
    found = ifs(
        make(items=["name"], persons=None, passed_threshold_on=None, encryption="unknown", unlawful_purpose="unknown")
    )
    assert set(found) == {"unlawful_purpose", "encryption", "persons"}
    assert all(found.values())


def test_the_language_of_then_follows_the_reader_and_if_stays(make: Callable[..., Facts]) -> None:
    japanese, english = (assess(make()).answer(lang)["needs"][0] for lang in ("ja", "en"))
    assert japanese["if"] == english["if"]
    assert japanese["then"]["ruled_out"] == "確報の期限は2026年12月21日（月）になります"


def test_each_other_country_is_named_once(make: Callable[..., Facts]) -> None:
    needs = assess(make(people_in=["JP", "KR", "KR", "DE"])).needs
    assert [n.law for n in needs if n.fact == "people_in"] == ["KR", "DE"]


def test_a_late_word_to_the_entruster_is_for_a_person_to_judge(make: Callable[..., Facts]) -> None:
    facts = make(role="entrustee", entruster_told_on=dt.date(2026, 11, 30), unlawful_purpose="ruled_out")
    need = ifs(facts)["entruster_told_on"]
    assert "prompt report released" in need["promptly"]
    assert "prompt report required" in need["not promptly"]
