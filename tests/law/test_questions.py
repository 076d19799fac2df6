"""What a person asks and what it rests on; the grounds are in cases/questions/grounds.yaml."""

import re
from pathlib import Path

import pytest

from madoguchi.law import questions, report
from madoguchi.law.questions import QUESTIONS
from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "questions" / "grounds.yaml").read_bytes())
KNOWN = {"yes": True, "no": False, "unknown": None}


@pytest.mark.parametrize("case", CASES, ids=[case["question"] for case in CASES])
@pytest.mark.parametrize("reportable", KNOWN)
def test_a_question_rests_on_what_the_law_says(case: dict[str, str], reportable: str) -> None:
    assert questions.ground(case["question"], KNOWN[reportable]).ground == case[reportable]


def test_every_question_has_a_case() -> None:
    assert {case["question"] for case in CASES} == {question.key for question in QUESTIONS}


def test_every_item_of_the_notice_is_asked_for() -> None:
    asked = {question.report_item for question in QUESTIONS if question.ground == "notice_item"}
    assert asked == {item.key for item in report.NOTICE_ITEMS}


def test_a_notice_item_cites_the_article_the_rule_and_its_own_number() -> None:
    for question in QUESTIONS:
        if question.ground == "notice_item":
            assert question.report_item is not None
            own = report.item(question.report_item).citation
            assert set(question.citations) >= {"法26条2項", "規則10条", own}, question.key


def test_what_is_not_a_notice_item_does_not_claim_article_26() -> None:
    for question in QUESTIONS:
        if question.ground != "notice_item":
            assert not any("26条" in citation or "規則10条" in citation for citation in question.citations)


def test_a_notice_item_of_an_incident_that_is_not_reportable_cites_article_40_alone() -> None:
    ground = questions.ground("cause", reportable=False)
    assert ground.citations == ("法40条",)
    assert "26" not in ground.because.ja
    assert not ground.depends


def test_while_it_is_not_known_whether_it_is_reportable_the_ground_says_so() -> None:
    ground = questions.ground("cause", reportable=None)
    assert ground.depends
    assert "であれば" in ground.because.ja
    assert ground.because.en.startswith("If")
    assert not questions.ground("cause", reportable=True).depends


def test_stopping_use_rests_on_other_cases_of_the_article_where_nothing_reportable_happened() -> None:
    assert "26条" in questions.ground("stop_use", reportable=True).because.ja
    without = questions.ground("stop_use", reportable=False)
    assert without.ground == "right"
    assert "26条" not in without.because.ja
    assert "権利や正当な利益が害されるおそれ" in without.because.ja


def test_damages_rest_on_no_article_of_the_act() -> None:
    assert questions.question("compensation").citations == ()
    assert "法律で定められた事項ではありません" in questions.ground("compensation", reportable=True).because.ja


def test_what_our_sources_do_not_state_is_marked() -> None:
    assert [question.key for question in QUESTIONS if not question.confirmed] == ["source"]
    assert not questions.ground("source", reportable=None).confirmed


def test_every_question_is_polite_and_short_enough_to_be_read_aloud() -> None:
    for question in QUESTIONS:
        assert question.text.ja.endswith(("か。", "ください。", "請求します。", "求めます。"))
        assert len(question.text.ja) <= 90, question.key
        assert "お前" not in question.text.ja
        assert "貴様" not in question.text.ja


def test_every_question_stands_in_three_languages_with_readings() -> None:
    for question in QUESTIONS:
        for text in (question.text, question.short, question.because, question.otherwise):
            if text:
                assert len({text.say(lang) for lang in LANGS}) == 3, question.key
                assert not re.search(r"[ぁ-ん一-鿿]", text.en), question.key
                assert not re.search(r"[一-鿿々](?![一-鿿々]*（)(?![一-鿿々]*[ぁ-ん]+（)", text.ja_easy), text.ja_easy


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(Problem, match="'secondary_harm'"):
        questions.question("secondary_harms")
    with pytest.raises(Problem):
        questions.ground("", reportable=None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"report_item": "persons"}, "a notice item is one that the notice tells"),
        ({"report_item": "nothing"}, "no item 'nothing'"),
        ({"key": "items"}, "stands twice"),
    ],
)
def test_a_question_that_does_not_fit_the_report_is_refused(change: dict[str, str], reason: str) -> None:
    cause = questions.question("cause").model_dump(by_alias=True) | change
    items = questions.question("items").model_dump(by_alias=True)
    with pytest.raises(Problem, match=reason):
        datafile.check(questions.QuestionsFile, {"grounds": {}, "questions": [items, cause]})
