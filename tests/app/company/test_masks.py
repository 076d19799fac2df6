"""Items as one number that databases keep: every item of the catalogue has a bit, and no bit ever moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import catalogue
from madoguchi.app.company import masks


def test_every_item_of_the_catalogue_has_a_bit():
    assert not set(catalogue.items()) - set(masks.BITS)


def test_no_bit_is_given_twice():
    assert len(set(masks.BITS)) == len(masks.BITS)


# These numbers stand in databases. A change here is wrong, whatever the reason.
@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("name", 1),
        ("email", 1 << 5),
        ("password", 1 << 15),
        ("card_number", 1 << 17),
        ("my_number", 1 << 25),
        ("medical_history", 1 << 31),
        ("location", 1 << 43),
        ("message_content", 1 << 45),
        ("ip_address", 1 << 49),
        ("device_id", 1 << 50),
    ],
)
def test_a_bit_never_moves(item: str, value: int):
    assert masks.mask([item]) == value
    assert masks.items(value) == [item]


def test_all_bits_fit_into_a_number_of_the_database():
    assert masks.mask(masks.BITS) < 1 << 63


@given(st.sets(st.sampled_from(masks.BITS)))
def test_a_mask_gives_back_its_items_in_one_order(items: set[str]):
    found = masks.items(masks.mask(items))
    assert set(found) == items
    assert found == sorted(found, key=masks.BITS.index)


def test_what_is_no_item_has_no_bit():
    with pytest.raises(KeyError):
        masks.mask(["name", "shoe_size"])
