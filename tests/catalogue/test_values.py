"""Items known by their values; the cases are in cases/values.yaml."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.catalogue import items, matches, refine, value_item
from madoguchi.text.datafile import read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "values.yaml").read_text(encoding="utf-8"))
BCRYPT = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
MD5 = ["5f4dcc3b5aa765d61d8327deb882cf99", "e10adc3949ba59abbe56e057f20f883e", "d8578edf8458ce06fbc5bb76a58c5ca4"]


@pytest.mark.parametrize("case", CASES, ids=[str(case["values"])[:50] for case in CASES])
def test_values_show_their_item_or_nothing(case):
    assert value_item(case["values"]) == case["item"]


def test_one_bad_value_in_ten_does_not_hide_a_column_and_two_do():
    good = [f"user{i}@example.jp" for i in range(9)]
    assert value_item([*good, "unknown"]) == "email"
    assert value_item([*good[:8], "unknown", "unknown too"]) is None


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([BCRYPT, BCRYPT], "password_hash"),
        (MD5, "password_hash"),
        ([m.upper() for m in MD5], "password_hash"),
        (["*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"], "password_hash"),
        (["sakura123", "Passw0rd!"], "password"),
        (["deadbeef", "cafe"], "password"),
        ([MD5[0], "sakura123", "x"], "password"),
        ([], "password"),
        (["", "NULL"], "password"),
    ],
)
def test_a_password_column_is_hashed_only_when_its_values_are(values, key):
    assert refine("password", values) == key


def test_a_hash_column_stays_one():
    assert refine("password_hash", ["opaque", "values"]) == "password_hash"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (["************1111", "****-****-****-4444"], "card_last4"),
        (["411111******1111"], "card_last4"),
        (["XXXXXXXXXXXX1111"], "card_last4"),
        (["1111", "4444"], "card_last4"),
        (["4111111111111111", "************1111"], "card_number"),
        (["4111-1111-1111-1111"], "card_number"),
    ],
)
def test_a_card_column_that_shows_only_last_digits_is_not_the_number(values, key):
    assert refine("card_number", values) == key


@pytest.mark.parametrize(
    "values", [["0", "1", "0"], ["true", "false", "true"], ["有", "無", "有"], ["はい", "いいえ", "はい"]]
)
@pytest.mark.parametrize("key", ["email", "phone", "address", "name"])
def test_a_column_of_flags_is_no_item(key, values):
    assert refine(key, values) is None


@pytest.mark.parametrize("key", ["sex", "disability", "medical_history", "creed"])
def test_a_flag_about_a_sensitive_matter_is_the_matter(key):
    assert refine(key, ["0", "1", "0"]) == key


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("email", "taro@example.jp", True), ("email", "taro", False), ("phone", "０３（１２３４）５６７８", True), ("phone", "12345", False),
        ("card_number", "4111 1111 1111 1111", True), ("card_number", "4111111111111112", False), ("card_expiry", "08/27", True),
        ("card_expiry", "2027-08", True), ("card_expiry", "13/27", False), ("my_number", "123456789018", True),
        ("my_number", "123456789019", False), ("birth_date", "昭和45年1月1日", True), ("birth_date", "soon", False),
        ("name", "山田太郎", True), ("name", "NULL", False), ("name", " ", False), ("ip_address", "999.1.1.1", False),
    ],
)  # fmt: skip
def test_a_value_has_the_shape_of_its_item(key, value, expected):
    assert matches(key, value) is expected


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_values_are_answered(values):
    assert value_item(values) in {None, *items()}
    for key in ("password", "card_number", "email"):
        refine(key, values)
