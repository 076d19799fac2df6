"""The follow-up; the cases are in cases/follow_up.yaml."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from madoguchi.law.questions import QUESTIONS
from madoguchi.letters import render, tone, wording
from madoguchi.letters.follow_up import FollowUpFacts, make
from madoguchi.letters.letter import Letter
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "follow_up.yaml").read_bytes())
OPEN = [{"number": 1, "key": "cause", "verdict": "partly"}]
EVERY = [
    {"number": number, "key": question.key, "verdict": verdict, "quote": "回答です。", "missing": "日付です。"}
    for number, (question, verdict) in enumerate(
        [(q, v) for q in QUESTIONS for v in ("answered", "partly", "refused", "not_answered")], 1
    )
]


@pytest.fixture
def facts(person_facts: dict[str, Any]) -> Callable[..., FollowUpFacts]:
    def read(**values: Any) -> FollowUpFacts:
        return datafile.check(FollowUpFacts, person_facts | {"sent_on": "2026-11-25"} | values)

    return read


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(
    case: dict[str, Any], facts: Callable[..., FollowUpFacts], hold: Callable[[Letter, dict[str, Any]], None]
) -> None:
    hold(make(facts(**case["facts"]), case.get("lang", "ja")), case)


@pytest.mark.parametrize("lang", LANGS)
def test_a_follow_up_is_calm_whatever_the_company_wrote(facts: Callable[..., FollowUpFacts], lang: Lang) -> None:
    assert tone.findings(render.text(make(facts(replied_on="2026-12-03", questions=EVERY), lang))) == []
    assert tone.findings(render.text(make(facts(questions=EVERY), lang))) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"replied_on": "2026-12-03", "questions": [{"number": 1, "key": "cause", "verdict": "answered"}]}, "nothing to ask"),
        ({"questions": []}, "nothing to ask"),
        ({"questions": OPEN * 2}, "same number"),
        ({"questions": OPEN, "replied_on": "2026-11-24"}, "before the letter"),
        ({"questions": OPEN, "replied_on": "2026-12-06"}, "before the letter|after this one"),
        ({"questions": OPEN, "sent_on": "2026-12-06"}, "before the letter|after this one"),
        ({"questions": [{"number": 1, "key": "causes", "verdict": "partly"}]}, "'cause'"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_up_is_refused(
    facts: Callable[..., FollowUpFacts], given: dict[str, Any], says: str
) -> None:
    with pytest.raises(Problem, match=says):
        make(facts(**given))


def test_every_text_of_the_follow_up_is_said_by_some(facts: Callable[..., FollowUpFacts], said_texts: set[str]) -> None:
    make(facts(replied_on="2026-12-03", questions=EVERY, wished_by="2026-12-20", reference="A"))
    make(facts(questions=EVERY))
    assert set(wording.texts("follow_up")) - said_texts == set()
