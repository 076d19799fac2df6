"""Pieces of a text."""

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.contacts.spans import Spans

PIECE = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(PIECE, max_size=8), PIECE)
def test_touching_is_sharing_a_character(spans: list[tuple[int, int]], piece: tuple[int, int]) -> None:
    shared = any(set(range(*span)) & set(range(*piece)) for span in spans)
    assert Spans(spans).touch(*piece) is shared
