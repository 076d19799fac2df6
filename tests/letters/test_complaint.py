"""The complaint; the cases are in cases/complaint.yaml."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from madoguchi.letters import render, tone, wording
from madoguchi.letters.complaint import ComplaintFacts, make
from madoguchi.letters.letter import Letter
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "complaint.yaml").read_bytes())
COURSE = [{"on": "2026-11-25", "text": "問い合わせました。"}]
WHOLE: dict[str, Any] = {
    "course": COURSE,
    "questions": [
        {"number": number, "key": key, "verdict": verdict}
        for number, (key, verdict) in enumerate(
            [("cause", "partly"), ("items", "refused"), ("when", "not_answered")], 1
        )
    ],
    "troubles": ["迷惑メールが増えました。"],
    "wishes": ["answer", "reason", "contact", "prevention", "claims"],
    "wished_by": "2026-12-31",
    "reference": "7K2QX-93MZA",
}


@pytest.fixture
def facts(person_facts: dict[str, Any]) -> Callable[..., ComplaintFacts]:
    def read(**values: Any) -> ComplaintFacts:
        return datafile.check(ComplaintFacts, person_facts | values)

    return read


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(
    case: dict[str, Any], facts: Callable[..., ComplaintFacts], hold: Callable[[Letter, dict[str, Any]], None]
) -> None:
    hold(make(facts(**case["facts"]), case.get("lang", "ja")), case)


@pytest.mark.parametrize("lang", LANGS)
def test_a_complaint_is_calm_and_threatens_with_nobody(facts: Callable[..., ComplaintFacts], lang: Lang) -> None:
    text = render.text(make(facts(**WHOLE), lang))
    assert tone.findings(text) == []
    assert not any(word in text for word in ("委員会", "裁判", "弁護士", "Commission", "court", "lawyer"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"course": []}, "what has happened"),
        ({"course": COURSE, "wishes": []}, "wish"),
        ({"course": COURSE, "wishes": ["answer"]}, "wish"),
        ({"course": [{"on": "2026-12-06", "text": "後日"}]}, "after"),
        ({"course": COURSE, "wishes": ["money"]}, "wishes"),
    ],
)
def test_what_is_no_complaint_is_refused(
    facts: Callable[..., ComplaintFacts], given: dict[str, Any], says: str
) -> None:
    with pytest.raises(Problem, match=says):
        make(facts(**given))


def test_every_text_of_the_complaint_is_said_by_some(
    facts: Callable[..., ComplaintFacts], said_texts: set[str]
) -> None:
    make(facts(**WHOLE))
    assert set(wording.texts("complaint")) - said_texts == set()
