"""Facts of a made-up incident, and letters that hold every kind of block."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from madoguchi.letters import render
from madoguchi.letters.letter import Heading, Letter, Lines, Note, Paragraph, Points, Table
from madoguchi.letters.report import ReportFacts
from madoguchi.letters.wording import Wording
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


@pytest.fixture(scope="session")
def person_facts() -> dict[str, Any]:
    """Return who writes, to whom and when: what every letter of a person needs; all of it made up."""
    return {
        "date": dt.date(2026, 12, 5),
        "writer": {"name": "見本 花子", "email": "hanako@example.jp", "member_id": "A-1024"},
        "company": {"name": "株式会社みほん商店"},
    }


@pytest.fixture(scope="session")
def hold() -> Callable[[Letter, dict[str, Any]], None]:
    """Hold a letter against a case: the words that stand in it, those that do not, and those in their order."""

    def check(letter: Letter, case: dict[str, Any]) -> None:
        def squeezed(words: str) -> str:
            return re.sub(r"\s", "", words)

        text = squeezed(letter.subject + render.text(letter))
        assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
        assert [words for words in case.get("absent", []) if squeezed(words) in text] == []
        places = [text.index(squeezed(words)) for words in case.get("order", [])]
        assert places == sorted(places)

    return check


@pytest.fixture
def said_texts(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the keys of all texts that letters say from now on."""
    keys: set[str] = set()
    say = Wording.say

    def listening(self: Wording, key: str, /, **values: object) -> str:
        keys.add(key)
        return say(self, key, **values)

    monkeypatch.setattr(Wording, "say", listening)
    return keys
