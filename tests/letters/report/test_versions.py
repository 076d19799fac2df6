"""A blank is not a deletion, and what changed is said."""

from typing import Any

import pytest

from madoguchi.letters.report import ReportFacts, carry, difference
from madoguchi.letters.report.form import form
from madoguchi.problem import Problem
from madoguchi.text import datafile


def facts(**values: Any) -> ReportFacts:
    return datafile.check(ReportFacts, {"kind": "prompt", "date": "2026-11-24"} | values)


@pytest.fixture
def prompt(prompt_facts: dict[str, Any]) -> ReportFacts:
    return datafile.check(ReportFacts, prompt_facts)


@pytest.fixture
def final(final_facts: dict[str, Any]) -> ReportFacts:
    return datafile.check(ReportFacts, final_facts)


def test_a_version_that_leaves_everything_out_keeps_everything(prompt: ReportFacts) -> None:
    after = carry(prompt, facts(kind="supplement", date="2026-12-20"))
    kept = ReportFacts.model_fields.keys() - {"kind", "date", "previous_date"}
    assert {name: getattr(after, name) for name in kept} == {name: getattr(prompt, name) for name in kept}
    assert after.previous_date == prompt.date


@pytest.mark.parametrize("blank", ["", "　", None])
def test_a_blank_does_not_clear_what_was_reported(prompt: ReportFacts, blank: str | None) -> None:
    after = carry(prompt, facts(date="2026-11-25", overview={"summary": blank}, reporter={"address": blank}))
    assert after.overview.summary == prompt.overview.summary
    assert after.reporter.address == prompt.reporter.address


def test_the_reception_number_stays_through_all_versions(prompt: ReportFacts) -> None:
    first = carry(prompt, facts(date="2026-11-25", reception_number="R-1"))
    second = carry(first, facts(kind="final", date="2026-12-20"))
    third = carry(second, facts(kind="supplement", date="2027-01-20"))
    assert third.reception_number == "R-1"
    assert third.previous_date == second.date


def test_a_stated_none_is_a_statement_and_replaces_what_was_reported(prompt: ReportFacts) -> None:
    assert carry(prompt, facts(date="2026-11-25", overview={"entrustees": []})).overview.entrustees == ()


def test_only_what_changed_is_named(prompt: ReportFacts, final: ReportFacts) -> None:
    changes = {(change.item, change.field): (change.before, change.after) for change in difference(prompt, final)}
    assert changes["3", "おそれのある最大の人数"] == ("1,500人", "1,432人")
    assert changes["3", "確定した人数"] == ("調査中", "1,432人")
    assert changes["1", "発生事案"] == ("漏えいのおそれ", "漏えい")
    assert changes["9", "警察への届出・相談"][0] == "未確認"
    assert not [field for item, field in changes if item in {"0", "2", "5"}]


def test_a_version_is_no_different_from_itself(prompt: ReportFacts) -> None:
    assert difference(prompt, prompt) == []


def test_the_number_and_the_dates_of_a_report_are_no_change_of_facts(prompt: ReportFacts) -> None:
    assert difference(prompt, facts(kind="final", date="2026-12-20", reception_number="R-1")) == []


def test_the_difference_and_the_form_use_the_same_words(prompt: ReportFacts, final: ReportFacts) -> None:
    for lang in ("ja", "en"):
        old = {row.text for row in form(prompt, lang)}
        new = {row.text for row in form(carry(prompt, final), lang)}
        for change in difference(prompt, final, lang):
            assert change.before in old | {"未確認", "not confirmed yet"}
            assert change.after in new


def test_old_and_new_facts_that_contradict_each_other_are_refused(prompt: ReportFacts) -> None:
    with pytest.raises(Problem, match="found before"):
        carry(prompt, facts(kind="final", date="2026-12-20", overview={"occurred": "2026-12-01"}))


def test_a_version_cannot_be_older_than_the_one_before(prompt: ReportFacts) -> None:
    with pytest.raises(Problem):
        carry(prompt, facts(date="2026-11-23"))


def test_a_changed_state_takes_its_own_words_with_it(prompt: ReportFacts) -> None:
    after = carry(prompt, facts(date="2026-12-20", secondary_harm={"state": "none_seen"}))
    assert after.secondary_harm.detail is None
    same = carry(prompt, facts(date="2026-12-20", secondary_harm={"state": "possible"}))
    assert same.secondary_harm.detail == prompt.secondary_harm.detail
