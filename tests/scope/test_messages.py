"""Values in running text, each run of digits read once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.scope.messages import find


def found(text: str) -> list[tuple[str, str]]:
    return [(one.item, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("連絡先はtaro@example.jpです。", [("email", "taro@example.jp")]),
        ("メール：ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ。", [("email", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ")]),
        ("<taro+x@example.jp>;hanako@example.jp", [("email", "taro+x@example.jp"), ("email", "hanako@example.jp")]),
        ("TEL 03-1234-5678 / 090 1234 5678", [("phone", "03-1234-5678"), ("phone", "090 1234 5678")]),
        ("電話:０９０１２３４５６７８", [("phone", "０９０１２３４５６７８")]),
        ("+81-90-1234-5678まで", [("phone", "+81-90-1234-5678")]),
        ("カード 4111 1111 1111 1111 です", [("card_number", "4111 1111 1111 1111")]),
        (
            "電話03-1234-5678へ、または090-1234-5678 080-1234-5678",
            [("phone", "03-1234-5678"), ("phone", "090-1234-5678"), ("phone", "080-1234-5678")],
        ),
        ("4090-1234-5678-0003", []),
        ("注文 20260801123456 を 2026-08-01 12:34:56 に", []),
        ("id=x03-1234-5678", []),
    ],
)
def test_each_value_is_found_as_what_it_is(text: str, values: list[tuple[str, str]]) -> None:
    assert found(text) == values


def test_digits_of_a_mail_address_are_no_phone() -> None:
    assert found("09012345678@example.jp") == [("email", "09012345678@example.jp")]


@given(st.text(max_size=80))
def test_no_text_makes_it_fall_over_and_no_two_values_overlap(text: str) -> None:
    # Two readings of one address end at the same place and count once.
    ends = [0]
    for one in sorted({one.end: one for one in reversed(list(find(text)))}.values(), key=lambda one: one.start):
        assert ends[-1] <= one.start < one.end <= len(text)
        ends.append(one.end)


@pytest.mark.parametrize(
    "text",
    [
        "login user=taro@example.jp ok",
        "GET /reset?mail=taro@example.jp&x=1",
        "INSERT ... 'taro@example.jp'",
        "{'mail':'taro@example.jp'}",
        "|taro@example.jp|",
        "path/taro@example.jp",
        "`taro@example.jp`",
    ],
)
def test_a_sign_of_the_log_before_an_address_is_not_part_of_it(text: str) -> None:
    assert "taro@example.jp" in {one.value for one in find(text)}


def test_an_address_that_really_holds_such_a_sign_is_found_whole() -> None:
    assert "o'brien@example.jp" in {one.value for one in find("from o'brien@example.jp today")}
