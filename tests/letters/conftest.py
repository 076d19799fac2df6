"""Facts of a made-up incident, and letters that hold every kind of block."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from madoguchi.letters.letter import Heading, Letter, Lines, Note, Paragraph, Points, Table
from madoguchi.letters.report import ReportFacts
from madoguchi.text import datafile

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def notice_facts() -> dict[str, Any]:
    """Return one customer's notice with every field filled."""
    return dict(datafile.read_yaml((CASES / "full_notice.yaml").read_bytes()))


@pytest.fixture(scope="session")
def prompt_facts() -> dict[str, Any]:
    """Return a prompt report of the day after, much of it unknown."""
    return dict(datafile.read_yaml((CASES / "prompt_report.yaml").read_bytes()))


@pytest.fixture(scope="session")
def final_facts() -> dict[str, Any]:
    """Return what the company adds for the final report, and nothing that it had reported before."""
    return dict(datafile.read_yaml((CASES / "final_report.yaml").read_bytes()))


@pytest.fixture
def every_block() -> Callable[[str], Letter]:
    """Return a letter that shows ``words`` in every kind of block."""

    def letter(words: str, **changes: Any) -> Letter:
        values = {
            "kind": "test",
            "lang": "ja",
            "subject": words,
            "title": f"題 {words}",
            "sender": words,
            "date": dt.date(2026, 11, 25),
            "opening": (Lines(texts=("2026年11月25日", words), side="right"),),
            "blocks": (
                Heading(text=f"見出し {words}"),
                Paragraph(text=words),
                Points(texts=(words, "二つめ")),
                Points(texts=(words, "二つめ"), numbered=True),
                Heading(text=f"小見出し {words}", level=3),
                Table(rows=(("欄", words), (words, "値"))),
                Table(head=("項目", "欄", "前", "後"), rows=((words, words, words, words),)),
                Note(text=words),
            ),
        }
        return Letter(**(values | changes))

    return letter


@pytest.fixture(scope="session")
def every_answer() -> list[dict[str, Any]]:
    """Return the facts of one report for each single answer that the facts' types allow, "there is none" included."""
    found: list[dict[str, Any]] = []
    for part, outer in ReportFacts.model_fields.items():
        if not hasattr(outer.annotation, "model_fields"):
            continue
        for name, field in outer.annotation.model_fields.items():
            many = "tuple" in str(field.annotation)
            found += [{part: {name: [key] if many else key}} for key in _answers(field.annotation)]
            found += [{part: {name: []}}] if many else []
    # Texts and numbers have no list of answers; they are filled once.
    texts = {
        "overview": {"summary": "文", "course": [{"text": "文"}], "investigation_text": "文", "investigation": "done"}
    }
    extras = {
        "notices": {"state": "done"},
        "publication": {"detail": "文"},
        "others": {"other": "文"},
        "my_number": True,
    }
    return [*found, texts | extras, {"my_number": False, "persons": {"confirmed": 1}, "destination": "委員会"}]


def _answers(annotation: Any) -> list[str]:
    args = get_args(annotation)
    return [arg for arg in args if isinstance(arg, str)] + [key for arg in args for key in _answers(arg)]
