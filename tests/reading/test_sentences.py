"""Sentences, headings, labels and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.problem import Problem
from madoguchi.reading.sentences import LONGEST, SENTENCE, split


def test_sentences_end_at_full_stops_outside_brackets() -> None:
    told = split("弊社は（以下「当社」という。）お詫びします。原因は調査中です。")
    assert [s.text for s in told] == ["弊社は(以下「当社」という。)お詫びします。", "原因は調査中です。"]


def test_headings_stand_over_what_follows_outermost_first() -> None:
    told = split("1．対象\n（1）項目\n・氏名\n2．原因\n調査中です。\n")
    assert [(s.kind, s.under) for s in told if s.kind != "heading"] == [
        ("item", ("対象", "項目")),
        ("prose", ("原因",)),
    ]


def test_frames_marks_numbers_and_questions_are_headings() -> None:
    for line in (
        "【お問い合わせ先】",
        "■経緯",
        "１．経緯",
        "（１）原因",
        "## 原因",
        "＜対象の方＞",
        "Q1. 何が起きたのですか。",
    ):
        assert split(f"{line}\n詳しくは次のとおりです。")[0].kind == "heading", line


def test_items_of_a_list_are_no_headings_whatever_their_mark() -> None:
    for mark in "・●○■":
        assert {s.kind for s in split(f"{mark}氏名\n{mark}住所\n{mark}電話番号\n")} == {"item"}


def test_a_signature_or_a_date_is_no_heading() -> None:
    for line in ("株式会社みほん 代表取締役 見本 太郎", "2026年10月5日", "お客様各位"):
        assert split(f"{line}\n本文です。")[0].kind != "heading"


def test_a_label_is_told_from_its_text() -> None:
    (told,) = split("・発生日時：2026年8月5日")
    assert (told.label, told.text[told.body :]) == ("発生日時", "2026年8月5日")
    (told,) = split("【対象期間】2026年8月1日から")
    assert (told.label, told.text[told.body :]) == ("対象期間", "2026年8月1日から")


def test_a_row_of_a_table_has_its_first_cell_as_label() -> None:
    (told,) = split("発覚日\t令和8年7月27日（会員からの電話による）")
    assert told.label == "発覚日"


def test_a_span_gives_back_the_words_of_the_text() -> None:
    text = "　お知らせ。\n　令和８年８月５日に判明。"
    told = split(text)[1]
    start, end = told.span(0, 8)
    assert text[start:end] == "令和８年８月５日"


def test_what_never_ends_is_cut_at_a_comma() -> None:
    told = split("あいうえお、" * 1000)
    assert max(len(s.text) for s in told) <= SENTENCE
    assert all(s.text.endswith("、") for s in told)


def test_a_text_too_long_is_a_problem() -> None:
    with pytest.raises(Problem):
        split("あ" * (LONGEST + 1))


@given(st.text(alphabet="あ。、「」()【】■・1２:：\n\t 　>-", max_size=200))
def test_sentences_come_in_order_and_lie_in_the_text(text: str) -> None:
    last = 0
    for told in split(text):
        start, end = told.span()
        assert last <= start <= end <= len(text)
        assert 0 <= told.body <= len(told.text)
        last = start
