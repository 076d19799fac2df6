"""A corporate number is read in every writing, and a mistyped digit is found."""

import pytest

from madoguchi.app.accounts.corporate_number import canonical
from madoguchi.problem import Problem


@pytest.mark.parametrize(
    "text", ["7000012050002", "７００００１２０５０００２", "7-0000-1205-0002", " 7000012050002 ", "T7000012050002"]
)
def test_every_writing_is_the_same_number(text: str):
    assert canonical(text) == "7000012050002"


def test_one_wrong_digit_is_found():
    for at in range(13):
        for digit in "0123456789":
            typed = "7000012050002"[:at] + digit + "7000012050002"[at + 1 :]
            # The formula is modulo 9: it cannot tell 0 from 9 in the twelve digits.
            if typed == "7000012050002" or {digit, "7000012050002"[at]} == {"0", "9"}:
                continue
            with pytest.raises(Problem):
                canonical(typed)


@pytest.mark.parametrize("text", ["", "700001205000", "70000120500020", "七〇〇〇", "7000012050002x", "²000012050002"])
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(Problem, match="13 digits"):
        canonical(text)
