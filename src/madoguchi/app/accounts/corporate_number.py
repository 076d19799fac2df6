"""The 13 digits of a Japanese corporate number (法人番号); the first is a check digit over the other twelve."""

from madoguchi.problem import Problem
from madoguchi.text.fold import fold


def canonical(text: str) -> str:
    """Return a corporate number as 13 plain digits, however it was typed (full width, hyphens, a leading T).

    The T stands before it in an invoice registration number (登録番号). `Problem` when it is none. The check digit is
    9 - (sum of P(n) * Q(n) mod 9), P(n) the n-th digit from the right of the last twelve, Q(n) 1 for odd n and 2 for
    even n (法人番号の指定等に関する省令 2条).
    """
    digits = fold(text).replace("-", "").replace(" ", "").removeprefix("T")
    if len(digits) == 13 and digits.isascii() and digits.isdecimal():
        total = sum(int(digit) * (1 if n % 2 else 2) for n, digit in enumerate(reversed(digits[1:]), start=1))
        if int(digits[0]) == 9 - total % 9:
            return digits
    raise Problem(
        ja="法人番号ではありません。13桁の数字を確かめてください。",
        en="not a corporate number; check its 13 digits",
        place="corporate_number",
    )
