"""The report as a letter: nine items, its unknowns, its changes."""

import re
from pathlib import Path
from typing import Any

import pytest

from madoguchi.law.report import ITEMS
from madoguchi.letters import render
from madoguchi.letters.letter import Heading, Table
from madoguchi.letters.report import ReportFacts, difference, make
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parents[1] / "cases" / "report.yaml").read_bytes())


def facts(**values: Any) -> ReportFacts:
    return datafile.check(ReportFacts, {"kind": "prompt", "date": "2026-11-24"} | values)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    before = facts(**case["before"]) if "before" in case else None
    text = squeezed(render.text(make(facts(**case["facts"]), case.get("lang", "ja"), before=before)))
    assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
    assert [words for words in case.get("absent", []) if squeezed(words) in text] == []


@pytest.mark.parametrize("kind", ["prompt", "final", "supplement"])
def test_the_nine_items_stand_in_every_kind_of_report(kind: str) -> None:
    headings = [block.text for block in make(facts(kind=kind)).blocks if isinstance(block, Heading)]
    for item in ITEMS:
        assert f"{item.number} {item.title.ja}（{item.citation}）" in headings


def test_the_changes_stand_as_a_table_before_the_items(
    prompt_facts: dict[str, Any], final_facts: dict[str, Any]
) -> None:
    before, after = facts(**prompt_facts), facts(**final_facts)
    letter = make(after, before=before)
    heading, table = letter.blocks[1], letter.blocks[2]
    assert isinstance(heading, Heading)
    assert heading.text == "前回報告からの変更点"
    assert isinstance(table, Table)
    assert [row[1:] for row in table.rows] == [change[1:] for change in difference(before, after)]


def test_a_first_report_speaks_of_no_changes(prompt_facts: dict[str, Any]) -> None:
    assert "前回報告" not in render.text(make(facts(**prompt_facts)))


def test_the_report_is_from_the_business_and_to_the_authority(prompt_facts: dict[str, Any]) -> None:
    letter = make(facts(**prompt_facts))
    assert letter.sender == "株式会社みほん商店"
    text = render.text(letter)
    assert "個人情報保護委員会 御中" in text
    assert text.index("御中") < text.index("代表取締役") < text.index("個人情報の漏えい等報告書（速報）")


def test_what_stays_open_is_listed_item_by_item(prompt_facts: dict[str, Any], final_facts: dict[str, Any]) -> None:
    text = squeezed(render.text(make(facts(**final_facts), before=facts(**prompt_facts))))
    tail = text[text.index("■未確認・調査中の欄") :]
    assert "9その他参考となる事項：本人が自らできる対応" in tail
    assert "発生日" not in tail
    assert "警察" not in tail
