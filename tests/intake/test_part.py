"""What comes out travels as JSON and speaks both languages."""

import dataclasses
import json
from pathlib import Path

from madoguchi.intake.confined import dump
from madoguchi.intake.part import TEXT_KINDS, Opened, Part, Unread

PART = Part("a.zip/顧客.csv", Path("000001"), 10, "ab" * 32, "csv", "cp932")
UNREAD = Unread("b.zip", ja="開けません。", en="cannot be opened")


def test_everything_opened_comes_back_from_json_the_same() -> None:
    found = Opened([PART], [UNREAD], [dataclasses.replace(PART, kind="zip", encoding=None)])
    assert Opened.from_json(json.loads(dump(found))) == found
    assert Part.from_json(json.loads(dump(PART))) == PART


def test_an_unread_file_tells_its_reason_in_the_language_asked_for() -> None:
    assert UNREAD.reason() == UNREAD.reason("ja-easy") == "開けません。"
    assert UNREAD.reason("en") == "cannot be opened"


def test_as_a_problem_it_names_the_file() -> None:
    assert UNREAD.problem().say("en") == "b.zip: cannot be opened"


def test_the_kinds_of_text_are_those_that_have_lines() -> None:
    assert {"csv", "sql", "log"} < TEXT_KINDS
    assert not TEXT_KINDS & {"xlsx", "pdf", "unknown", "zip"}
