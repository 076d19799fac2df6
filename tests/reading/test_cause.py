"""The cause: the narrowest that the text names."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import cause, sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "story_sentences.yaml").read_text(encoding="utf-8"))
TOLD = [case for case in CASES if case["cause"] or "成立して" in case["text"]]


@pytest.mark.parametrize("case", TOLD, ids=[case["text"][:24] for case in TOLD])
def test_the_cause_is_the_one_the_text_names(case: dict[str, Any]) -> None:
    found = cause.read(sentences.split(case["text"]))
    assert (found.value if found else None) == case["cause"]


def test_the_section_on_the_cause_is_heard_before_the_title() -> None:
    text = "不正アクセスについて\n不正アクセスを受けました。\n■原因\nソフトウェアの脆弱性が残っていたためです。\n"
    found = cause.read(sentences.split(text))
    assert found is not None
    assert found.value == "vulnerability"
    assert "脆弱性" in text[found.span.start : found.span.end]
