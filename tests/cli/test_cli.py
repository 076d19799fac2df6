"""The program as a whole: its commands, its exit codes, its one line for what cannot be used."""

import subprocess
import sys
from pathlib import Path

import pytest

from madoguchi import __version__
from madoguchi.cli import program, run


def test_every_command_file_is_a_command() -> None:
    assert {"demo", "duties", "record", "scope", "worker"} <= set(program().commands)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_no_words_at_all_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "duties" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["nope"], ["duties"], ["duties", "--nope", "x"], ["duties", "x", "--lang", "fr"]])
def test_what_the_command_line_does_not_know_is_one_line_and_two(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["duties", "gone.yaml"], "見つかりません"),
        (["duties", "gone.yaml", "--lang", "en"], "no such file"),
        (["duties", "gone.yaml", "--lang=en"], "no such file"),
    ],
)
def test_a_problem_is_told_in_the_language_asked_for(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "gone.yaml" in err


def test_a_folder_is_not_taken_for_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["duties", str(tmp_path)]) == 2
    assert "フォルダー" in capsys.readouterr().err


def test_a_reader_who_leaves_early_causes_no_traceback(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("known_on: 2026-11-21\nevents: [leak]\nitems: [name]\nas_of: 2026-11-22\n", encoding="utf-8")
    program = [sys.executable, "-m", "madoguchi", "duties", str(facts), "--json"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
