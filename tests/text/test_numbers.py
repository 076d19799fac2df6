"""Numbers in Arabic, kanji by place and by unit, and mixed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import datafile, numbers

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "numbers.yaml").read_bytes())
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


@pytest.mark.parametrize(("written", "number"), CASES["read"].items())
def test_a_number_is_read_as_it_is_written(written: str, number: int | None):
    assert numbers.parse(str(written)) == number


@given(st.integers(0, 99_999_999))
def test_kanji_and_back_is_the_same_number(n: int):
    assert numbers.parse(numbers.kanji(n)) == n


@given(st.integers(0, 10**19))
def test_commas_width_and_place_do_not_change_a_number(n: int):
    by_place = str(n).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert numbers.parse(f"{n:,}") == numbers.parse(f"{n:,}".translate(WIDE)) == numbers.parse(by_place) == n


@given(st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_digits_with_units_add_up(oku: int, man: int, rest: int):
    written = f"{oku}億" + (f"{man}万" if man else "") + (f"{rest:,}" if rest else "")
    assert numbers.parse(written) == oku * 10**8 + man * 10**4 + rest


@given(st.text(st.sampled_from(numbers.KANJI + "0123456789０９,.，-○ "), max_size=70))
def test_any_run_of_number_characters_is_a_number_or_nothing(s: str):
    found = numbers.parse(s)
    assert found is None or found >= 0


def test_an_endless_number_is_nothing():
    assert numbers.parse("9" * 5000) is None
