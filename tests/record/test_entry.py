"""Entries, commitments and batches."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import entry

SALT = bytes(range(32))
ENTRY = entry.Entry(7, datetime(2026, 11, 21, tzinfo=UTC), "company:incident:opened", "member:1", b"\x01" * 32)


def test_an_entry_is_one_line_with_sorted_keys():
    assert ENTRY.line() == (
        b'{"actor":"member:1","commitment":"' + b"01" * 32 + b'","index":7,"kind":"company:incident:opened",'
        b'"time":"2026-11-21T00:00:00.000000Z"}'
    )
    assert entry.Entry.read(ENTRY.line()) == ENTRY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"index":7', b'"index":7.0'),
        (b'"index":7', b'"index":true'),
        (b'"index":7', b'"index":-7'),
        (b'"index":7', b'"index":"7"'),
        (b'"index":7', b'"index":7,"index":7'),
        (b'"index":7', b'"index":7,"note":"x"'),
        (b'"index":7,', b""),
        (b"0101", b"01 01"),
        (b'"01', b'"0A'),
        (b'"member:1"', b"null"),
        (b'"member:1"', b'"a@b.example"'),
        (b'"member:1"', '"佐藤"'.encode()),
        (b'"member:1"', b'"member 1"'),
        (b"incident:opened", b"incident"),
        (b"company:", b"Company:"),
        (b"2026-11-21T", b"2026-13-21T"),
    ],
)
def test_a_line_with_another_writing_or_an_impossible_value_is_no_entry(old, new):
    assert old in ENTRY.line()
    with pytest.raises(ValueError):
        entry.Entry.read(ENTRY.line().replace(old, new, 1))


@pytest.mark.parametrize("line", [b"", b"[]", b"7", b"null", b'"x"', b"{}", b" " + ENTRY.line(), ENTRY.line() + b" "])
def test_what_is_no_line_is_no_entry(line):
    with pytest.raises(ValueError):
        entry.Entry.read(line)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(line):
    with pytest.raises(ValueError):
        entry.Entry.read(line)


@pytest.mark.parametrize("kind", ["incident:opened", "a:b:c:d", "a::c", "A:b:c", "a:b:c ", "a:b:ｃ", "a-b:c:d", ""])
def test_a_kind_that_is_not_source_subject_action_cannot_be_logged(kind):
    with pytest.raises(ValueError, match="source:subject:action"):
        replace(ENTRY, kind=kind)


def test_the_commitment_is_the_hash_that_the_readme_of_the_case_file_names():
    expected = hashlib.sha256(b"madoguchi/record/payload/1\n" + SALT + '{"a":"窓口"}'.encode()).digest()
    assert entry.commit({"a": "窓口"}, SALT) == expected


def test_the_same_payload_under_another_salt_cannot_be_recognised():
    assert entry.commit({"a": 1}, SALT) != entry.commit({"a": 1}, b"\0" * 32)


@pytest.mark.parametrize("salt", [b"", b"\0" * 31, b"\0" * 33])
def test_a_salt_of_another_length_is_refused(salt):
    # Otherwise bytes could be moved between salt and payload without the hash changing.
    with pytest.raises(ValueError, match="32 bytes"):
        entry.commit({}, salt)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=20, unique=True), st.data())
def test_a_part_proves_that_it_belongs_to_its_batch_and_only_there(commitments, data):
    parts = entry.batch(commitments)
    at = data.draw(st.integers(0, len(commitments) - 1))
    proof = entry.batch_proof(commitments, at)
    assert entry.in_batch(parts, at, commitments[at], proof)
    assert not entry.in_batch(parts, at + 1, commitments[at], proof)
    assert not entry.in_batch(parts, at, b"never drawn: other than 32 bytes", proof)
    assert not entry.in_batch({**parts, "root": "00" * 32}, at, commitments[at], proof)
