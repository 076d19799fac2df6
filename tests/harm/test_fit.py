"""Whose items lead to an entry."""

import pytest

from madoguchi.harm.fit import known, led_by
from madoguchi.problem import Problem


def test_only_a_set_that_leaked_whole_leads_to_an_entry():
    of = [frozenset({"email", "password"}), frozenset({"login_id", "password"})]
    assert led_by(of, frozenset({"email", "password", "name"})) == {"email", "password"}
    assert led_by(of, frozenset({"password"})) == frozenset()


def test_items_are_keys_of_the_catalogue():
    assert known(["name", "name"]) == {"name"}
    with pytest.raises(Problem, match="email"):
        known(["mail"])
