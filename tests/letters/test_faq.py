"""Questions and answers from the facts; the cases are in cases/faq.yaml."""

import re
from pathlib import Path
from typing import Any

import pytest

from madoguchi.law import questions
from madoguchi.letters import faq, render
from madoguchi.letters.letter import Heading
from madoguchi.letters.public import PublicFacts
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

HERE = Path(__file__).parent / "cases"
CASES = datafile.read_yaml((HERE / "faq.yaml").read_bytes())
FULL = datafile.read_yaml((HERE / "full_statement.yaml").read_bytes())
OWN = {"card", "password", "agent", "further"}


def facts(**values: Any) -> PublicFacts:
    return datafile.check(PublicFacts, {"date": "2026-11-25", "company": "株式会社みほん商店"} | values)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = {entry.key: entry for entry in faq.entries(facts(**case["facts"]), case.get("lang", "ja"))}[case["key"]]
    assert found.state == case["state"]
    text = squeezed(found.text)
    assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
    assert [words for words in case.get("absent", []) if squeezed(words) in text] == []


def test_a_question_has_the_key_of_the_law_where_the_matter_is_the_same() -> None:
    keys = {key for group in faq.GROUPS.values() for key in group}
    assert keys - {question.key for question in questions.QUESTIONS} == OWN


@pytest.mark.parametrize("lang", LANGS)
def test_every_question_has_an_answer_whatever_is_known(lang: Lang) -> None:
    for given in (facts(), datafile.check(PublicFacts, FULL)):
        found = faq.entries(given, lang)
        assert [entry.key for entry in found] == [key for group in faq.GROUPS.values() for key in group]
        assert all(entry.question and entry.text for entry in found)
        assert not [entry for entry in found if "{" in entry.text]


def test_with_nothing_known_nothing_of_the_incident_is_answered() -> None:
    sure = {entry.key for entry in faq.entries(facts()) if entry.state == "answered"}
    assert sure == {"genuine", "disclosure", "stop_use", "agent", "further"}


@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_numbers_its_questions_in_one_row(lang: Lang) -> None:
    letter = faq.make(datafile.check(PublicFacts, FULL), lang)
    asked = [block.text for block in letter.blocks if isinstance(block, Heading) and block.level == 3]
    assert [text.partition(".")[0] for text in asked] == [f"Q{number}" for number in range(1, len(asked) + 1)]
    assert "<script" not in render.html(letter)


def test_a_suspected_leak_is_suspected_in_the_title() -> None:
    assert "おそれ" in faq.make(facts(certainty="suspected")).title
    assert "おそれ" not in faq.make(facts()).title


def test_an_item_that_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(Problem, match="email"):
        faq.make(facts(items=["e_mail"]))
