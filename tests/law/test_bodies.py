"""The bodies that help: named in three languages, reachable, sourced."""

import datetime as dt

import pytest

from madoguchi.law import bodies
from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile


@pytest.mark.parametrize("key", sorted(bodies.load()))
def test_a_body_is_named_in_three_languages_and_sourced(key: str) -> None:
    body = bodies.load()[key]
    assert len({body.name.say(lang) for lang in LANGS}) == 3
    assert body.citations


def test_a_number_stands_once() -> None:
    phones = [body.phone for body in bodies.load().values() if body.phone]
    assert len(phones) == len(set(phones))


def test_a_body_that_cannot_be_reached_is_refused() -> None:
    nobody = {"name": {"ja": "窓口", "en": "desk", "ja-easy": "窓口"}, "citations": ["a"], "confirmed": True}
    with pytest.raises(Problem, match="phone"):
        datafile.check(bodies.BodiesFile, {"as_of": dt.date(2026, 11, 21), "bodies": {"x": nobody}})
