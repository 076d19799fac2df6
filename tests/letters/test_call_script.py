"""The script for the phone; the cases are in cases/call_script.yaml."""

import re
from pathlib import Path
from typing import Any

import pytest

from madoguchi import catalogue
from madoguchi.letters import call_script, faq, render
from madoguchi.letters.call_script import Staff
from madoguchi.letters.public import PublicFacts
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

HERE = Path(__file__).parent / "cases"
CASES = datafile.read_yaml((HERE / "call_script.yaml").read_bytes())
FULL = datafile.read_yaml((HERE / "full_statement.yaml").read_bytes())


def facts(**values: Any) -> PublicFacts:
    return datafile.check(PublicFacts, {"date": "2026-11-25", "company": "株式会社みほん商店"} | values)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    staff = datafile.check(Staff, case.get("staff", {}))
    text = squeezed(render.text(call_script.make(facts(**case.get("facts", {})), case.get("lang", "ja"), staff=staff)))
    assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
    assert [words for words in case.get("absent", []) if squeezed(words) in text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_answer_of_the_faq_stands_in_the_script_word_for_word(lang: Lang) -> None:
    full = datafile.check(PublicFacts, FULL)
    text = squeezed(render.text(call_script.make(full, lang)))
    for entry in faq.entries(full, lang):
        assert squeezed(entry.question) in text
        assert all(squeezed(part) in text for part in (entry.answer, *entry.points))


@pytest.mark.parametrize(
    "key", [key for key, item in catalogue.items().items() if item.handling != "plain" or item.special_care]
)
def test_a_secret_is_never_a_way_to_identify(key: str) -> None:
    with pytest.raises(Problem, match=key):
        datafile.check(Staff, {"identify_by": ["name", key]})


def test_an_item_to_identify_by_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Problem, match="email"):
        call_script.make(facts(), staff=Staff(identify_by=("e_mail",)))


def test_the_script_is_internal_and_says_so_first() -> None:
    letter = call_script.make(facts())
    assert "社内用" in letter.subject
    assert letter.blocks[0].model_dump()["text"].startswith("社内用です")
