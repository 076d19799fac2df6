"""Whose announcement it is."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import organisation, sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "organisations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_the_organisation_is_named_or_nobody(case: dict[str, Any]) -> None:
    found = organisation.find(case["text"], sentences.split(case["text"]))
    assert (found.value if found else None) == case["is"]
