"""Papers for the printer are there whole, or not at all."""

import os
from pathlib import Path

import pytest

from madoguchi.app.notices.folder import write_whole
from madoguchi.problem import Problem


def test_papers_are_written_into_a_new_folder(tmp_path: Path):
    write_whole(tmp_path / "a" / "b", {"one.pdf": b"1", "two.pdf": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "a" / "b").iterdir()} == {
        "one.pdf": b"1",
        "two.pdf": b"2",
    }


def test_a_paper_of_the_same_name_is_replaced(tmp_path: Path):
    (tmp_path / "one.pdf").write_bytes(b"half")
    write_whole(tmp_path, {"one.pdf": b"whole"})
    assert (tmp_path / "one.pdf").read_bytes() == b"whole"


def test_when_the_disk_is_full_nothing_of_the_batch_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "other.txt").write_text("kept")
    with pytest.raises(Problem, match="No space left"):
        write_whole(tmp_path, {f"{n}.pdf": b"x" * 100 for n in range(5)})
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


def test_a_name_that_is_a_folder_is_a_problem(tmp_path: Path):
    (tmp_path / "one.pdf").mkdir()
    with pytest.raises(Problem, match="cannot be written to"):
        write_whole(tmp_path, {"zero.pdf": b"0", "one.pdf": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["one.pdf"]
