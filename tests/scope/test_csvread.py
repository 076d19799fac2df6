"""CSV as it is really written: any delimiter, quotes, line breaks in cells, headings or none."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.text import Line
from madoguchi.problem import Problem
from madoguchi.scope.csvread import Sheet

CELL = st.text(st.characters(codec="cp932", exclude_characters="\0\r¢£¬‖−〜"), max_size=8)


def lines(text: str, encoding: str = "utf-8") -> Iterator[Line]:
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        data = line.encode(encoding)
        yield Line(number, line, at, len(data), data, encoding)
        at += len(data) + 1


def sheet(text: str) -> Sheet:
    return Sheet(lines(text), "x.csv")


@given(st.lists(st.lists(CELL, min_size=3, max_size=3).filter(lambda row: any(c.strip() for c in row)), max_size=6))
def test_what_a_spreadsheet_writes_is_read_back_with_its_places(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["氏名", "メール", "電話番号"], *table])
    text = out.getvalue()
    data = text.encode("cp932")
    found = Sheet(lines(text, "cp932"), "x.csv")
    assert found.headings == ["氏名", "メール", "電話番号"]
    read = list(found.rows())
    assert [row.values for row in read] == table
    for row in read:
        for cell, value in enumerate(row.values):
            spot = row.spot(cell)
            assert spot.offset is not None
            assert spot.length is not None
            assert data[spot.offset : spot.offset + spot.length].decode("cp932").replace('""', '"') == value


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(mark: str) -> None:
    found = sheet(mark.join(["氏名", "メール"]) + "\n" + mark.join(["山田", "a@example.jp"]) + "\n")
    assert found.headings == ["氏名", "メール"]
    assert [row.values for row in found.rows()] == [["山田", "a@example.jp"]]


def test_a_title_above_the_headings_is_passed_over() -> None:
    found = sheet("会員一覧 2026年8月\n\n会員番号,氏名,メール\nM1,山田,a@example.jp\n")
    assert found.headings == ["会員番号", "氏名", "メール"]
    row = next(iter(found.rows()))
    assert row.spot(0).line == 4


def test_a_file_without_headings_gives_every_row() -> None:
    found = sheet("山田,a@example.jp\n佐藤,b@example.jp\n")
    assert found.headings == ["column1", "column2"]
    assert len(list(found.rows())) == 2


def test_a_stray_quote_does_not_swallow_the_file() -> None:
    text = '氏名,備考\n山田,5" ねじ\n佐藤,"開いたまま\n' + "".join(f"田中{i},x\n" for i in range(1500))
    found = list(sheet(text).rows())
    assert [row.values[0] for row in found[:3]] == ["山田", "佐藤", "田中0"]
    assert len(found) == 1502


def test_a_short_and_a_long_row_are_read_as_they_are() -> None:
    found = [row.values for row in sheet("氏名,メール,電話\n山田\n佐藤,a@example.jp,090,もう一つ\n").rows()]
    assert found == [["山田"], ["佐藤", "a@example.jp", "090", "もう一つ"]]


def test_a_file_without_one_row_says_so() -> None:
    with pytest.raises(Problem, match="no row"):
        sheet("\n\n  \n")
