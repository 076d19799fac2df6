"""Points: what the facts say yes, no or nothing to."""

from collections.abc import Callable
from typing import Any

import pytest

from madoguchi import catalogue
from madoguchi.law import Facts, corpus, points

APPI = corpus.load()[0]


@pytest.mark.parametrize(
    ("items", "opens", "harm"),
    [
        (["card_number"], "unknown", True),
        (["login_id", "password"], "payment", True),
        (["login_id", "password"], "unknown", None),
        (["login_id", "password"], "other", False),
        (["email", "password"], "payment", True),
        (["login_id"], "payment", False),
        (["password"], "payment", False),
        (["login_id", "password_hash"], "payment", None),
        (["login_id", "password_hash"], "other", False),
        (["login_id", "password_hash", "password"], "payment", True),
        (["card_last4", "card_expiry"], "payment", False),
        (["bank_account"], "unknown", False),
        (["bank_account", "bank_pin"], "other", None),
        (["name", "address", "phone"], "unknown", False),
    ],
)
def test_property_harm_alone_or_together(items: list[str], opens: str, harm: bool | None) -> None:
    assert points.property_harm(frozenset(items), opens) is harm


def test_every_special_item_of_the_catalogue_is_special_here() -> None:
    for key, item in catalogue.items().items():
        assert points.special_care(frozenset({key})) is bool(item.special_care)


@pytest.mark.parametrize(
    ("persons", "passed", "many"),
    [
        ({"upper": 1000}, None, False),
        ({"upper": 1001}, None, True),
        (None, None, None),
        (None, "2026-11-25", True),
        ({"confirmed": 0}, None, None),
        ({"confirmed": 800}, None, False),
        ({"confirmed": 800}, "2026-11-25", True),
        ({"confirmed": 800, "upper": 900}, "2026-11-25", False),
    ],
)
def test_many_is_more_than_the_threshold(
    make: Callable[..., Facts], persons: Any, passed: Any, many: bool | None
) -> None:
    assert points.of(make(persons=persons, passed_threshold_on=passed), APPI)["many"] is many


@pytest.mark.parametrize(("holder", "over"), [("business", 1000), ("public_body", 100)])
def test_the_threshold_follows_the_holder(make: Callable[..., Facts], holder: str, over: int) -> None:
    assert points.over(make(holder=holder), APPI) == over


@pytest.mark.parametrize(
    ("encryption", "truth"),
    [("none", False), ("strong_key_exposed", False), ("strong_key_safe", True), ("unknown", None)],
)
def test_encryption_helps_only_with_its_key_safe(
    make: Callable[..., Facts], encryption: str, truth: bool | None
) -> None:
    assert points.of(make(encryption=encryption), APPI)["strong_encryption"] is truth


@pytest.mark.parametrize(
    ("told", "truth"), [(None, False), ("2026-11-21", True), ("2026-11-25", True), ("2026-11-26", None)]
)
def test_telling_the_entruster_is_in_time_up_to_day_five(
    make: Callable[..., Facts], told: str | None, truth: bool | None
) -> None:
    facts = make(role="entrustee", entruster_told_on=told)
    assert points.told_in_time(facts, APPI, facts.known_on) is truth
