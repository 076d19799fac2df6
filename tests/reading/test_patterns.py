"""The files of words."""

import re
from importlib.resources import files

import pytest

from madoguchi.reading import patterns

FOLDER = files("madoguchi.reading") / "words"
NAMES = ["counts", "events", "group", "items", "measures", "periods", "story", "who", "windows"]


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_a_pattern_and_no_reference_is_left(name: str) -> None:
    for key, pattern in patterns.load(name).items():
        assert isinstance(pattern, re.Pattern), key
        assert "<<" not in pattern.pattern, key
        assert not pattern.match("") or key in {"separator_before", "separator_after", "listing"}, (
            f"{key} matches nothing at all"
        )


@pytest.mark.parametrize("name", [*NAMES, "covers", "common"])
def test_no_word_repeats_a_repetition(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"[+*]\)[+*]|\.\*.*\.\*", text), "time must grow with the length of the text alone"
