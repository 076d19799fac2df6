"""Texts in three languages."""

import pytest

from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

TEXT = {"ja": "{n}人です", "en": "{n} people", "ja-easy": "{n}人（にん）です"}


def test_each_language_says_its_own_text_with_its_values():
    text = datafile.check(LocalText, TEXT)
    assert [text.say(lang, n=3) for lang in LANGS] == ["3人です", "3 people", "3人（にん）です"]


def test_without_values_braces_stay():
    assert datafile.check(LocalText, TEXT).say("en") == "{n} people"


@pytest.mark.parametrize("missing", ["ja", "en", "ja-easy"])
def test_a_text_without_one_of_its_languages_is_refused(missing: str):
    with pytest.raises(Problem, match=missing):
        datafile.check(LocalText, {key: value for key, value in TEXT.items() if key != missing})
