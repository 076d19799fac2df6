"""Phone numbers as they stand in messages; all from ranges nobody uses, or made up."""

import pytest

from madoguchi.authenticity import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("電話03-1234-5678まで", ["+81312345678"]),
        ("０３－１２３４－５６７８", ["+81312345678"]),
        ("(03)1234-5678", ["+81312345678"]),
        ("03（1234）5678", ["+81312345678"]),
        ("0120 111 222", ["+81120111222"]),
        ("0120ー111ー222", ["+81120111222"]),
        ("+81 3 1234 5678 or 090-1234-5678.", ["+81312345678", "+819012345678"]),
        ("0312345678 0120111222", ["+81312345678", "+81120111222"]),
        ("+1 650-253-0000", ["+16502530000"]),
        ("03-1234-5678 (平日9:00-17:00)", ["+81312345678"]),
        ("注文番号 1234-5678-9012 2026-11-21 10:00", []),
        ("受付番号 A03-1234-5678", []),
        ("https://mihon.example/0312345678", []),
        ("カード 4111-1111-1111-1111", []),
    ],
)
def test_numbers_are_found_and_nothing_else(text, found):
    assert numbers.find(text) == found


def test_a_number_is_shown_as_it_is_dialled():
    assert [numbers.shown(number) for number in ("+81120111222", "+16502530000")] == ["0120-111-222", "+1 650-253-0000"]


def test_a_text_of_digits_takes_a_moment():
    assert len(numbers.find("03-1234-5678 " * 5_000 + "0" * 200_000)) == 1
