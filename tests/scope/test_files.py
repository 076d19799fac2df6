"""The four files, whole or not at all."""

from pathlib import Path

import pytest

from madoguchi.problem import Problem
from madoguchi.scope import files
from madoguchi.scope.shapes import Affected, Result


def result(*people: Affected) -> Result:
    return Result([], list(people), {"people": {}}, {"engine": "local"})


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert files.safe(cell) == f"'{cell}"
    assert files.people_csv(result(Affected(cell, "proved", ("name",)))).splitlines()[1].lstrip('"').startswith("'")


def test_an_id_stays_as_it_is_in_the_list() -> None:
    assert files.safe("M-001") == "M-001"


def test_an_empty_result_has_its_columns(tmp_path: Path) -> None:
    import polars

    files.write(result(), tmp_path / "out")
    table = polars.read_parquet(tmp_path / "out" / "affected.parquet")
    assert table.schema == polars.Schema(
        dict.fromkeys(("person", "item", "tier", "key", "source", "place"), polars.String)
        | dict.fromkeys(("offset", "length", "count"), polars.Int64)
    )
    assert (tmp_path / "out" / "people.csv").read_bytes() == b"id,tier,items\r\n"


def test_a_file_in_the_way_is_said_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(Problem, match="other files"):
        files.write(result(), tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="cannot be written"):
        files.write(result(), tmp_path / "file" / "deeper" / "out")
