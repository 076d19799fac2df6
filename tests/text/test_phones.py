"""Phone numbers in every Japanese writing, and what only looks like one."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import datafile, phones

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "phones.yaml").read_bytes())
WRITINGS = [(written, number) for number, writings in CASES["same"].items() for written in writings]


@pytest.mark.parametrize(("written", "number"), WRITINGS)
def test_every_writing_of_a_number_is_that_number(written: str, number: str):
    assert phones.canonical(written) == number


@pytest.mark.parametrize("written", CASES["none"])
def test_what_is_no_number_is_nothing(written: str):
    assert phones.canonical(written) is None


@given(
    st.integers(10_000_000, 99_999_999),
    st.sampled_from(["070", "080", "090"]),
    st.sampled_from("-ー－‐− 　."),
    st.booleans(),
)
def test_a_mobile_number_is_the_same_in_any_width_and_with_any_dash(n: int, head: str, dash: str, wide: bool):
    digits = f"{head}{n}"
    written = dash.join((digits[:3], digits[3:7], digits[7:]))
    if wide:
        written = written.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert phones.canonical(written) == phones.canonical(digits)
    abroad = phones.canonical(f"+81{digits[1:]}")
    assert phones.canonical(digits) == abroad


@given(st.text(st.sampled_from("0123456789０９+-()ー内線x# .〇一"), max_size=40))
def test_whatever_is_written_is_a_number_or_nothing(s: str):
    found = phones.canonical(s)
    assert found is None or re.fullmatch(r"\+[1-9][0-9]{6,14}", found)


@given(st.text(st.sampled_from("0123456789０９+-()ー内線x# .〇一"), max_size=40))
def test_a_kept_number_is_kept_as_it_is(s: str):
    found = phones.canonical(s)
    assert found is None or phones.canonical(found) == found


@given(st.integers(10**11, 10**12 - 1).map(str) | st.integers(10**15, 10**16 - 1).map(str))
def test_twelve_or_sixteen_digits_are_no_phone_number(digits: str):
    assert phones.canonical(digits) is None
