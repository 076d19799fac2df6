"""What of a value may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.catalogue import items, mask
from madoguchi.catalogue.masks import HIDDEN
from madoguchi.problem import Problem


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("card_number", "4111-1111-1111-1111", "411111******1111"),
        ("card_number", "４１１１１１１１１１１１１１１１", "411111******1111"),
        ("card_number", "378282246310005", "378282*****0005"),
        ("card_number", "4111", HIDDEN),
        ("card_number", "unreadable", HIDDEN),
        ("password", "sakura123", HIDDEN),
        ("password_hash", "$2y$10$abc", HIDDEN),
        ("card_security_code", "123", HIDDEN),
        ("my_number", "123456789018", HIDDEN),
        ("bank_account", "1234567", "****567"),
        ("bank_account", "123", HIDDEN),
        ("passport_number", "TK 1234567", "******567"),
        ("driver_licence", "301234567890", "*********890"),
        ("email", " taro@example.jp ", "taro@example.jp"),
        ("card_last4", "1111", "1111"),
        ("password", "", ""),
        ("card_number", " ", ""),
    ],
)
def test_a_value_is_shown_as_far_as_its_item_allows(key, value, shown):
    assert mask(key, value) == shown


@given(st.sampled_from([k for k, i in items().items() if i.handling == "presence"]), st.text(min_size=1))
def test_nothing_of_a_secret_is_ever_shown(key, value):
    assert mask(key, value) in {HIDDEN, ""}


@given(st.from_regex(r"[0-9]{13,19}", fullmatch=True))
def test_a_card_never_shows_more_than_six_and_four(number):
    shown = mask("card_number", number)
    assert (shown[:6], shown[-4:]) == (number[:6], number[-4:])
    assert set(shown[6:-4]) == {"*"}


def test_an_unknown_item_is_refused():
    with pytest.raises(Problem, match="card_number"):
        mask("card_numbr", "4111111111111111")
