"""Items that leaked and items said not to have, sentence by sentence."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import items, sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "item_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_items_are_leaked_denied_or_neither(case: dict[str, Any]) -> None:
    leaked, denied = items.read(sentences.split(case["text"]))
    assert {said.value for said in leaked} == set(case["leaked"])
    assert {said.value for said in denied} == set(case["denied"])


def test_an_item_leaked_in_one_group_and_not_in_another_has_leaked() -> None:
    text = "Aの方は、氏名と電話番号が漏えいしました。\nBの方は、電話番号は含まれておりません。\n"
    leaked, denied = items.read(sentences.split(text))
    assert [said.value for said in leaked] == ["name", "phone"]
    assert denied == []


def test_each_item_stands_once_at_its_first_word() -> None:
    text = "氏名が漏えいしました。氏名が漏えいしました。"
    (said,), _ = items.read(sentences.split(text))
    assert text[said.span.start : said.span.end] == "氏名"
    assert said.span.start == 0
