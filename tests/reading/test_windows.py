"""The company's own windows, and nobody else's."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import sentences, windows

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "window_texts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_windows_have_channel_value_name_and_hours(case: dict[str, Any]) -> None:
    found = windows.read(sentences.split(case["text"]))
    told = [{"channel": w.channel, "value": w.value, "name": w.name, "hours": w.hours} for w in found]
    assert told == case["windows"]
