"""Each reason has its sentence in three languages, one line each, and its name never changes."""

import string
from typing import get_args

import pytest

from madoguchi.exchange import NotAccepted, Reason
from madoguchi.exchange.refusal import SAID
from madoguchi.problem import LANGS

VALUES = {"most": 1, "expires": "2026-11-21", "issued": "2026-11-21", "version": 1, "expected": "notice", "to": "a.jp"}


def test_the_reasons_are_these():
    assert (
        set(SAID)
        == set(get_args(Reason))
        == set(
            "not_a_statement too_large header algorithm unknown_key key_of_other_domain key_not_valid key_revoked signature "
            "expired not_yet schema version type issuer addressee replayed copy_differs".split()
        )
    )


@pytest.mark.parametrize("reason", SAID)
def test_each_reason_says_in_one_line_what_to_do(reason):
    problem = NotAccepted(reason, file="a.json", place="body", **VALUES)
    assert problem.reason == reason
    for lang in LANGS:
        said = problem.say(lang)
        assert "\n" not in said
        assert "{" not in said
        assert said.startswith("a.json: body: ")
    assert problem.say("ja").endswith("。")


def test_the_three_languages_fill_only_known_places():
    for texts in SAID.values():
        for text in texts:
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= set(VALUES)
