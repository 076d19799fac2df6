"""Secondary harm: seen, none seen, possible, or not spoken of."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import secondary, sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "story_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_secondary_harm_is_what_the_sentence_says(case: dict[str, Any]) -> None:
    found = secondary.read(sentences.split(case["text"]))
    assert (found.value if found else None) == case["harm"]


def test_one_case_seen_outweighs_none_seen_elsewhere() -> None:
    text = "勧誘の電話を受けたとの申告が18名からありました。それ以外の悪用は確認されておりません。"
    found = secondary.read(sentences.split(text))
    assert found is not None
    assert found.value == "seen"
