"""`madoguchi duties`: the contract's command on files, JSON and standard input."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from madoguchi.cli import run

EXAMPLE = """\
known_on: 2026-11-21            # the day any department first knew
events: [leak]                  # leak | loss | damage
certainty: occurred
data_state: held
items: [name, card_number]
persons: {confirmed: 800, upper: 1500}
passed_threshold_on: 2026-11-25
unlawful_purpose: suspected
encryption: none
recovered_unread: false
same_data_kept: false
pseudonymised: false
holder: business
role: own
sector: general
people_kinds: [customers]
people_in: [JP]
contactable: yes_all
login_opens: payment
my_number: false
as_of: 2026-12-01
"""


def written(folder: Path, text: str, name: str = "facts.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def answer(file: str, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert run(["duties", file, "--json", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_the_contracts_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(written(tmp_path, EXAMPLE), capsys)
    assert (found["reportable"], found["situations"]) == ("yes", ["2", "3", "4"])
    assert [(d["id"], d["status"], d["to"], d["due"]) for d in found["duties"]] == [
        ("prompt_report", "required", "ppc", "2026-11-25"),
        ("final_report", "required", "ppc", "2027-01-19"),
        ("notify_person", "required", "person", None),
        ("notify_entruster", "not_required", "entruster", None),
    ]
    assert found["assumed"] == {}


def test_json_is_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"known_on": "2026-11-21", "events": ["leak"], "items": ["card_number"], "as_of": "2026-12-01"}
    found = answer(written(tmp_path, json.dumps(facts), "facts.json"), capsys)
    assert found["reportable"] == "yes"
    assert found["assumed"]["certainty"] == "occurred"
    assert "as_of" not in found["assumed"]


def test_standard_input_is_read_and_todays_day_is_filled_in() -> None:
    text = "known_on: 2026-01-05\nevents: [loss]\nitems: [medical_history]\n"
    done = subprocess.run(
        [sys.executable, "-c", "from madoguchi.cli import main; main()", "duties", "-", "--json"],
        input=text.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["assumed"]["as_of"] >= "2026-01-05"


@pytest.mark.parametrize(
    ("more", "reportable"),
    [
        ("unlawful_purpose: ruled_out\npersons: {upper: 3}\n", "no"),
        ("encryption: unknown\nunlawful_purpose: suspected\n", "review"),
    ],
)
def test_no_and_review_are_answers_and_not_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str, reportable: str
) -> None:
    text = f"known_on: 2026-11-21\nas_of: 2026-12-01\nevents: [leak]\nitems: [name]\n{more}"
    assert answer(written(tmp_path, text), capsys)["reportable"] == reportable


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("ja", "報告が必要です。"),
        ("en", "Yes, it must be reported."),
        ("ja-easy", "報告（ほうこく）しなければなりません。"),
    ],
)
def test_people_get_plain_text_in_their_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    assert run(["duties", written(tmp_path, EXAMPLE), "--lang", lang]) == 0
    assert word in capsys.readouterr().out


def test_the_sentences_of_json_follow_the_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(written(tmp_path, EXAMPLE), capsys, "--lang", "en")
    assert found["duties"][0]["working"][0].startswith("Day 1 is")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (EXAMPLE.replace("unlawful_purpose", "unlawfull_purpose"), "unlawful_purpose"),
        (EXAMPLE.replace("card_number", "card_numbr"), "card_number"),
        (EXAMPLE.replace("known_on: 2026-11-21", "known_on: 2027-11-21"), "known_on"),
        (EXAMPLE + "told_by_entrustee_on: 2026-11-22\n", "told_by_entrustee_on"),
        ("", ""),
        ("\x00", ""),
        ("events: [leak\n", "line"),
    ],
)
def test_what_cannot_be_used_is_one_line_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, place: str
) -> None:
    file = written(tmp_path, text)
    for options in ([], ["--json"], ["--lang", "en"]):
        assert run(["duties", file, *options]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith(file)
        assert place in err


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["duties", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err
