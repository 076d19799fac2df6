"""Files of ours and of users: what is read, and what is said when they cannot be used."""

import contextlib
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, model_validator

from madoguchi.problem import Problem
from madoguchi.text import datafile


class Persons(BaseModel):
    model_config = ConfigDict(extra="forbid")
    confirmed: int | None = None
    upper: int | None = None

    @model_validator(mode="after")
    def _in_order(self):
        if self.confirmed and self.upper and self.upper < self.confirmed:
            raise ValueError("upper is below confirmed / 最大の人数が、確認された人数より少なくなっています")
        return self


class Facts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    known_on: date
    events: list[Literal["leak", "loss", "damage"]]
    people_in: list[str] = ["JP"]
    persons: Persons = Persons()
    parts: list[Persons] = []
    by_name: dict[str, Persons] = {}
    my_number: bool = False
    port: int = Field(default=25, ge=1)
    same_data_kept: bool = Field(default=False, alias="same-data-kept")


GOOD = "known_on: 2026-11-21\nevents: [leak]\n"


def refusal(text: str | bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        datafile.read_model(Facts, text, file="facts.yaml")
    problem = caught.value
    for lang in ("ja", "en"):
        said = problem.say(lang)
        assert "\n" not in said
        assert said.startswith("facts.yaml: ")
        assert "Input should" not in said
        assert "pydantic" not in said
    assert not problem.texts["ja"].isascii()
    assert problem.texts["en"].isascii() or "「" not in problem.texts["en"]
    return problem


def test_yaml_and_json_are_read_alike():
    from_yaml = datafile.read_model(Facts, GOOD)
    from_json = datafile.read_model(Facts, '{"known_on": "2026-11-21", "events": ["leak"]}')
    assert from_yaml == from_json
    assert from_yaml.known_on == date(2026, 11, 21)


def test_no_is_norway_and_only_true_and_false_are_booleans():
    facts = datafile.read_model(Facts, GOOD + "people_in: [NO, no, on, off, yes, y, n]\nmy_number: true\n")
    assert facts.people_in == ["NO", "no", "on", "off", "yes", "y", "n"]
    assert facts.my_number is True
    assert datafile.read_yaml("[true, True, TRUE, false, False, FALSE]") == [True, True, True, False, False, False]


def test_a_number_keeps_its_first_zero_and_a_time_of_day_is_no_number():
    assert datafile.read_yaml("[0312345670, 9:30, 1:30.5, 1_000, 010]") == [
        "0312345670",
        "9:30",
        "1:30.5",
        "1_000",
        "010",
    ]
    assert datafile.read_yaml("[0, -5, 800, 0.5, -.5, 1.5e3]") == [0, -5, 800, 0.5, -0.5, 1500.0]


def test_what_is_nested_too_deep_is_told_as_that():
    assert "nested too deep" in refusal("[" * 20000).texts["en"]


def test_an_unknown_key_is_answered_with_the_nearest_right_one():
    problem = refusal(GOOD + "known_onn: 2026-11-21\n")
    assert problem.place == "known_onn"
    assert "「known_on」ではありませんか" in problem.texts["ja"]
    assert "did you mean 'known_on'?" in problem.texts["en"]


def test_a_misspelt_required_key_is_told_as_misspelt():
    assert "known_on" in refusal("known_onn: 2026-11-21\nevents: [leak]\n").texts["ja"]
    assert refusal("known_onn: 2026-11-21\nevents: [leak]\n").place == "known_onn"


@pytest.mark.parametrize(
    ("line", "place", "right"),
    [
        ("persons: {confirmd: 5}", "persons.confirmd", "confirmed"),
        ("parts: [{upper: 5}, {uper: 5}]", "parts[1].uper", "upper"),
        ("by_name: {a: {uper: 5}}", "by_name.a.uper", "upper"),
        ("same_data-kept: true", "same_data-kept", "same-data-kept"),
    ],
)
def test_an_unknown_key_deeper_down_is_named_with_its_place(line: str, place: str, right: str):
    problem = refusal(GOOD + line)
    assert problem.place == place
    assert f"「{right}」" in problem.texts["ja"]


def test_an_unknown_key_that_resembles_nothing_is_to_be_taken_out():
    problem = refusal(GOOD + "qqqqqqq: 1\n")
    assert "取り除いて" in problem.texts["ja"]
    assert "take it out" in problem.texts["en"]


def test_a_missing_key_is_named():
    problem = refusal("events: [leak]\n")
    assert "「known_on」がありません" in problem.texts["ja"]
    assert problem.place == "known_on"


def test_a_key_that_stands_twice_is_named_with_its_line():
    problem = refusal(GOOD + "events: [loss]\n")
    assert problem.texts["ja"] == "項目「events」が2回あります。どちらか1つにしてください。"
    assert problem.texts["en"] == "the key 'events' stands twice; keep one of them"
    assert problem.place == "line 3, column 1"
    assert refusal('{"known_on": "2026-11-21", "known_on": "2026-11-22"}').place == "line 1, column 28"


def test_a_word_that_is_not_in_the_list_is_answered_with_the_list_and_its_index():
    problem = refusal("known_on: 2026-11-21\nevents: [loss, leek]\n")
    assert problem.place == "events[1]"
    assert problem.texts["ja"] == "「leek」は使えません。「leak」ではありませんか。使える値は leak、loss、damage です。"
    assert problem.texts["en"] == "'leek' is not allowed; did you mean 'leak'? write one of: leak, loss, damage"


@pytest.mark.parametrize(
    ("line", "place", "ja", "en"),
    [
        ("known_on: 2026-02-30", "known_on", "実在する日を 2026-11-21 のように", "a day that exists, like 2026-11-21"),
        ("known_on: 昨日", "known_on", "「昨日」は日付として読めません", "'昨日' is not a date"),
        ("my_number: 多分", "my_number", "true か false", "true or false"),
        ("persons: {upper: 約800}", "persons.upper", "「約800」は整数として読めません", "is not a whole number"),
        ("persons: {upper: 0.5}", "persons.upper", "整数", "whole number"),
        ("persons: 800", "persons", "「項目: 値」の形で", "`key: value`"),
        ("people_in: JP", "people_in", "「JP」は並びになっていません", "'JP' is not a list"),
        ("people_in: [81]", "people_in[0]", "「81」は文字として読めません", "'81' is not text"),
        ("people_in: [true]", "people_in[0]", "「true」は文字として", "true is not text"),
        ("people_in: [[JP]]", "people_in[0]", "値の並びは文字として", "a list is not text"),
        ("people_in:", "people_in", "空の値は並び", "an empty value is not a list"),
        ("port: 0", "port", "1以上の値", "write 1 or more"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_what_to_write(line: str, place: str, ja: str, en: str):
    head = "events: [leak]\n" if line.startswith("known_on") else GOOD
    problem = refusal(head + line)
    assert problem.place == place
    assert ja in problem.texts["ja"]
    assert en in problem.texts["en"]


def test_a_validators_own_reason_is_told_in_each_language():
    problem = refusal(GOOD + "persons: {confirmed: 5, upper: 1}\n")
    assert problem.texts["ja"] == "最大の人数が、確認された人数より少なくなっています。直してください。"
    assert problem.texts["en"] == "upper is below confirmed; mend it"
    assert problem.place == "persons"


def test_a_validators_own_problem_gets_its_file():
    class Refusing(BaseModel):
        @model_validator(mode="after")
        def _never(self):
            raise Problem(ja="使えません", en="no use")

    with pytest.raises(Problem, match=r"^x\.yaml: no use$"):
        datafile.check(Refusing, {}, file="x.yaml")


def test_what_is_no_yaml_is_told_with_its_line():
    assert refusal("known_on: [2026\nevents: }\n").place == "line 2, column 7"


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "ただの文です。", "[]", "5"])
def test_what_is_no_mapping_is_told_how_to_write(text: str):
    problem = refusal(text)
    assert "「項目: 値」" in problem.texts["ja"]
    assert "必ず書く項目は known_on、events です" in problem.texts["ja"]
    assert "the required keys are known_on, events" in problem.texts["en"]
    assert "見本" not in problem.texts["ja"]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"\x82\xa0\x82\xa2: 1", b"a: \x00"])
def test_what_is_no_text_is_told_to_be_written_in_utf_8(data: bytes):
    assert "UTF-8" in refusal(data).texts["ja"]


def test_nesting_without_end_is_refused_calmly():
    assert refusal("[" * 100_000).file == "facts.yaml"


def test_objects_are_never_made_from_a_file():
    problem = refusal("known_on: !!python/object/apply:os.getcwd []\n")
    assert problem.place == "line 1, column 11"


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_input_is_a_model_or_a_problem(data: str | bytes):
    with contextlib.suppress(Problem):
        assert isinstance(datafile.read_model(Facts, data), Facts)


def test_a_data_file_is_named_when_it_is_wrong(tmp_path: Path):
    (tmp_path / "ours.yaml").write_text("events: [leak]\n", encoding="utf-8")
    with pytest.raises(Problem, match=r"^ours\.yaml: known_on: "):
        datafile.load(Facts, tmp_path / "ours.yaml")


def test_nearest_finds_the_near_and_not_the_far():
    assert datafile.nearest("card_numbr", ["card_number", "name"]) == "card_number"
    assert datafile.nearest("zzz", ["card_number", "name"]) is None
