"""What a catalogue file may not say."""

import pytest

from madoguchi.catalogue.models import ItemFile
from madoguchi.problem import Problem
from madoguchi.text.datafile import read_model

NAMES = "names: {ja: 名, en: name, ja-easy: な}, words: [名]"


def read(extra: str) -> ItemFile:
    return read_model(ItemFile, f"group: g\nitems:\n  k: {{{NAMES}, {extra}}}\n", file="g.yaml")


def test_an_unknown_key_is_refused_with_the_nearest():
    with pytest.raises(Problem, match="columns"):
        read("colums: {full: [名]}")


@pytest.mark.parametrize("extra", ["special_care: race", "identifier_code: true", "property_harm: alone"])
def test_a_class_in_law_without_citation_is_refused(extra):
    with pytest.raises(Problem, match="citation"):
        read(extra)
    assert read(f"{extra}, citations: [法2条3項]").items["k"]


def test_a_kind_of_special_care_that_the_law_does_not_know_is_refused():
    with pytest.raises(Problem):
        read("special_care: nationality, citations: [法2条3項]")


def test_what_is_not_indexed_is_not_shown_either():
    with pytest.raises(Problem, match="never"):
        read("indexed: false")
    assert read("indexed: false, handling: presence").items["k"].indexed is False


def test_a_part_that_no_item_has_is_refused():
    with pytest.raises(Problem):
        read("columns: {middle: [名]}")
