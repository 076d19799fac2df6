"""What the desk keeps of an asker is sealed under a key of that inquiry alone, bound to its row."""

import pytest

from madoguchi.app import vault
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.desk.sealing import fill, told
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.app.vault.seal import SealBroken


def test_what_was_asked_lies_sealed_and_opens_again(desk, hanako):
    inquiry = desk.inquiry(hanako.letter(subject="わたくしの件名"))
    for word in ("hanako", "わたくし", "affected"):
        assert word.encode() not in bytes(inquiry.sealed)
    assert arrival_of(inquiry).subject == "わたくしの件名"


def test_a_value_moved_to_another_inquiry_does_not_open(desk, hanako):
    one, other = desk.inquiry(hanako.letter()), desk.inquiry(hanako.letter())
    one.sealed = other.sealed
    with pytest.raises(SealBroken):
        told(one)


def test_the_end_of_one_inquirys_key_ends_that_inquiry_alone(desk, hanako):
    one, other = desk.inquiry(hanako.letter()), desk.inquiry(hanako.letter())
    vault.store().destroy(one.seal_key)
    with pytest.raises(KeyDestroyed):
        told(one)
    assert arrival_of(other).questions


@pytest.mark.parametrize("value", ["", "\0", "\ud800", "あ" * 1000, [1, None, {"a": "b"}]])
def test_any_text_of_a_stranger_comes_out_as_it_went_in(desk, hanako, value):
    inquiry = desk.inquiry(hanako.letter())
    assert told(fill(inquiry, value)) == value
