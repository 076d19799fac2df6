"""Every scenario in `cases/*.yaml`: facts as a lawyer would note them, what must come out, and where that is written."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from madoguchi.law import Facts, assess, read
from madoguchi.problem import Problem
from madoguchi.text import datafile

TODAY = dt.date(2026, 11, 10)
DUTIES = ["prompt_report", "final_report", "notify_person", "notify_entruster"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Expect(_Strict):
    reportable: str
    situations: list[str] | None = None
    possible: list[str] | None = None
    statuses: list[str] | None = None
    prompt: list[dt.date] | None = None
    final: dt.date | None = None
    entruster: list[dt.date] | None = None
    no_dates: bool = False
    to: list[str] | None = None
    contents: list[str] | None = None
    substitute: str | None = None
    provisional: bool | None = None
    needs: dict[str, dict[str, str]] | None = None
    need_facts: list[str] | None = None
    need_laws: list[str] | None = None
    trace: str | None = None
    my_number: dict[str, Any] | None = None


class Refusal(_Strict):
    place: str
    says: str


class Case(_Strict):
    name: str
    source: str
    facts: dict[str, Any]
    expect: Expect | None = None
    problem: Refusal | None = None


class CaseFile(_Strict):
    common: dict[str, Any]
    cases: list[Case]


def _load() -> list[tuple[str, dict[str, Any], Case]]:
    found = []
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        file = datafile.load(CaseFile, path)
        found += [(f"{path.stem}: {case.name}", {**file.common, **case.facts}, case) for case in file.cases]
    return found


CASES = _load()


def _facts(given: dict[str, Any]) -> Facts:
    import yaml

    return read(yaml.safe_dump(given, allow_unicode=True), today=TODAY, file="case.yaml")


@pytest.mark.parametrize(
    ("facts", "case"), [c[1:] for c in CASES if c[2].expect], ids=[c[0] for c in CASES if c[2].expect]
)
def test_a_scenario_comes_out_as_the_law_says(facts: dict[str, Any], case: Case) -> None:
    expect = case.expect
    assert expect is not None
    answer = assess(_facts(facts)).answer("en")
    appi = [d for d in answer["duties"] if d["law"] == "APPI"]
    by_id = {d["id"]: d for d in reversed(appi)}
    assert set(by_id) == set(DUTIES), "all four are always listed for Japan"
    assert answer["reportable"] == expect.reportable
    for key, got in (("situations", answer["situations"]), ("possible", answer["possible_situations"])):
        if getattr(expect, key) is not None:
            assert got == getattr(expect, key)
    if expect.statuses:
        assert [by_id[d]["status"] for d in DUTIES] == expect.statuses
    for key, duty in (("prompt", "prompt_report"), ("entruster", "notify_entruster")):
        if days := getattr(expect, key):
            assert [by_id[duty]["due_from"], by_id[duty]["due"]] == [d.isoformat() for d in days]
    if expect.final:
        assert by_id["final_report"]["due"] == expect.final.isoformat()
    if expect.no_dates:
        assert [d["due"] for d in appi] == [None] * len(appi)
    if expect.to:
        for duty in ("prompt_report", "final_report"):
            assert [d["to"] for d in appi if d["id"] == duty] == expect.to
    if expect.contents:
        assert by_id["notify_person"]["contents"] == expect.contents
    if "substitute" in expect.model_fields_set:
        assert by_id["notify_person"].get("substitute") == expect.substitute
    if expect.provisional is not None:
        assert by_id["final_report"].get("provisional", False) == expect.provisional
    _check_needs(answer, expect)
    if expect.trace:
        assert expect.trace in [line["rule"] for line in answer["trace"]]
    _check_my_number(answer, expect)


def _check_needs(answer: dict[str, Any], expect: Expect) -> None:
    if expect.needs is not None:
        assert {n["fact"]: n["if"] for n in answer["needs"]} == expect.needs
    if expect.need_facts is not None:
        assert [n["fact"] for n in answer["needs"]] == expect.need_facts
    if expect.need_laws is not None:
        assert [n["law"] for n in answer["needs"]] == expect.need_laws


def _check_my_number(answer: dict[str, Any], expect: Expect) -> None:
    other = {d["id"]: d for d in answer["duties"] if d["law"] == "MYNUMBER"}
    if expect.my_number is None:
        return
    for key, value in expect.my_number.items():
        if key == "final":
            assert other["final_report"]["due"] == value.isoformat()
        else:
            assert other[key]["status"] == value


@pytest.mark.parametrize(
    ("facts", "case"), [c[1:] for c in CASES if c[2].problem], ids=[c[0] for c in CASES if c[2].problem]
)
def test_facts_that_cannot_be_used_are_refused_with_their_place(facts: dict[str, Any], case: Case) -> None:
    assert case.problem is not None
    with pytest.raises(Problem) as caught:
        _facts(facts)
    problem = caught.value
    assert (problem.file, problem.place) == ("case.yaml", case.problem.place)
    assert case.problem.says in problem.say("en")
    assert "\n" not in problem.say("ja")
    assert problem.texts["ja"] != problem.texts["en"]


def test_every_scenario_states_something_and_has_its_own_name() -> None:
    names = [name for name, _, _ in CASES]
    assert len(set(names)) == len(names)
    assert len(names) >= 80
    assert all((case.expect is None) != (case.problem is None) for _, _, case in CASES)
