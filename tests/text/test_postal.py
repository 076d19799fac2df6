"""Postal codes in one writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import postal


@pytest.mark.parametrize(
    "written",
    ["150-0041", "1500041", "〒150-0041", "〒 150‐0041", "１５０－００４１", "150ー0041", "〒1500041 ", "150 0041"],
)
def test_every_writing_of_a_code_is_that_code(written: str):
    assert postal.canonical(written) == "150-0041"


@pytest.mark.parametrize(
    "written", ["", "150", "150-004", "15000412", "150-00411", "150-0041 東京都", "〒", "600001", "1-500041"]
)
def test_what_is_no_code_is_nothing(written: str):
    assert postal.canonical(written) is None


@given(st.integers(0, 9_999_999).map("{:07}".format))
def test_seven_digits_are_a_code(digits: str):
    assert postal.canonical(digits) == f"{digits[:3]}-{digits[3:]}" == postal.canonical(f"〒{digits[:3]}−{digits[3:]}")
