"""Facts for the tests of the law room: one incident with everything stated, to be changed a key at a time."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from madoguchi.law import Facts

STATED: dict[str, Any] = {
    "known_on": dt.date(2026, 11, 21),
    "events": ["leak"],
    "certainty": "occurred",
    "data_state": "held",
    "items": ["name", "card_number"],
    "persons": {"confirmed": 800, "upper": 1500},
    "passed_threshold_on": dt.date(2026, 11, 25),
    "unlawful_purpose": "suspected",
    "encryption": "none",
    "recovered_unread": False,
    "same_data_kept": False,
    "pseudonymised": False,
    "holder": "business",
    "role": "own",
    "sector": "general",
    "people_kinds": ["customers"],
    "people_in": ["JP"],
    "contactable": "yes_all",
    "login_opens": "payment",
    "my_number": False,
    "as_of": dt.date(2026, 12, 1),
}


@pytest.fixture(scope="session")
def make() -> Callable[..., Facts]:
    """Return a maker of facts: the contract's example with the keys given changed."""
    return lambda **changed: Facts(**{**STATED, **changed})
