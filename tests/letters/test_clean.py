"""Characters that act on the page do not reach it; those that stand on it do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.letters.clean import GETA, clean, one_line


@pytest.mark.parametrize(
    "name", ["髙橋 﨑子", "𠮷野家", "葛\U000e0100城", "Nguyễn Thị Mai", "علی\u200cرضا", "😀", "㈱ｶﾌﾞ", "神"]
)
def test_a_name_stays_as_it_is_written(name: str) -> None:
    assert clean(name) == name


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u2066", "\u200f", "\u0000", "\u0007", "\u001b", "\u00ad", "\ufeff", "\u200b"]
)
def test_a_character_that_acts_on_the_page_is_taken_out(mark: str) -> None:
    assert clean(f"口座{mark}番号") == "口座番号"


def test_a_shape_known_to_one_machine_only_becomes_a_visible_mark() -> None:
    assert clean("\ue000田") == f"{GETA}田"
    assert clean("\ud83d田") == f"{GETA}田"


def test_all_line_ends_are_one_line_end() -> None:
    assert clean("一\r\n二\r三\u2028四\x0b五\t六") == "一\n二\n三\n四\n五 六"


def test_a_subject_cannot_start_another_header() -> None:
    assert one_line("件名\r\nBcc: everybody@example.jp") == "件名 Bcc: everybody@example.jp"


def test_the_space_between_the_names_of_a_person_stays() -> None:
    assert one_line("髙橋　﨑子") == "髙橋　﨑子"


@given(st.text())
def test_whatever_is_typed_what_is_left_can_be_shown(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Co")} - {"\n"}
    assert "\n" not in one_line(text)
    cleaned.encode("utf-8")
