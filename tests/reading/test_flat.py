"""Folded text keeps every character's place."""

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.reading.flat import Span, flatten, join


def whole(text: str):
    return flatten(text, 0, len(text))


def test_width_dashes_and_old_forms_are_folded() -> None:
    assert whole("２０２６年８月５日（水）〜　髙橋").text == "2026年8月5日(水)~ 高橋"


def test_half_width_kana_with_its_mark_is_one_character_of_two_places() -> None:
    flat = whole("ﾒｰﾙｱﾄﾞﾚｽが")
    assert flat.text == "メールアドレスが"
    assert flat.span(0, 7) == Span(0, 8)


def test_a_squared_form_is_read_and_keeps_its_one_place() -> None:
    flat = whole("㈱見本")
    assert flat.text == "(株)見本"
    assert flat.span(0, 3) == Span(0, 1)


def test_two_spaces_or_a_tab_are_a_column() -> None:
    assert whole("氏名　　10件\t20件").text == "氏名\t10件\t20件"


def test_letters_spaced_out_by_a_pdf_are_closed_up() -> None:
    flat = whole("個 人 情 報 の 漏 え い")
    assert flat.text == "個人情報の漏えい"
    assert flat.span(0, 4) == Span(0, 7)


def test_invisible_characters_are_left_out() -> None:
    flat = whole("氏\u200b名")
    assert flat.text == "氏名"
    assert flat.span() == Span(0, 3)


def test_a_joined_line_spans_both() -> None:
    text = "個人情\n報"
    flat = join(flatten(text, 0, 3), flatten(text, 4, 5))
    assert flat.text == "個人情報"
    assert flat.span(2, 4) == Span(2, 5)


def test_a_circled_number_does_not_run_into_the_number_behind_it() -> None:
    assert whole("①2026年").text == "①2026年"


@given(st.text(max_size=80))
def test_every_character_has_a_place_in_the_text(text: str) -> None:
    flat = whole(text.replace("\n", " "))
    assert len(flat.text) == len(flat.starts) == len(flat.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(flat.starts, flat.ends, strict=True))
    assert list(flat.starts) == sorted(flat.starts)
