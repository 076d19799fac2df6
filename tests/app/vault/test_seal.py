"""A sealed field opens in its own place with its own key, and nowhere else."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app import vault
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.app.vault.seal import SealBroken, blind_index, open_, open_text, place, seal

KEY = "incident:seal-tests"
HERE = place("company_person", "1", "phone")


@pytest.mark.parametrize("text", ["", "+81312345678", "髙橋 﨑子", "🗾", "a" * 100_000])
def test_what_is_sealed_opens_as_it_was(text: str):
    assert open_text(KEY, HERE, seal(KEY, HERE, text)) == text
    assert open_(KEY, HERE, seal(KEY, HERE, text.encode())) == text.encode()


@given(st.binary(max_size=200))
def test_any_bytes_come_back(data: bytes):
    assert open_(KEY, HERE, seal(KEY, HERE, data)) == data


def test_the_same_text_is_sealed_differently_each_time_and_never_in_clear():
    first, second = seal(KEY, HERE, "taro@example.jp"), seal(KEY, HERE, "taro@example.jp")
    assert first != second
    assert b"taro" not in first


def test_every_flipped_bit_is_found():
    sealed = seal(KEY, HERE, "+81312345678")
    for at in range(len(sealed) * 8):
        broken = bytearray(sealed)
        broken[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            open_(KEY, HERE, bytes(broken))


def test_every_cut_is_found():
    sealed = seal(KEY, HERE, "+81312345678")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            open_(KEY, HERE, sealed[:length])
    with pytest.raises(SealBroken):
        open_(KEY, HERE, sealed + b"\0")


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("company_person", "2", "phone"),
        place("company_person", "1", "email"),
        place("mail_outgoing", "1", "phone"),
        "",
    ],
)
def test_a_value_copied_to_another_row_or_field_does_not_open(elsewhere: str):
    with pytest.raises(SealBroken):
        open_(KEY, elsewhere, seal(KEY, HERE, "+81312345678"))


def test_a_value_of_another_incident_does_not_open():
    with pytest.raises(SealBroken):
        open_("incident:another", HERE, seal(KEY, HERE, "x"))


def test_a_memoryview_as_postgresql_gives_it_opens():
    assert open_text(KEY, HERE, memoryview(seal(KEY, HERE, "x"))) == "x"


def test_after_rotation_old_values_open_and_new_ones_have_the_new_key():
    name = f"incident:{uuid4()}"
    old = seal(name, HERE, "before")
    vault.store().rotate(name)
    new = seal(name, HERE, "after")
    assert (open_text(name, HERE, old), open_text(name, HERE, new)) == ("before", "after")
    assert old[1:9] != new[1:9]


def test_after_the_key_is_destroyed_nothing_opens_and_nothing_is_sealed():
    name = f"incident:{uuid4()}"
    sealed = seal(name, HERE, "x")
    vault.store().destroy(name)
    with pytest.raises(KeyDestroyed):
        open_(name, HERE, sealed)
    with pytest.raises(KeyDestroyed):
        seal(name, HERE, "y")


def test_a_row_without_its_key_has_no_place_yet():
    with pytest.raises(ValueError, match="after the row"):
        place("company_person", None, "phone")


def test_a_blind_index_finds_equal_values_only():
    first = blind_index("blind:t", "phone", "+81312345678")
    assert len(first) == 16
    assert blind_index("blind:t", "phone", "+81312345678") == first
    assert blind_index("blind:t", "phone", "+81312345679") != first
    assert blind_index("blind:t", "email", "+81312345678") != first
    assert blind_index("blind:other", "phone", "+81312345678") != first


def test_a_blind_index_does_not_confuse_where_kind_ends_and_value_begins():
    assert blind_index("blind:t", "a", "b\0c") != blind_index("blind:t", "a\0b", "c")


@pytest.mark.parametrize("kind", ["my_number", "password", "card_security_code"])
def test_what_must_never_be_compared_is_never_indexed(kind: str):
    with pytest.raises(ValueError, match="never indexed"):
        blind_index("blind:t", kind, "123456789018")
