"""What a cell really holds, and the one writing in which values are compared."""

import pytest

from madoguchi.scope import values


@pytest.mark.parametrize(
    ("item", "text", "holds"),
    [
        ("email", "taro@example.jp", "email"),
        ("email", "1", None),
        ("name", "　", None),
        ("name", "NULL", None),
        ("name", None, None),
        ("phone", "0", None),
        ("phone", "無", None),
        ("card_number", "4111111111111111", "card_number"),
        ("card_number", "411111******1111", "card_last4"),
        ("card_number", "1111", "card_last4"),
        ("card_number", "tok_1a2b", None),
        ("birth_date", "0000-00-00", None),
        ("birth_date", "昭和六十年一月二日", "birth_date"),
        ("password", "himitsu", "password"),
        ("password", "8cb2237d0679ca88db6464eac60da96345513964", "password_hash"),
        ("password", "$2y$10$abcdefghijklmnopqrstuv", "password_hash"),
        ("medical_history", "なし", "medical_history"),
    ],
)
def test_a_cell_holds_what_it_shows(item: str, text: str | None, holds: str | None) -> None:
    assert values.filled(item, text) == holds


@pytest.mark.parametrize("item", ["my_number", "password", "card_security_code", "bank_pin", "card_expiry"])
def test_what_is_only_present_is_never_compared(item: str) -> None:
    assert values.canonical(item, "123456789018") is None


def test_a_card_is_a_whole_valid_number() -> None:
    assert values.card("４１１１－１１１１ 1111-1111") == "4111111111111111"
    assert values.card("4111111111111112") is None
    assert values.card("0000000000000000") is None
    assert values.card("090-1234-5678") is None


def test_scripts_of_names_are_told_apart() -> None:
    assert [values.script(key) for key in ("yamadataro", "ヤマダタロウ", "山田太郎", "山田サクラ")] == [
        "latin",
        "kana",
        "kanji",
        "kanji",
    ]
