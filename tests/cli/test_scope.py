"""`madoguchi scope`: the contract's command, its files and its exit codes."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars
import pytest

from madoguchi.cli import run

PEOPLE = "id,氏名,メール\n=A,山田太郎,taro@example.jp\nB,鈴木花子,hanako@example.jp\n"
LEAK = "名前,メール,パスワード\n山田太郎,taro@example.jp,himitsu\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "leak.csv").write_text(LEAK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scope(*arguments: str) -> int:
    return run(["scope", *arguments, "--people", "people.csv", "--out", "out", "--lang", "en"])


def test_it_writes_the_four_files(folder: Path) -> None:
    assert scope("leak.csv") == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "affected.parquet",
        "people.csv",
        "run.json",
        "summary.json",
    ]
    table = polars.read_parquet(folder / "out" / "affected.parquet")
    assert table.columns == ["person", "item", "tier", "key", "source", "place", "offset", "length", "count"]
    assert table.row(0, named=True) == {
        "person": "=A", "item": "email", "tier": "proved", "key": "email", "source": "leak.csv", "place": "leak.csv:2",
        "offset": len("名前,メール,パスワード\n山田太郎,".encode()), "length": 15, "count": 1,
    }  # fmt: skip


def test_people_csv_has_a_line_for_each_person_and_no_formula(folder: Path) -> None:
    assert scope("leak.csv") == 0
    rows = list(csv.reader(io.StringIO((folder / "out" / "people.csv").read_text(encoding="utf-8"))))
    assert rows == [["id", "tier", "items"], ["'=A", "proved", "name;email;password"]]


def test_json_on_standard_output_is_the_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scope("leak.csv", "--json") == 0
    summary: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert summary == json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))


def test_no_leaked_value_is_written_anywhere(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scope("leak.csv") == 0
    out = capsys.readouterr()
    written = b"".join(path.read_bytes() for path in (folder / "out").iterdir()) + (out.out + out.err).encode()
    assert b"himitsu" not in written
    assert "山田".encode() not in written


@pytest.mark.parametrize("lang", ["ja", "en", "ja-easy"])
def test_the_answer_for_a_person_names_counts_items_and_what_was_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    (folder / "x.json").write_text('{"a": [1, 2]}', encoding="utf-8")
    assert scope("leak.csv", "x.json", "--lang", lang) == 1
    out = capsys.readouterr().out
    assert "x.json" in out
    assert "1" in out
    assert "out" in out


def test_nothing_half_written_is_left_when_the_input_cannot_be_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert scope("leak.csv") == 2
    error = capsys.readouterr().err
    assert error.startswith("people.csv: line 1: ")
    assert error.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["leak.csv", "people.csv"]


def test_material_of_which_nothing_can_be_read_is_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dump.sql").write_text("なにもない\n", encoding="utf-8")
    assert scope("dump.sql") == 2
    assert "dump.sql" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_missing_file_is_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scope("nothing.csv") == 2
    assert "nothing.csv" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--columns", "--reach"])
def test_a_missing_option_file_is_2(folder: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert scope("leak.csv", option, "nothing.yaml") == 2
    assert capsys.readouterr().err.startswith("nothing.yaml: ")


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: [unclosed\n", ""])
def test_an_option_file_that_is_no_list_of_lines_is_2(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    for option in ("--columns", "--reach"):
        assert scope("leak.csv", option, "x.yaml") == 2
        assert capsys.readouterr().err.startswith("x.yaml: ")


def test_an_output_folder_with_other_files_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    assert scope("leak.csv") == 2
    assert "other files" in capsys.readouterr().err
    assert [path.name for path in (folder / "out").iterdir()] == ["mine.txt"]


def test_an_earlier_result_is_replaced(folder: Path) -> None:
    assert scope("leak.csv") == 0
    first = (folder / "out" / "summary.json").read_bytes()
    assert scope("leak.csv") == 0
    assert (folder / "out" / "summary.json").read_bytes() == first


@pytest.mark.parametrize("engine", ["dask", "spark"])
def test_an_engine_that_is_not_there_yet_says_so(folder: Path, capsys: pytest.CaptureFixture[str], engine: str) -> None:
    assert scope("leak.csv", "--engine", engine) == 2
    assert "--engine local" in capsys.readouterr().err


def test_a_window_alone_is_enough(folder: Path) -> None:
    (folder / "orders.csv").write_text("注文日時,メール\n2026-08-02 10:00,hanako@example.jp\n", encoding="utf-8")
    (folder / "reach.yaml").write_text(
        "sources: {orders: orders.csv}\n"
        "periods: [{from: 2026-08-01T00:00+09:00, to: 2026-08-05T12:00+09:00, source: orders, items: [card_number, name]}]\n",
        encoding="utf-8",
    )
    assert scope("--reach", "reach.yaml") == 0
    assert (folder / "out" / "people.csv").read_text(encoding="utf-8").splitlines()[1] == "B,possible,name;card_number"


def test_neither_material_nor_a_window_is_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scope() == 2
    assert "--reach" in capsys.readouterr().err


def test_material_is_read_from_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LEAK.encode())))
    assert scope("-") == 0
    assert polars.read_parquet(folder / "out" / "affected.parquet")["place"][0] == "-:2"
