"""Runs of digits: what is a digit, and the check digits of cards and of My Number."""

import re

from madoguchi.text.fold import fold

_SEPARATORS = re.compile(r"[ -]")
_MY_NUMBER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def only(s: str) -> str:
    """Return the digits of ``s`` in their order as ASCII, whatever stands between them; full-width digits count."""
    return "".join(c for c in fold(s) if c in "0123456789")


def _run(s: str) -> str | None:
    """Return ``s`` as plain digits when it holds nothing but digits, spaces and dashes."""
    run = _SEPARATORS.sub("", fold(s))
    return run if run.isascii() and run.isdigit() else None


def luhn(s: str) -> bool:
    """Tell whether a number of digits (spaces and dashes aside) ends in its right check digit (ISO/IEC 7812-1, Luhn).

    Length and issuer are not looked at; sixteen zeros pass.
    """
    run = _run(s)
    if run is None or len(run) < 2:
        return False
    doubled = (int(c) * 2 for c in run[-2::-2])
    return (sum(map(int, run[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0


def my_number(s: str) -> bool:
    """Tell whether ``s`` is twelve digits whose last is the check digit of an Individual Number (個人番号).

    平成26年総務省令第85号5条: 11 minus the remainder by 11 of the weighted sum, and 0 where that remainder is 0 or 1.
    One in eleven twelve-digit numbers passes by chance: it says "can be one", and needs its column or context.
    """
    run = _run(s)
    if run is None or len(run) != 12:
        return False
    rest = sum(int(c) * weight for c, weight in zip(run, _MY_NUMBER_WEIGHTS, strict=False)) % 11
    return int(run[-1]) == (0 if rest <= 1 else 11 - rest)
