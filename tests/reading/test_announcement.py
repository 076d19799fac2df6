"""Announcements as a whole: the cases, their scores, real date phrases, and what strangers may send."""

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.law import report
from madoguchi.problem import Problem
from madoguchi.reading.announcement import check_language, read_announcement
from madoguchi.reading.sentences import LONGEST

LEAST = 0.9
LOWER = {"delay_reason": (0.9, 0.7), "affected_group": (0.9, 0.8), "not_leaked": (0.9, 0.8)}
"""Precision and recall asked of a kind where 0.9 is not reached yet (few cases, or words that the catalogue lacks)."""
PARTS = sorted((Path(__file__).parent / "cases" / "announcements").glob("*.txt"))


@cache
def scores():
    import sys

    sys.path.insert(0, str(Path(__file__).parent))
    try:
        import announcement_scores
    finally:
        sys.path.pop(0)
    return announcement_scores.scores()


@pytest.mark.parametrize(
    "kind",
    [
        "organisation", "published", "dates", "period", "persons", "affected_group", "items", "not_leaked", "cause",
        "secondary_harm", "company_measures", "delay_reason", "windows", "covers",
    ],
)  # fmt: skip
def test_each_kind_of_fact_is_read_with_precision_and_recall(kind: str) -> None:
    score = scores()[kind]
    precision, recall = LOWER.get(kind, (LEAST, LEAST))
    assert score.precision >= precision, score.wrong
    assert score.recall >= recall, score.missed


@pytest.mark.parametrize("path", PARTS, ids=[path.stem for path in PARTS])
def test_every_span_lies_in_the_text_and_holds_what_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    answer = read_announcement(text).answer()
    for value in answer["facts"].values():
        for fact in value if isinstance(value, list) else [value]:
            if fact is not None:
                start, end = fact["span"]
                assert 0 <= start < end <= len(text)
                if "text" in fact:
                    assert fact["text"] == " ".join(text[start:end].split())
    assert list(answer["covers"]) == [item.key for item in report.ITEMS]
    assert set(answer["covers"].values()) <= {"stated", "partly", "missing"}
    json.dumps(answer, ensure_ascii=False)


def test_real_date_phrases_are_read_and_none_is_guessed(shared: Path) -> None:
    kinds = {"incident": "occurred", "exposure": "occurred", "anomaly": "discovered"}
    right, determined, guessed = 0, 0, []
    with (shared / "data" / "notices" / "date_phrases.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            dates = read_announcement(row["phrase"]).dates
            event = kinds.get(row["event"], row["event"])
            days = {day.value.isoformat() for day in dates if day.value and day.event == event}
            # a phrase without a year, or with a span of years, does not determine its day
            if row["iso"] and re.search(r"[12１２][0-9０-９]{3}[年/]|令和", row["phrase"]):
                determined += 1
                right += row["iso"] in days
            elif any(day.value for day in dates):
                guessed.append(row["phrase"])
    assert determined >= 25
    assert right / determined >= 0.9
    assert guessed == []


def test_a_text_that_says_nothing_states_nothing() -> None:
    for text in ("", "\n\n", "こんにちは。", "0", "，。、"):
        answer = read_announcement(text).answer()
        assert all(value in (None, []) for value in answer["facts"].values())
        assert set(answer["covers"].values()) == {"missing"}


def test_a_text_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(Problem) as raised:
        read_announcement("あ" * (LONGEST + 1))
    assert f"{LONGEST:,}" in raised.value.say("ja")


def test_a_text_in_another_language_is_refused_and_not_called_silent() -> None:
    with pytest.raises(Problem):
        check_language("We are writing to tell you about an incident. " * 20)
    check_language("お知らせ。" * 20 + "We are writing to tell you about an incident. " * 20)
    check_language("OK")


def test_another_companys_announcement_below_is_not_read() -> None:
    text = (
        "2026年7月8日\n株式会社例示文具\n不正アクセスについて\n7月2日に不正アクセスを確認しました。\n氏名が漏えいしました。\n対象は100名です。\n"
        "詳しくは窓口にお尋ねください。\n以上\n\n紛失のお知らせ\n2026年7月9日\n見本青果株式会社\n生年月日の書かれた名簿を紛失しました。対象は38名です。\n"
    )
    found = read_announcement(text)
    assert [count.value for count in found.persons] == [100]
    assert [item.value for item in found.items] == ["name"]


def test_a_template_that_nobody_filled_in_states_nothing() -> None:
    text = "令和○年○月○日\n株式会社○○○○\n○月○日、○○より連絡を受け、氏名が漏えいしました。人数は●●●名です。電話 ○○○○-○○-○○○○\n"
    assert all(value in (None, []) for value in read_announcement(text).facts().values())


def test_a_quoted_line_is_not_the_companys_statement() -> None:
    found = read_announcement("> 氏名が漏えいしたのは100名です。\nご質問にお答えします。\n")
    assert found.persons == []
    assert found.items == []


@given(
    st.text(
        alphabet=st.sampled_from(
            "「」（）()【】■・1２一三年月日時件名人約最大0,-/.:：\n\t 　。、はがのを同翌本令和平成漏えい可能性氏住所カード番号判明確認株式会社電話〒@a"
        ),
        max_size=300,
    )
)
def test_no_text_raises_and_every_span_is_in_it(text: str) -> None:
    for value in read_announcement(text).facts().values():
        for fact in value if isinstance(value, list) else [value]:
            if fact is not None:
                start, end = fact["span"]
                assert 0 <= start <= end <= len(text)
