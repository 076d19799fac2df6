"""The notice to a person: the sentences for its facts, and nothing about anybody else."""

import datetime as dt
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi import catalogue, harm
from madoguchi.law.report import NOTICE_ITEMS
from madoguchi.letters import render
from madoguchi.letters.facts import Cause
from madoguchi.letters.letter import Heading, Letter, Points
from madoguchi.letters.notice import NoticeFacts, make
from madoguchi.letters.wording import Wording
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "notice.yaml").read_bytes())
KEYS = sorted(catalogue.items())
# The law's items of a notice, and the heading under which this letter tells each.
TOLD_UNDER = {"1": "what", "2": "items", "4": "cause", "5": "secondary", "9": "advice"}


def facts(**values: Any) -> NoticeFacts:
    given = {"date": dt.date(2026, 11, 25), "company": "株式会社みほん商店"} | values
    return datafile.check(NoticeFacts, given)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def section(letter: Letter, heading: str) -> list[Any]:
    """Return the blocks between a heading and the next of its level."""
    found: list[Any] = []
    inside = False
    for block in letter.blocks:
        if isinstance(block, Heading) and block.level == 2:
            inside = block.text == heading
        elif inside:
            found.append(block)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    letter = make(facts(**case["facts"]), case.get("lang", "ja"))
    text = squeezed(letter.subject + render.text(letter))
    assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
    assert [words for words in case.get("absent", []) if squeezed(words) in text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_laws_five_items_stand_under_headings_of_their_own_in_its_order(lang: Lang) -> None:
    assert [item.number for item in NOTICE_ITEMS] == list(TOLD_UNDER)
    wording = Wording("notice", lang)
    you = wording.say("you.customers")
    wanted = [
        wording.say(f"heading.{name}", **({"you": you} if name == "items" else {})) for name in TOLD_UNDER.values()
    ]
    headings = [block.text for block in make(facts(), lang).blocks if isinstance(block, Heading) and block.level == 2]
    assert headings[:5] == wanted


@settings(max_examples=60)
@given(st.lists(st.sampled_from(KEYS), max_size=6), st.lists(st.sampled_from(KEYS), max_size=6), st.sampled_from(LANGS))
def test_only_that_persons_items_are_told(proved: list[str], possible: list[str], lang: Lang) -> None:
    letter = make(facts(proved=proved, possible=possible), lang)
    wording = Wording("notice", lang)
    you = wording.say("you.customers")
    told = [
        block.texts for block in section(letter, wording.say("heading.items", you=you)) if isinstance(block, Points)
    ]
    expected = [dict.fromkeys(proved), dict.fromkeys(key for key in possible if key not in proved)]
    assert told == [tuple(catalogue.say(key, lang) for key in keys) for keys in expected if keys]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True), st.sampled_from(LANGS))
def test_the_advice_is_that_for_exactly_these_items(keys: list[str], lang: Lang) -> None:
    half = len(keys) // 2
    letter = make(facts(proved=keys[:half], possible=keys[half:]), lang)
    points = [
        block for block in section(letter, Wording("notice", lang).say("heading.advice")) if isinstance(block, Points)
    ]
    assert [point.texts for point in points] == [tuple(harm.notice_advice(keys, lang))]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_is_said_in_every_language(cause: str, lang: Lang) -> None:
    wording = Wording("notice", lang)
    said = section(make(facts(cause=cause), lang), wording.say("heading.cause"))
    unknown = section(make(facts(), lang), wording.say("heading.cause"))
    assert (said == unknown) == (cause == "other")


@pytest.mark.parametrize("lang", LANGS)
def test_a_notice_of_which_everything_is_known_shows_each_fact_once(notice_facts: dict[str, Any], lang: Lang) -> None:
    text = squeezed(render.text(make(facts(**notice_facts), lang)))
    for once in ("summary", "delay_reason", "secondary_text", "company_address", "person_address"):
        assert text.count(squeezed(notice_facts[once])) == 1, once
    for way in ("phone", "email", "web", "hours"):
        assert squeezed(notice_facts["desk"][way]) in text, way
    assert "{" not in text


def test_an_item_that_is_not_in_the_catalogue_is_refused_with_the_nearest() -> None:
    with pytest.raises(Problem, match="email"):
        make(facts(proved=["e_mail"]))


def test_an_item_cannot_be_affected_and_not_affected() -> None:
    with pytest.raises(Problem, match="affected"):
        facts(proved=["email"], not_affected=["email", "name"])


@pytest.mark.parametrize(
    "days",
    [
        {"occurred": "2026-11-26"},
        {"discovered": "2026-12-01"},
        {"occurred": {"start": "2026-11-01", "end": "2026-11-30"}},
        {"occurred": "2026-11-20", "discovered": "2026-11-19"},
    ],
)
def test_days_that_cannot_be_true_are_refused(days: dict[str, Any]) -> None:
    with pytest.raises(Problem):
        facts(**days)


def test_a_notice_needs_an_event() -> None:
    with pytest.raises(Problem, match="event"):
        facts(events=[])


def test_a_misspelt_fact_is_named_with_the_right_key() -> None:
    with pytest.raises(Problem, match="secondary_harm"):
        facts(secondary_ham="seen")


def test_the_subject_is_one_line_whatever_the_company_is_called() -> None:
    letter = make(facts(company="みほん\r\nBcc: x@example.jp", proved=["name"]))
    assert "\n" not in letter.subject
    assert "みほん Bcc: x@example.jp" in letter.subject
