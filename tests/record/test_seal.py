"""The seal over all members."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.record import keys, seal

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
MADE = seal.Seal(
    "a-log", 1, b"r" * 32, datetime(2026, 11, 21, tzinfo=UTC), seal.weigh([("b", b"2"), ("a", b"")]), kid=""
).signed(KEY)


def test_a_seal_is_written_and_read_back():
    assert seal.Seal.read(MADE.write()) == MADE
    assert b'"format":"madoguchi-case-file/1"' in MADE.write()


def test_a_seal_verifies_with_its_key_and_no_other():
    assert MADE.verifies(keys.public(KEY))
    assert not MADE.verifies(keys.public(Ed25519PrivateKey.generate()))


@pytest.mark.parametrize(
    "change",
    [{"log": "b"}, {"size": 2}, {"root": b"s" * 32}, {"members": MADE.members[:1]}, {"members": MADE.members[::-1]}],
)
def test_a_seal_with_anything_changed_does_not_verify(change):
    assert not replace(MADE, **change).verifies(keys.public(KEY))


def test_members_are_weighed_in_the_order_of_the_zip():
    assert seal.weigh([("b", b"2"), ("B", memoryview(b"1"))]) == (
        ("B", 1, hashlib.sha256(b"1").hexdigest()),
        ("b", 1, hashlib.sha256(b"2").hexdigest()),
    )


@pytest.mark.parametrize(
    "old_new",
    [(b"file/1", b"file/2"), (b'"size":1', b'"size":1.0'), (b'"members":[', b'"members":[1,'), (b'"kid"', b'"kit"')],
)
def test_another_writing_is_no_seal(old_new):
    with pytest.raises(ValueError):
        seal.Seal.read(MADE.write().replace(*old_new, 1))
