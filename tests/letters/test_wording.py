"""The words of the letters: complete, used, and the same facts in each language."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from madoguchi.letters import notice, report, wording
from madoguchi.letters.facts import Cause, PeopleKind
from madoguchi.letters.wording import Wording
from madoguchi.problem import Problem
from madoguchi.text import datafile

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the keys of all texts that letters say from now on."""
    keys: set[str] = set()
    say = Wording.say

    def listening(self: Wording, key: str, /, **values: object) -> str:
        keys.add(key)
        return say(self, key, **values)

    monkeypatch.setattr(Wording, "say", listening)
    return keys


def test_every_text_of_the_notice_is_said_by_some_notice(said: set[str], notice_facts: dict[str, Any]) -> None:
    cases = [case["facts"] for case in datafile.read_yaml((CASES / "notice.yaml").read_bytes())]
    cases += [{"cause": cause} for cause in get_args(Cause)] + [{"people_kind": kind} for kind in get_args(PeopleKind)]
    cases += [{"secondary_harm": "possible"}, {"events": ["leak"]}, notice_facts]
    for facts in cases:
        given = {"date": "2026-11-25", "company": "株式会社みほん商店"} | facts
        for lang in ("ja", "ja-easy"):
            notice.make(datafile.check(notice.NoticeFacts, given), lang)
    assert set(wording.texts("notice")) - said == set()


def test_every_text_of_the_report_is_said_by_some_report(
    said: set[str], prompt_facts: dict[str, Any], final_facts: dict[str, Any], every_answer: list[dict[str, Any]]
) -> None:
    def read(facts: dict[str, Any]) -> report.ReportFacts:
        return datafile.check(report.ReportFacts, {"kind": "prompt", "date": "2026-11-24"} | facts)

    for facts in [{"kind": "supplement"}, *every_answer]:
        report.make(read(facts))
    report.make(read(final_facts), before=read(prompt_facts))
    report.make(read(prompt_facts), before=read(prompt_facts))
    # The words that all letters share are overruled here by the report's own.
    assert set(wording.texts("report")) - said == set()


def test_the_notice_speaks_its_three_languages_without_borrowing() -> None:
    borrowed = [
        key
        for key, text in wording.texts("notice").items()
        if text.ja == text.ja_easy and re.search(r"[一-鿿]", text.ja)
    ]
    assert borrowed == []


@pytest.mark.parametrize("name", ["common", "notice", "report"])
def test_no_english_text_is_left_in_japanese(name: str) -> None:
    assert [key for key, text in wording.texts(name).items() if re.search(r"[぀-ヿ一-鿿]", text.en)] == []


def test_what_is_filled_in_is_never_read_as_a_template() -> None:
    said = Wording("notice", "ja").say("reference.ask", reference="{0.__class__}{company}{{")
    assert "{0.__class__}{company}{{" in said


def test_a_place_missing_in_one_language_is_found_when_the_file_is_read() -> None:
    with pytest.raises(Problem, match="name") as caught:
        wording.read({"greeting": {"ja": "{name} 様", "en": "Dear customer", "ja-easy": "{name} さま"}}, "x.yaml")
    assert caught.value.place == "greeting"


def test_a_missing_english_text_is_found_when_the_file_is_read() -> None:
    with pytest.raises(Problem, match="en"):
        wording.read({"greeting": {"ja": "こんにちは"}}, "x.yaml")


def test_a_misspelt_language_is_named_with_the_right_one() -> None:
    with pytest.raises(Problem, match="ja-easy"):
        wording.read({"greeting": {"ja": "a", "en": "b", "ja-eazy": "c"}}, "x.yaml")


def test_a_text_without_languages_is_refused() -> None:
    with pytest.raises(Problem, match="beside each other"):
        wording.read({"greeting": "こんにちは"}, "x.yaml")
