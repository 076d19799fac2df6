"""Counts: unit, qualifier, of what, corrected ones, and numbers of something else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import counts, sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "count_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_numbers_are_read_with_unit_qualifier_and_item(case: dict[str, Any]) -> None:
    found = counts.read(sentences.split(case["text"]))
    told = [{"value": c.value, "unit": c.unit, "qualifier": c.qualifier, "of": c.of} for c in found]
    assert told == case["counts"]


def test_a_number_said_in_people_and_again_in_records_counts_once() -> None:
    found = counts.read(sentences.split("カード情報が漏えいしたお客様は948名（948件）です。"))
    assert [(c.value, c.unit) for c in found] == [(948, "person")]
