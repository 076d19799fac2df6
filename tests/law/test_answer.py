"""The contract's answer to the letter, and what it may hold besides."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from madoguchi.law import Facts, assess
from madoguchi.problem import LANGS

CONTRACT: dict[str, Any] = {
    "reportable": "yes",
    "situations": ["2", "3", "4"],
    "duties": [
        {"id": "prompt_report", "law": "APPI", "status": "required", "to": "ppc", "due_from": "2026-11-23", "due": "2026-11-25", "citations": ["規則8条1項", "通則編3-5-3-3"]},
        {"id": "final_report", "law": "APPI", "status": "required", "to": "ppc", "due": "2027-01-19", "citations": ["規則8条2項"]},
        {"id": "notify_person", "law": "APPI", "status": "required", "to": "person", "due": None, "contents": ["1", "2", "4", "5", "9"], "citations": ["法26条2項"]},
        {"id": "notify_entruster", "law": "APPI", "status": "not_required", "to": "entruster", "due": None, "citations": []},
    ],
}  # fmt: skip


def test_the_contracts_facts_have_the_contracts_answer(make: Callable[..., Facts]) -> None:
    answer = assess(make()).answer("ja")
    assert {key: answer[key] for key in ("reportable", "situations")} == {
        key: CONTRACT[key] for key in ("reportable", "situations")
    }
    for found, wanted in zip(answer["duties"], CONTRACT["duties"], strict=True):
        assert {key: found[key] for key in wanted} == wanted
    assert [(n["fact"], n["if"]) for n in answer["needs"]] == [
        ("unlawful_purpose", {"ruled_out": "final report due 2026-12-21"})
    ]
    item3 = next(line for line in answer["trace"] if line["rule"] == "appi.rule7.item3")
    assert item3["citation"] == "規則7条3号"
    assert item3["because"]
    (law,) = answer["corpus"]
    assert (law["law"], law["as_of"]) == ("APPI", "2026-12-01")
    assert law["pending"][0].startswith("2026 amendment: ")


@pytest.mark.parametrize("lang", LANGS)
def test_the_answer_is_json_in_every_language(make: Callable[..., Facts], lang: Any) -> None:
    answer = assess(make(people_in=["JP", "KR"], items=["my_number"], my_number=True, encryption="unknown")).answer(
        lang
    )
    assert json.loads(json.dumps(answer)) == answer


def test_only_sentences_change_with_the_language(make: Callable[..., Facts]) -> None:
    japanese, english = (assess(make()).answer(lang) for lang in ("ja", "en"))
    assert japanese["trace"][0]["because"] != english["trace"][0]["because"]
    assert [d["due"] for d in japanese["duties"]] == [d["due"] for d in english["duties"]]
    assert [line["rule"] for line in japanese["trace"]] == [line["rule"] for line in english["trace"]]


def test_pending_law_is_shown_from_the_day_it_was_promulgated(make: Callable[..., Facts]) -> None:
    old = {"known_on": dt.date(2026, 6, 1), "passed_threshold_on": None}
    assert assess(make(**old, as_of=dt.date(2026, 7, 16))).answer("ja")["corpus"][0]["pending"] == []
    assert assess(make(**old, as_of=dt.date(2026, 7, 17))).answer("ja")["corpus"][0]["pending"] != []


def test_a_destination_that_is_not_confirmed_says_so(make: Callable[..., Facts]) -> None:
    duty = assess(make(sector="telecom")).answer("ja")["duties"][0]
    assert duty["to"] == "soumu_bureau"
    assert any("未確認" in note for note in duty["notes"])


def test_after_the_amendment_must_be_in_force_the_answer_says_it_is_for_reference(make: Callable[..., Facts]) -> None:
    day = dt.date(2028, 7, 17)
    answer = assess(make(known_on=day, as_of=day, passed_threshold_on=None)).answer("en")
    assert answer["duties"][1]["provisional"] is True
    assert any("reference only" in note for note in answer["corpus"][0]["notes"])


def test_assessing_twice_gives_the_same(make: Callable[..., Facts]) -> None:
    assert assess(make()).answer("ja") == assess(make()).answer("ja")
