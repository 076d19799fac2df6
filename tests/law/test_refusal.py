"""What is said of facts that cannot be read names what to write."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from madoguchi.law import read
from madoguchi.problem import Problem
from madoguchi.text import datafile

TODAY = dt.date(2026, 11, 22)


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wrote: str
    place: str | None
    ja: str
    en: str


class Cases(BaseModel):
    model_config = ConfigDict(extra="forbid")

    common: dict[str, str]
    cases: list[Case]


FILE = datafile.load(Cases, Path(__file__).parent / "cases" / "refusals" / "words.yaml")


def refused(text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        read(text, today=TODAY, file="facts.yaml")
    problem = caught.value
    for lang in ("ja", "en"):
        assert problem.say(lang).startswith("facts.yaml: ")
        assert "\n" not in problem.say(lang)
        assert "見本" not in problem.say(lang)
    return problem


@pytest.mark.parametrize("case", FILE.cases, ids=[case.wrote for case in FILE.cases])
def test_what_was_written_is_answered_with_what_to_write(case: Case) -> None:
    key = case.wrote.split(":")[0]
    lines = [f"{name}: {value}" for name, value in FILE.common.items() if name != key]
    problem = refused("\n".join([*lines, case.wrote]) + "\n")
    assert problem.place == case.place
    assert case.ja in problem.texts["ja"]
    assert case.en in problem.texts["en"]


@pytest.mark.parametrize("text", ["", " \n\n", "# only a remark\n", "ただの文です。", "[]", "- leak"])
def test_what_holds_no_facts_is_told_the_three_lines(text: str) -> None:
    problem = refused(text)
    for line in ("known_on: 2026-11-21", "events: [leak]", "items: [name, email]"):
        assert line in problem.texts["ja"]
        assert line in problem.texts["en"]
    assert read("known_on: 2026-11-21\nevents: [leak]\nitems: [name, email]\n", today=TODAY)


def test_what_is_named_can_be_written_as_it_is_named() -> None:
    least = "known_on: {day}\nevents: [{event}]\nitems: [{item}]\npersons: {{confirmed: 12, upper: 12}}\n"
    assert read(least.format(day="2026-11-18", event="leak", item="name"), today=TODAY).persons is not None


def test_a_long_word_is_shortened() -> None:
    problem = refused("known_on: 2026-11-21\nevents: [leak]\nitems: [" + "魚" * 300 + "]\n")
    assert len(problem.texts["ja"]) < 160
