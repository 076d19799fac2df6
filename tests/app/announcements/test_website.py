"""What is put on the web site is whole or not there, and nobody else's page is touched."""

from pathlib import Path

import pytest

from madoguchi.app.announcements import website
from madoguchi.problem import Problem

FILES = {"news/a.html": b"page", "news/a.pdf": b"pdf"}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_files_and_the_document_stand_where_their_addresses_say(tmp_path: Path):
    website.put(tmp_path / "web", FILES, b"{}")
    assert tree(tmp_path / "web") == {**FILES, ".well-known/madoguchi.json": b"{}"}
    assert {path.name for path in (tmp_path / "web").iterdir()} == {"news", ".well-known"}


def test_the_rest_of_the_site_stays_and_the_new_takes_the_place_of_the_old(tmp_path: Path):
    (tmp_path / "index.html").write_bytes(b"home")
    website.put(tmp_path, FILES, b"1")
    website.put(tmp_path, {"news/a.html": b"news"}, b"2")
    assert tree(tmp_path) == {
        "index.html": b"home",
        "news/a.html": b"news",
        "news/a.pdf": b"pdf",
        ".well-known/madoguchi.json": b"2",
    }


def test_what_cannot_be_written_leaves_the_old_whole(tmp_path: Path):
    website.put(tmp_path, {"news/a.html": b"old"}, b"1")
    before = tree(tmp_path)
    with pytest.raises(Problem) as caught:
        website.put(tmp_path, {"news/a.html": b"new", f"news/{'x' * 300}.html": b""}, b"2")
    assert caught.value.file == str(tmp_path)
    assert tree(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {"news", ".well-known"}


def test_a_file_where_the_folder_should_be_is_a_problem(tmp_path: Path):
    (tmp_path / "web").write_bytes(b"kept")
    with pytest.raises(Problem, match="cannot be written to"):
        website.put(tmp_path / "web", FILES, b"{}")
    assert (tmp_path / "web").read_bytes() == b"kept"


def test_another_page_is_not_overwritten_and_ones_own_is_taken_for_it(tmp_path: Path):
    website.must_be_free(tmp_path, FILES)
    website.put(tmp_path, FILES, b"{}")
    website.must_be_free(tmp_path, FILES)
    with pytest.raises(Problem, match="another page"):
        website.must_be_free(tmp_path, {"news/a.html": b"of somebody else"})
    with pytest.raises(Problem, match="another page"):
        website.must_be_free(tmp_path, {"news": b"a folder stands here"})
