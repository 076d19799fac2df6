"""The files that the user named."""

import os
from pathlib import Path

import pytest

from madoguchi.intake import reasons
from madoguchi.intake.walk import given
from madoguchi.problem import Problem


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="ascii")
    return path


def names(paths: list[Path]) -> list[str]:
    return [one.name for one in given(paths) if one.reason is None]


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.csv", "b/10.csv", "a.csv", "c/d/e.csv", "名簿.csv"):
        write(tmp_path / "leak" / name)
    assert names([tmp_path / "leak"]) == [
        "leak/a.csv", "leak/b/10.csv", "leak/b/2.csv", "leak/c/d/e.csv", "leak/名簿.csv",
    ]  # fmt: skip


def test_a_file_is_called_by_its_own_name_and_by_more_where_two_have_it(tmp_path: Path) -> None:
    one, two, other = (write(tmp_path / name) for name in ("x/list.csv", "y/list.csv", "other.csv"))
    assert names([other, one]) == ["other.csv", "list.csv"]
    assert names([other, one, two]) == ["other.csv", "x/list.csv", "y/list.csv"]


def test_what_is_named_twice_is_read_once_in_the_first_place(tmp_path: Path) -> None:
    one, two = write(tmp_path / "leak" / "a.csv"), write(tmp_path / "b.csv")
    assert [found.path for found in given([two, one, tmp_path / "leak", two])] == [two, one]


def test_a_path_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"nowhere\.csv: no such file"):
        list(given([write(tmp_path / "a.csv"), tmp_path / "nowhere.csv"]))


def test_links_that_lead_out_are_listed_and_those_inside_are_read_once(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.csv")
    folder = tmp_path / "leak"
    write(folder / "real.csv")
    (folder / "out.csv").symlink_to(secret)
    (folder / "in.csv").symlink_to(folder / "real.csv")
    (folder / "gone.csv").symlink_to(folder / "nothing")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    found = list(given([folder]))
    assert [(one.name, one.reason) for one in found if one.reason] == [
        ("leak/gone.csv", reasons.LINK_OUT), ("leak/out.csv", reasons.LINK_OUT), ("leak/up", reasons.LINK_OUT),
    ]  # fmt: skip
    assert names([folder]) == ["leak/real.csv"]


def test_a_link_that_was_named_itself_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(write(tmp_path / "real.csv"))
    assert names([link]) == ["link.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_listed_and_never_opened(tmp_path: Path) -> None:
    folder = tmp_path / "leak"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    [one] = given([folder])
    assert one.reason == reasons.SPECIAL


def test_names_cannot_forge_lines(tmp_path: Path) -> None:
    write(tmp_path / "leak" / "a\nb.csv")
    assert names([tmp_path / "leak"]) == ["leak/a\ufffdb.csv"]
