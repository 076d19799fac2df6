"""The judgments that people who do not program can read and extend: cases/*.yaml."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def cases() -> list[Any]:
    books = [(file.stem, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in FILES]
    return [
        pytest.param({"people": book.get("people"), **case}, id=f"{name}: {case['case']}")
        for name, book in books
        for case in book["cases"]
    ]


@pytest.mark.parametrize("case", cases())
def test_each_case_proves_exactly_the_people_and_items_it_says(
    case: dict[str, Any], proved: Callable[..., dict[str, set[str]]]
) -> None:
    found = proved(case["files"], case["people"], columns=case.get("columns"), encoding=case.get("encoding", "utf-8"))
    assert found == {person: set(items) for person, items in case["proved"].items()}
