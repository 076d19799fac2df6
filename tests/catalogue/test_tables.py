"""Columns judged beside each other; the cases are in cases/tables.yaml."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.catalogue import Column, items, table_columns
from madoguchi.text.datafile import read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "tables.yaml").read_text(encoding="utf-8"))


def column(text: str) -> Column | None:
    return None if text == "none" else Column(*text.split())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_columns_are_judged_together(case):
    found = table_columns(case["headings"], case.get("rows", []), case.get("table"))
    assert found == [column(text) for text in case["columns"]]


def test_a_table_without_columns_holds_nothing():
    assert table_columns([]) == []


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.lists(st.text(max_size=20), max_size=7), max_size=5))
def test_any_table_is_answered_column_by_column(headings, rows):
    found = table_columns(headings, rows)
    assert len(found) == len(headings)
    assert all(c is None or c.key in items() for c in found)
