"""The one page for an adviser or the phone; the cases are in cases/sheet.yaml."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from madoguchi import catalogue
from madoguchi.law.questions import QUESTIONS
from madoguchi.letters import render, wording
from madoguchi.letters.letter import Letter, Points
from madoguchi.letters.sheet import SheetFacts, make
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "sheet.yaml").read_bytes())
BASE = {
    "date": "2026-12-05",
    "writer": {"name": "見本 花子", "phone": "090-0000-0000"},
    "company": "株式会社みほん商店",
}
LONG = "長い文" * 400
FULL: dict[str, Any] = {
    "writer": dict.fromkeys(("name", "phone", "email", "member_id", "order_id"), LONG),
    "company": LONG,
    "company_phone": LONG,
    "heard": {"how": "other", "text": LONG, "on": "2026-11-22", "reference": LONG},
    "items": sorted(catalogue.items()),
    "course": [{"on": f"2026-11-{day:02d}", "text": LONG} for day in range(1, 31)],
    "sent_on": "2026-11-25",
    "replied_on": "2026-12-03",
    "questions": [{"number": n, "key": q.key, "verdict": "refused"} for n, q in enumerate(QUESTIONS, 1)],
    "wish": LONG,
    "matter": LONG,
    "situation": {
        "as_of": "2026-12-05", "complaint_sent_on": "2026-11-01", "disputed": True, "certified_body": LONG,
    },
}  # fmt: skip


def facts(**values: Any) -> SheetFacts:
    return datafile.check(SheetFacts, BASE | values)


def pages(letter: Letter) -> int:
    return len(PdfReader(io.BytesIO(render.pdf(letter))).pages)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any], hold: Callable[[Letter, dict[str, Any]], None]) -> None:
    letter = make(facts(**case["facts"]), case.get("lang", "ja"))
    hold(letter, case)
    assert pages(letter) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_fullest_sheet_is_one_page_and_nothing_is_lost_off_it(lang: Lang) -> None:
    letter = make(facts(**FULL), lang)
    page = PdfReader(io.BytesIO(render.pdf(letter))).pages
    assert len(page) == 1
    last = "".join(letter.blocks[-1].model_dump()["text"].split())
    assert last[:12] in "".join(page[0].extract_text().split())


@settings(max_examples=12)
@given(
    st.lists(st.text(min_size=1, max_size=200).filter(str.strip), max_size=20),
    st.lists(st.sampled_from(sorted(catalogue.items())), max_size=12),
    st.sampled_from(LANGS),
)
def test_every_sheet_is_one_page(texts: list[str], items: list[str], lang: Lang) -> None:
    course = [{"on": "2026-11-25", "text": f"{text}。"} for text in texts]
    assert pages(make(facts(course=course, items=items, situation={"as_of": "2026-12-05"}), lang)) == 1


def test_an_ordinary_sheet_is_set_in_large_type() -> None:
    sizes: set[float] = set()

    def note(_text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        sizes.add(round(abs(size * (matrix[3] or 1)), 1))

    letter = make(facts(sent_on="2026-11-25", situation={"as_of": "2026-12-05"}, items=["email"]))
    PdfReader(io.BytesIO(render.pdf(letter))).pages[0].extract_text(visitor_text=note)
    assert 14.0 in sizes


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_three_sentences_to_say(lang: Lang) -> None:
    (said,) = [block for block in make(facts(**FULL), lang).blocks if isinstance(block, Points)]
    assert len(said.texts) == 3


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"items": ["card_numbr"]}, "card_number"),
        ({"course": [{"on": "2026-12-06", "text": "後日"}]}, "after"),
        ({"sent_on": "2026-11-01", "questions": [{"number": 1, "key": "causes"}]}, "'cause'"),
        ({"situation": {"as_of": "2026-12-05", "harm": ["sad"]}}, "harm"),
    ],
)
def test_what_is_not_known_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem, match=says):
        make(facts(**given))


def test_every_text_of_the_sheet_is_said_by_some(said_texts: set[str]) -> None:
    for case in [{"facts": FULL}, {"facts": FULL | {"items": [], "wish": None}}, *CASES]:
        make(facts(**case["facts"]))
    make(facts(sent_on="2026-11-01", replied_on="2026-11-02"))
    # Words of the company's name that only some ways of hearing say.
    assert set(wording.texts("sheet")) - said_texts == set()
