"""Which numbers are of one kind."""

import pytest

from madoguchi.scope import ids


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("会員番号", "customer_id"),
        ("user_id", "お客様番号"),
        ("注文番号", "order_no"),
        ("受注ID", "注文番号"),
        ("x_no", "X-NO"),
    ],
)
def test_these_are_one_kind_of_number(one: str, other: str) -> None:
    assert ids.same(ids.kind(one), ids.kind(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("会員番号", "社員番号"),
        ("注文番号", "予約番号"),
        ("order_id", "transaction_id"),
        ("患者番号", "学籍番号"),
        ("rental_id", "order_id"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert not ids.same(ids.kind(one), ids.kind(other))


def test_a_plain_id_may_be_any() -> None:
    assert ids.same(ids.ANY, ids.kind("会員番号"))
