"""Where a report is made and where one asks."""

import datetime as dt

import pytest

from madoguchi.law import corpus, windows
from madoguchi.problem import LANGS

DAY = dt.date(2026, 11, 22)


def test_every_window_is_dated_and_cited_in_three_languages() -> None:
    for window in windows.load():
        assert window.citations
        assert window.seen_on <= DAY
        assert len({window.name.say(lang) for lang in LANGS}) == 3
        assert (window.hours is not None) == (window.channel == "phone")


def test_every_authority_that_takes_reports_has_a_window_to_report_or_to_look_it_up() -> None:
    for law in corpus.load():
        for authority in law.authorities:
            uses = [window.use for window in windows.of(authority.to, DAY)]
            assert uses == (["report"] if authority.to == "ppc" else ["check"]) + ["questions"], authority.id


def test_no_window_is_listed_for_an_authority_that_the_contract_does_not_know() -> None:
    known = {"ppc", "fsa", "finance_bureau", "prefecture", "soumu_bureau", "meti", "minister", "check_list"}
    assert {name for window in windows.load() for name in window.authorities} == known


@pytest.mark.parametrize("authority", ["person", "entruster"])
def test_people_are_told_by_no_window_of_an_authority(authority: str) -> None:
    assert windows.of(authority, DAY) == []


def test_a_window_answers_under_the_keys_of_contacts() -> None:
    form, phone = (windows.answer(window, "ja") for window in windows.of("ppc", DAY))
    assert form["value"] == "https://www.ppc.go.jp/personalinfo/legal/leakAction/"
    assert form["hours"] is None
    assert (phone["channel"], phone["value"], phone["for"]) == ("phone", "03-6457-9849", "questions")
    assert phone["seen_on"] == "2026-11-21"
    assert "9時30分から17時30分" in phone["hours"]
