"""The reason why it is told only now."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import delay, sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "story_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_a_reason_is_read_where_one_is_given(case: dict[str, Any]) -> None:
    found = delay.read(case["text"], sentences.split(case["text"]))
    assert (case["late"] in found.value) if "late" in case else found is None  # type: ignore[union-attr]
