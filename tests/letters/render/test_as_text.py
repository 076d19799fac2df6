"""A letter as plain text."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from madoguchi.letters import notice, render
from madoguchi.letters.letter import Heading, Letter, Lines, Points, Table
from madoguchi.letters.render.wrap import COLUMNS, width
from madoguchi.problem import LANGS
from madoguchi.text import datafile


def letter(*blocks: Any, lang: str = "ja", **more: Any) -> Letter:
    return Letter(kind="t", lang=lang, subject="s", title="題", date=dt.date(2026, 1, 1), blocks=blocks, **more)


def test_every_line_fits_a_mail(notice_facts: dict[str, Any]) -> None:
    for lang in LANGS:
        text = render.text(notice.make(datafile.check(notice.NoticeFacts, notice_facts), lang))
        assert max(width(line) for line in text.split("\n")) <= COLUMNS
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert all(line == line.rstrip() for line in text.split("\n"))


def test_a_block_on_the_right_ends_at_the_right_edge() -> None:
    text = render.text(letter(opening=(Lines(texts=("株式会社みほん商店", "代表"), side="right"),)))
    first, second = text.split("\n")[:2]
    assert width(first) == COLUMNS
    assert len(first) - len(first.lstrip(" ")) == len(second) - len(second.lstrip(" "))


def test_a_numbered_list_counts_from_one() -> None:
    assert "1. 一\n2. 二" in render.text(letter(Points(texts=("一", "二"), numbered=True)))


def test_a_label_stands_before_its_value_and_a_long_value_below() -> None:
    text = render.text(letter(Table(rows=(("電話", "03"), ("経過", "一\n二")))))
    assert "電話：03\n経過：\n  一\n  二" in text


def test_a_table_with_columns_names_them_in_each_row() -> None:
    text = render.text(letter(Table(head=("欄", "前", "後"), rows=(("人数", "1", "2"), ("原因", "3", "4")))))
    assert "欄：人数\n前：1\n後：2\n\n欄：原因\n前：3\n後：4" in text


def test_english_labels_end_with_an_english_colon() -> None:
    assert "Phone: 03" in render.text(letter(Table(rows=(("Phone", "03"),)), lang="en"))


def test_headings_are_told_apart_by_their_marks() -> None:
    text = render.text(letter(Heading(text="大"), Heading(text="小", level=3)))
    assert "■ 大\n\n◇ 小" in text


def test_what_was_typed_stands_as_it_was_typed(every_block: Callable[[str], Letter]) -> None:
    words = "<script>alert(1)</script> {{ x }} #import $a$ *b*"
    assert render.text(every_block(words)).count("<script>alert(1)</script>") >= 8
