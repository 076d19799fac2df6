"""One writing for each value, and no way in for what has several."""

import json
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import canonical

text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_back_and_written_alike(value):
    written = canonical.encode(value)
    assert canonical.parse(written) == value
    assert json.loads(written) == value
    assert canonical.encode(canonical.parse(written)) == written


def test_keys_are_sorted_by_their_utf_16_units_as_rfc_8785_says():
    # The example of RFC 8785, 3.2.3: 😀 (D83D DE00) stands before U+FB33, though its code point is higher.
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}
    assert list(canonical.parse(canonical.encode(value)).values()) == [2, 4, 6, 7, 1, 5, 3]


def test_escapes_are_the_shortest_ones_of_rfc_8785():
    # The string of RFC 8785, 3.2.2.
    assert (
        canonical.encode("€$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f") == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    )


def test_the_order_in_which_keys_were_put_in_does_not_matter():
    assert canonical.encode({"b": 1, "a": {"d": 2, "c": 3}}) == b'{"a":{"c":3,"d":2},"b":1}'


def test_text_stays_as_it_came_composed_or_not():
    composed, apart = "が", "か\u3099"
    assert canonical.encode(composed) != canonical.encode(apart)
    assert canonical.parse(canonical.encode(apart)) == apart


def test_a_word_of_an_enumeration_is_its_text():
    assert canonical.encode(StrEnum("Word", {"A": "a"}).A) == b'"a"'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        float("inf"),
        2**53,
        -(2**53),
        b"x",
        {1: "a"},
        {"a": object()},
        "\ud800",
        {"\ud800": 1},
        {1, 2},
    ],
)
def test_what_has_more_than_one_writing_is_refused(value):
    with pytest.raises(ValueError):
        canonical.encode([value])


def test_a_value_that_holds_itself_ends_with_a_sentence_and_not_with_a_crash():
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="deep"):
        canonical.encode(circle)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 10_000, b"nope"])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(ValueError):
        canonical.parse(data)
