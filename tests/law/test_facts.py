"""Reading facts: what is required, what is filled in, what is refused."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from madoguchi.law import Facts, Persons, read
from madoguchi.problem import Problem

TODAY = dt.date(2026, 11, 22)
LEAST = "known_on: 2026-11-21\nevents: [leak]\nitems: [name]\n"


def test_only_three_facts_are_required() -> None:
    facts = read(LEAST, today=TODAY)
    assert facts.as_of == TODAY
    assert facts.assumed == {
        "certainty": "occurred", "data_state": "held", "persons": None, "unlawful_purpose": "unknown",
        "encryption": "none", "recovered_unread": False, "same_data_kept": False, "pseudonymised": False,
        "holder": "business", "role": "own", "sector": "general", "people_kinds": ["customers"], "people_in": ["JP"],
        "contactable": "yes_all", "login_opens": "unknown", "my_number": False, "as_of": TODAY,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["known_on", "events", "items"])
def test_a_required_fact_that_is_missing_is_named(key: str) -> None:
    text = "".join(line for line in LEAST.splitlines(keepends=True) if not line.startswith(key))
    with pytest.raises(Problem) as caught:
        read(text, today=TODAY, file="a.yaml")
    assert caught.value.place == key


def test_what_is_stated_is_not_assumed(make: Callable[..., Facts]) -> None:
    assert make().assumed == {}


def test_json_reads_like_yaml() -> None:
    as_json = json.dumps({"known_on": "2026-11-21", "events": ["leak"], "items": ["name"]})
    assert read(as_json.encode(), today=TODAY) == read(LEAST, today=TODAY)


def test_my_number_follows_from_the_items() -> None:
    facts = read(LEAST.replace("[name]", "[name, my_number]"), today=TODAY)
    assert facts.my_number
    assert facts.assumed["my_number"] is True


def test_a_key_with_nothing_behind_it_is_as_if_left_out() -> None:
    facts = read(LEAST + "role:\npersons:\nas_of:\n", today=TODAY)
    assert (facts.role, facts.persons, facts.as_of) == ("own", None, TODAY)
    assert {"role", "persons", "as_of"} <= set(facts.assumed)


def test_an_unknown_key_with_nothing_behind_it_is_still_unknown() -> None:
    with pytest.raises(Problem, match="rolle"):
        read(LEAST + "rolle:\n", today=TODAY)


@pytest.mark.parametrize("text", ["", "[]", "a leak", "- known_on: 2026-11-21"])
def test_what_is_no_list_of_facts_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        read(text, today=TODAY, file="a.yaml")
    assert caught.value.file == "a.yaml"


def test_the_country_of_norway_is_a_country() -> None:
    assert read(LEAST + "people_in: [NO]\n", today=TODAY).people_in == ["NO"]


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({}, None),
        ({"confirmed": 0}, None),
        ({"confirmed": 7}, 7),
        ({"upper": 9}, 9),
        ({"confirmed": 7, "upper": 9}, 9),
        ({"upper": 0}, 0),
    ],
)
def test_the_law_counts_by_the_most_there_can_be(given: dict[str, int], most: int | None) -> None:
    assert Persons(**given).most == most


@pytest.mark.parametrize("value", ["800", 800.5, True])
def test_a_number_of_people_is_a_whole_number(value: object) -> None:
    with pytest.raises(ValidationError):
        Persons(confirmed=value)  # type: ignore[arg-type]


def refusal(text: str) -> Problem | None:
    try:
        read(text, today=TODAY, file="x")
    except Problem as problem:
        return problem
    return None


@given(st.text(max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    problem = refusal(text)
    assert problem is not None
    assert problem.say("ja").startswith("x: ")


@given(
    st.dictionaries(
        st.sampled_from(sorted(Facts.model_fields)),
        st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=4), max_size=2),
    )
)
def test_no_value_crashes_the_reader(given: dict[str, object]) -> None:
    problem = refusal(json.dumps(given))
    assert problem is None or problem.file == "x"
