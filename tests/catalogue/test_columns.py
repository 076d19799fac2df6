"""Headings of real systems, one by one; the cases are in cases/columns.yaml."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.catalogue import Column, column_item, column_part, columns, corpus, join
from madoguchi.text.datafile import read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "columns.yaml").read_text(encoding="utf-8"))
HEADINGS = [(g["of"], str(h), c) for g in CASES for h, c in g["columns"].items()]
HEADINGS += [(g["of"], str(h), "none") for g in CASES for h in g.get("none", [])]


def said(column: Column | None) -> str:
    if column is None:
        return "none"
    whose = "" if column.whose == "self" else column.whose
    part = "" if column.part == "full" and not whose else column.part
    return " ".join(filter(None, (column.key, part, whose)))


@pytest.mark.parametrize(("of", "heading", "expected"), HEADINGS, ids=[f"{of[:12]}:{h}" for of, h, _ in HEADINGS])
def test_a_heading_is_read_as_its_system_means_it(of, heading, expected):
    assert said(column_part(heading)) == expected
    assert column_item(heading) == (None if expected == "none" else expected.split()[0])


def test_there_are_enough_cases():
    assert len(HEADINGS) >= 400
    assert sum(expected == "none" for *_, expected in HEADINGS) >= 120


def test_a_heading_stands_for_one_item_and_part_only():
    found: dict[str, str] = {}
    for key, item in corpus.items().items():
        for part, headings in item.columns.items():
            for heading in headings:
                folded = columns.fold(heading)
                assert folded, heading
                assert found.setdefault(folded, f"{key} {part}") == f"{key} {part}", heading


def test_every_heading_of_the_catalogue_is_found_by_the_public_function():
    for key, item in corpus.items().items():
        for heading in (h for headings in item.columns.values() for h in headings):
            assert column_item(heading) == key, heading


@pytest.mark.parametrize(
    "heading", ["email", "EMAIL", "E-Mail", "e_mail", " email ", "ｅｍａｉｌ", "E－ｍａｉｌ", "eMail", '"email"']
)
def test_width_case_and_separators_do_not_matter(heading):
    assert column_item(heading) == "email"


@pytest.mark.parametrize("heading", ["", " ", "_", "！", "　", "0", "123", "\n", "NULL"])
def test_an_empty_heading_holds_nothing(heading):
    assert column_part(heading) is None


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("customers", "name"), ("dtb_customer", "name"), ("users", "name"), ("会員", "name"), ("staff", "name"), (None, "name"),
        ("products", None), ("mtb_pref", None), ("dtb_product", None), ("category", None), ("categories", None), ("countries", None),
        ("ProductTag", None), ("`sakila`.`language`", None), ("商品マスタ", None), ("wp_terms_category", None),
    ],
)  # fmt: skip
def test_a_name_is_a_persons_unless_the_table_is_of_things(table, expected):
    assert column_item("name", table) == expected


def test_a_heading_may_carry_its_table():
    assert column_item("customers.name") == "name"
    assert column_item("products.name") is None
    assert column_item("shop.users.email") == "email"


def test_a_plain_mail_column_counts_in_any_table():
    assert column_item("email", "stores") == "email"


@pytest.mark.parametrize(
    ("key", "parts", "value"),
    [
        ("phone", {"part1": "03", "part2": "1234", "part3": "5678"}, "03-1234-5678"),
        ("phone", {"part1": "03", "part2": "", "part3": "5678"}, ""),
        ("postal_code", {"part2": "0001", "part1": "100"}, "100-0001"),
        ("birth_date", {"year": "1980", "month": "1", "day": "2"}, "1980-1-2"),
        ("birth_date", {"month": "1"}, ""),
        ("name", {"given": "太郎", "family": "山田"}, "山田 太郎"),
        ("name", {"given": "太郎"}, "太郎"),
        ("name", {"full": " 山田太郎 ", "family": "山田"}, "山田太郎"),
        ("address", {"line2": "1-2-3", "prefecture": "東京都", "line1": "千代田区丸の内", "building": ""}, "東京都千代田区丸の内1-2-3"),
        ("address", {"city": "渋谷区", "building": "窓口ビル5F", "street": "1-1", "town": "神南"}, "渋谷区神南1-1窓口ビル5F"),
        ("email", {"full": "a@b.jp"}, "a@b.jp"),
        ("email", {}, ""),
    ],
)  # fmt: skip
def test_parts_are_joined_in_reading_order(key, parts, value):
    assert join(key, parts) == value


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=30)))
def test_any_heading_is_answered(heading, table):
    found = column_part(heading, table)
    assert found is None or found.key in corpus.items()


@pytest.mark.parametrize(
    "tail", ["_type", "_verified", "_count", "_at", "_flg", "_hash", "_enabled", "フラグ", "区分", "認証日時"]
)
def test_what_is_about_an_item_is_not_the_item(tail):
    contact = {"name", "email", "phone", "postal_code", "birth_date", "card_number"}
    known = {heading for heading, column in columns.known_headings().items() if column.key in contact}
    assert {heading for heading in known if column_item(heading + tail)} == set()
