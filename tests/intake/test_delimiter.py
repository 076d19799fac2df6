"""Which character separates the columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake import delimiter


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_each_of_the_four_is_found(mark: str) -> None:
    text = f"a{mark}b{mark}c\n1{mark}2{mark}3\n"
    assert delimiter.find(text, complete=True) == (mark, 3)


def test_commas_inside_quoted_cells_do_not_count() -> None:
    text = 'id;address\n1;"東京都,港区,1"\n2;"大阪府,北区,2"\n'
    assert delimiter.find(text, complete=True) == (";", 2)


def test_a_short_row_among_many_does_not_hide_the_table() -> None:
    assert delimiter.find("a,b\n" * 20 + "total\n", complete=True) == (",", 2)


def test_prose_is_no_table() -> None:
    assert delimiter.find("Dear A, B, and C\n", complete=True) is None
    assert delimiter.find("one\ntwo, three\nfour\nfive\nsix\n", complete=True) is None


def test_the_row_that_the_cut_halved_does_not_count() -> None:
    assert delimiter.find("a,b,c\n1,2,3\n4,", complete=False) == (",", 3)


def test_a_quote_that_never_closes_is_no_error() -> None:
    assert delimiter.find('a,"' + "x" * 200_000, complete=True) is None


@given(st.text('a,;|\t"\n\r', max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    delimiter.find(text, complete=True)


@given(st.lists(st.lists(st.text("あa1", min_size=1, max_size=5), min_size=3, max_size=3), min_size=2, max_size=20))
def test_a_regular_table_is_always_found(rows: list[list[str]]) -> None:
    for mark in ",\t;|":
        assert delimiter.find("\n".join(mark.join(row) for row in rows), complete=True) == (mark, 3)
