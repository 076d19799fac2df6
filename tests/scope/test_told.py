"""What a scan tells beside the people it found: rows of nobody on the list, words of `--columns` that name nothing."""

from pathlib import Path

import pytest

from madoguchi.problem import Problem
from madoguchi.scope import scan

PEOPLE = "id,氏名,メール\n1,山田 太郎,taro@example.jp\n2,鈴木 花子,hanako@example.jp\n"
LEAK = "氏名,連絡先メール\n山田太郎,taro@example.jp\n名簿 外,other@example.jp\n鈴木花子,\n"


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_rows_about_people_that_tie_nobody_are_counted(tmp_path: Path) -> None:
    result = scan([write(tmp_path, "leak.csv", LEAK)], write(tmp_path, "people.csv", PEOPLE))
    assert [person.id for person in result.people] == ["1"]
    assert result.summary["not_in_list"] == {"rows": 2, "of": 3}


def test_rows_about_goods_are_not_rows_about_people(tmp_path: Path) -> None:
    goods = write(tmp_path, "leak.csv", "商品コード,価格\nA-1,100\nA-2,200\n")
    result = scan([goods], write(tmp_path, "people.csv", PEOPLE))
    assert result.summary["not_in_list"] == {"rows": 0, "of": 0}


def test_the_people_list_lying_in_the_folder_of_the_leak_did_not_leak(tmp_path: Path) -> None:
    people = write(tmp_path / "folder", "people.csv", PEOPLE)
    write(tmp_path / "folder", "leak.csv", LEAK)
    assert [person.id for person in scan([tmp_path / "folder"], people).people] == ["1"]


def test_the_people_list_named_as_a_leak_counts_as_one(tmp_path: Path) -> None:
    people = write(tmp_path, "people.csv", PEOPLE)
    assert [person.id for person in scan([people], people).people] == ["1", "2"]


def test_a_word_of_columns_that_names_no_column_is_refused_with_the_nearest_heading(tmp_path: Path) -> None:
    columns = write(tmp_path, "columns.yaml", "連絡先メェル: email\n")
    with pytest.raises(Problem) as caught:
        scan([write(tmp_path, "leak.csv", LEAK)], write(tmp_path, "people.csv", PEOPLE), columns=columns)
    assert "columns.yaml" in caught.value.say("ja")
    assert "「連絡先メール」ではありませんか" in caught.value.say("ja")


def test_words_of_columns_may_name_headings_of_the_list_or_of_the_leak(tmp_path: Path) -> None:
    columns = write(tmp_path, "columns.yaml", "連絡先メール: email\nメール: email\n")
    result = scan([write(tmp_path, "leak.csv", LEAK)], write(tmp_path, "people.csv", PEOPLE), columns=columns)
    assert [person.id for person in result.people] == ["1"]
