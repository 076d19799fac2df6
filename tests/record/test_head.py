"""A signed head says one thing, and only its key can have said it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.record import head, keys

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
HEAD = head.sign("a-log", 3, b"r" * 32, datetime(2026, 11, 21, tzinfo=UTC), KEY)


def test_a_head_verifies_with_its_key_and_no_other():
    assert head.verify(HEAD, keys.public(KEY))
    assert not head.verify(HEAD, keys.public(Ed25519PrivateKey.generate()))


def test_a_head_is_one_line_that_is_read_back():
    assert head.Head.read(HEAD.line()) == HEAD
    assert b"\n" not in HEAD.line()


@pytest.mark.parametrize(
    "change",
    [
        {"log": "another"},
        {"size": 4},
        {"root": b"s" * 32},
        {"time": HEAD.time + timedelta(microseconds=1)},
        {"kid": "x" * 43},
        {"signature": b"\0" * 64},
        {"signature": b""},
    ],
)
def test_a_head_with_anything_changed_does_not_verify(change):
    assert not head.verify(replace(HEAD, **change), keys.public(KEY))


def test_what_was_signed_for_another_purpose_is_no_head():
    bare = HEAD.message().partition(b"\n")[2]
    assert not head.verify(replace(HEAD, signature=KEY.sign(bare)), keys.public(KEY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"size":3', b'"size":3.0'),
        (b'"size":3', b'"size":true'),
        (b'"size":3', b'"size":3,"x":1'),
        (b'"size":3,', b""),
        (b"7272", b"72 72"),
        (b"{", b" {"),
    ],
)
def test_another_writing_is_no_head(old, new):
    with pytest.raises(ValueError):
        head.Head.read(HEAD.line().replace(old, new, 1))
