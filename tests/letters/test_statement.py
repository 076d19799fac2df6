"""The public statement: the sentences for its facts, in the order of real ones; the cases are in cases/statement.yaml."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi import catalogue, harm
from madoguchi.letters import render, statement
from madoguchi.letters.letter import Heading, Letter, Points
from madoguchi.letters.public import PublicFacts
from madoguchi.letters.statement import make
from madoguchi.letters.wording import Wording
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

HERE = Path(__file__).parent / "cases"
CASES = datafile.read_yaml((HERE / "statement.yaml").read_bytes())
FULL = datafile.read_yaml((HERE / "full_statement.yaml").read_bytes())
KEYS = sorted(catalogue.items())


def facts(**values: Any) -> PublicFacts:
    return datafile.check(PublicFacts, {"date": "2026-11-25", "company": "株式会社みほん商店"} | values)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def headings(letter: Letter, level: int = 2) -> list[str]:
    return [block.text for block in letter.blocks if isinstance(block, Heading) and block.level == level]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    before = facts(**case["before"]) if "before" in case else None
    letter = make(facts(**case["facts"]), case.get("lang", "ja"), before=before)
    text = squeezed(letter.subject + render.text(letter))
    assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
    assert [words for words in case.get("absent", []) if squeezed(words) in text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_full_statement_shows_each_fact_once(lang: Lang) -> None:
    full = datafile.check(PublicFacts, FULL)
    text = squeezed(render.text(make(full, lang)))
    for once in ("correction", "affected_group", "summary", "cause_text", "secondary_text", "delay_reason"):
        assert text.count(squeezed(FULL[once][lang])) == 1, once
    for measure in [*FULL["done"], *FULL["planned"]]:
        assert text.count(squeezed(measure["text"][lang]).rstrip("。.")) == 1
    for way in ("phone", "email", "form"):
        assert text.count(squeezed(FULL["desk"][way])) == 1
    assert "{" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_sections_are_numbered_without_a_gap(lang: Lang) -> None:
    for given_facts in (datafile.check(PublicFacts, FULL), facts()):
        numbers = [int(found[1]) for text in headings(make(given_facts, lang)) if (found := re.match(r"(\d+)\.", text))]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 8


def test_the_desk_comes_last_and_the_course_first() -> None:
    titles = headings(make(datafile.check(PublicFacts, FULL | {"correction": None})))
    assert titles[0] == "1. 概要と経緯"
    assert titles[-1].endswith("お問い合わせ窓口")


@pytest.mark.parametrize("lang", LANGS)
def test_headings_skip_no_level(lang: Lang) -> None:
    levels = [
        1,
        *(block.level for block in make(datafile.check(PublicFacts, FULL), lang).blocks if isinstance(block, Heading)),
    ]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@settings(max_examples=30)
@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=8, unique=True), st.dates(), st.sampled_from(LANGS))
def test_what_is_asked_is_the_advice_for_exactly_these_items(items: list[str], start: Any, lang: Lang) -> None:
    letter = make(facts(date="9999-12-31", items=items, occurred={"start": start}), lang)
    points = [block.texts for block in letter.blocks if isinstance(block, Points)]
    assert tuple(harm.notice_advice(items, lang, start)) in points


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(KEYS), max_size=4, unique=True),
    st.one_of(st.none(), st.integers(0, 10**7)),
    st.sampled_from([None, "none_seen", "seen", "possible"]),
    st.sampled_from(LANGS),
)
def test_the_same_facts_on_another_day_are_no_change(
    items: list[str], upper: int | None, state: str | None, lang: Lang
) -> None:
    same = {"items": items, "persons": {"upper": upper}, "secondary_harm": state}
    assert statement.changes(facts(**same), facts(**same | {"date": "2026-12-25"}), lang) == []


def test_a_change_of_certainty_is_told_under_the_new_name() -> None:
    found = statement.changes(facts(certainty="suspected", items=["name"]), facts(items=["name", "email"]))
    assert [(change.key, change.label) for change in found] == [("items", "対象となった項目")]


def test_each_rendering_of_a_statement_has_the_same_words() -> None:
    letter = make(datafile.check(PublicFacts, FULL))
    page = render.html(letter)
    assert "<script" not in page
    assert render.pdf(letter).startswith(b"%PDF")


def test_an_item_that_is_not_in_the_catalogue_is_refused_with_the_nearest() -> None:
    with pytest.raises(Problem, match="email"):
        make(facts(items=["e_mail"]))


def test_none_seen_is_never_said_alone() -> None:
    for lang in LANGS:
        text = squeezed(render.text(make(facts(secondary_harm="none_seen"), lang)))
        assert squeezed(Wording("public", lang).say("not_none")) in text
