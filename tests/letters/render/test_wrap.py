"""Lines of a plain mail."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.letters.clean import clean
from madoguchi.letters.render.wrap import COLUMNS, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("日本", 4), ("ｱｲ", 2), ("①", 2), ("が", 2), ("か\u3099", 2), ("葛\U000e0100", 2), ("𠮷", 2), ("", 0)],
)
def test_a_full_width_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_line_holds_thirty_five_full_width_characters() -> None:
    assert [len(line) for line in wrap("あ" * 80)] == [35, 35, 10]


def test_no_line_begins_with_a_mark_that_ends_a_sentence() -> None:
    assert wrap("あ" * 35 + "。次") == ["あ" * 34, "あ。次"]


def test_no_line_ends_with_an_opening_bracket() -> None:
    assert wrap("あ" * 34 + "「い」") == ["あ" * 34, "「い」"]


def test_an_address_is_never_broken() -> None:
    address = "https://www.example.co.jp/" + "path/" * 20
    assert address in wrap("詳しくは" + address + "をご覧ください。")


def test_words_of_a_sentence_stay_whole() -> None:
    text = "We have found that some of the personal information that we hold about you was affected by an incident."
    lines = wrap(text)
    assert len(lines) == 2
    assert " ".join(lines) == text


def test_a_point_keeps_its_indent_on_later_lines() -> None:
    lines = wrap("あ" * 50, first="・", rest="  ")
    assert lines[0].startswith("・あ")
    assert lines[1].startswith("  あ")
    assert all(width(line) <= COLUMNS for line in lines)


def test_an_empty_line_between_paragraphs_stays() -> None:
    assert wrap("一\n\n二") == ["一", "", "二"]


@given(st.text(max_size=400).map(clean))
def test_nothing_is_lost_and_only_what_may_not_be_broken_is_longer_than_the_line(text: str) -> None:
    lines = wrap(text)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    for line in lines:
        longest = max((width(word) for word in re.findall(r"[!-~]+", line)), default=0)
        assert width(line) <= COLUMNS or longest > COLUMNS - 28
