"""Disclosed payloads, line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import entry
from madoguchi.record.disclosure import Disclosure

PLAIN = Disclosure(3, b"s" * 32, {"title": "窓口"})
PART = Disclosure(3, b"s" * 32, {"person": "p1"}, part=0, proof=(b"a" * 32, b"b" * 32))


@pytest.mark.parametrize("disclosure", [PLAIN, PART])
def test_a_disclosure_is_one_line_that_is_read_back(disclosure):
    assert Disclosure.read(disclosure.line()) == disclosure
    assert disclosure.commitment() == entry.commit(disclosure.payload, b"s" * 32)


def test_the_payload_stands_before_its_parts_and_after_older_entries():
    older = Disclosure(2, b"s" * 32, {}, part=9)
    assert sorted([PART, PLAIN, older], key=lambda each: each.order) == [older, PLAIN, PART]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"index":3', b'"index":3.0'),
        (b'"index":3', b'"index":true'),
        (b'"index":3', b'"index":"3"'),
        (b'{"person":"p1"}', b"[]"),
        (b'{"person":"p1"}', b'[["person","p1"]]'),
        (b'{"person":"p1"}', b'{"person":1.5}'),
        (b'"part":0', b'"part":false'),
        (b'"part":0,', b""),
        (b'"proof"', b'"prove"'),
        (b'"salt"', b'"pepper"'),
        (b"7373", b"73 73"),
    ],
)
def test_another_writing_is_no_disclosure(old, new):
    assert old in PART.line()
    with pytest.raises(ValueError):
        Disclosure.read(PART.line().replace(old, new, 1))


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(line):
    with pytest.raises(ValueError):
        Disclosure.read(line)
