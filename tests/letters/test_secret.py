"""Numbers that no letter needs."""

import pytest

from madoguchi.letters import secret


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("カードは4111111111111111です", ["4111111111111111"]),
        ("カードは４１１１　１１１１　１１１１　１１１１です", ["４１１１　１１１１　１１１１　１１１１"]),
        ("3782-822463-10005", ["3782-822463-10005"]),
        ("4111111111111112", []),
        ("下4桁は1111です", []),
        ("0000 0000 0000 0000", []),
        ("注文番号は4111111111111111です", []),
        ("電話は03-6457-9849です", []),
        ("マイナンバーは1234 5678 9018です", ["1234 5678 9018"]),
        ("伝票は123456789018です", []),
    ],
)
def test_what_can_be_a_card_or_my_number_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in secret.runs(text)] == found
