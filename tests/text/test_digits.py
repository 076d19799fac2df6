"""Digits and check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import digits


def test_only_digits_are_left_in_their_order():
    assert digits.only("会員番号：１２-3 四 ④5") == "12345"[:3] + "45"
    assert digits.only("なし") == ""


@pytest.mark.parametrize(
    "card",
    [
        "4111111111111111",
        "4111-1111-1111-1111",
        "４１１１　１１１１　１１１１　１１１１",
        "378282246310005",
        "5555555555554444",
        "3530111333300000",
    ],
)
def test_the_test_numbers_of_card_brands_pass(card: str):
    assert digits.luhn(card)


@pytest.mark.parametrize("wrong", ["4111111111111112", "", "4", "4111 1111 1111 111x", "カード"])
def test_a_wrong_check_digit_or_anything_else_fails(wrong: str):
    assert not digits.luhn(wrong)


@given(st.integers(0, 10**15 - 1).map("{:015}".format))
def test_exactly_one_last_digit_fits_a_card(head: str):
    assert sum(digits.luhn(head + last) for last in "0123456789") == 1


@given(st.integers(0, 10**15 - 1).map("{:015}".format), st.integers(0, 14), st.integers(1, 9))
def test_one_mistyped_digit_is_noticed_on_a_card(head: str, place: int, by: int):
    right = next(head + last for last in "0123456789" if digits.luhn(head + last))
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    assert not digits.luhn(wrong)


def _published(head: str) -> int:
    """The rule as the ordinance words it: P_n counted from the lowest digit, Q_n = n + 1 up to six, n - 5 from seven."""
    total = sum(int(head[-n]) * (n + 1 if n <= 6 else n - 5) for n in range(1, 12))
    return 0 if total % 11 <= 1 else 11 - total % 11


@given(st.integers(0, 10**11 - 1).map("{:011}".format))
def test_exactly_the_published_check_digit_fits_a_my_number(head: str):
    fitting = [last for last in range(10) if digits.my_number(f"{head}{last}")]
    assert fitting == [_published(head)]


@pytest.mark.parametrize("written", ["123456789018", "1234-5678-9018", "１２３４　５６７８　９０１８"])
def test_separators_and_width_do_not_hide_a_my_number(written: str):
    assert digits.my_number(written)


@pytest.mark.parametrize("wrong", ["", "12345678901", "1234567890188", "123456789018a", "No.123456789018"])
def test_other_lengths_and_texts_are_no_my_number(wrong: str):
    assert not digits.my_number(wrong)
