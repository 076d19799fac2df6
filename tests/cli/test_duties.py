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
        ("events: [leak\n", "2"),
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


def test_a_line_that_is_no_yaml_is_named_in_the_language_of_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "events: [leak\n")
    for lang, place in (("ja", "2行目・1文字目"), ("ja-easy", "2行目・1文字目"), ("en", "line 2, column 1")):
        assert run(["duties", file, "--lang", lang]) == 2
        assert capsys.readouterr().err.startswith(f"{file}: {place}: ")


LEAST = "known_on: 2026-11-18\nevents: [leak]\nitems: [name]\nas_of: 2026-11-22\n"


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (LEAST + "persons: 12\n", "persons: {confirmed: 12, upper: 12} のように書いてください", "confirmed: 12"),
        (LEAST.replace("[name]", "[氏名]"), "「氏名」は name と書いてください", "write name"),
        (LEAST.replace("[leak]", "[漏えい]"), "「漏えい」は leak と書いてください", "write leak"),
        (LEAST.replace("2026-11-18", "令和8年11月18日"), "は 2026-11-18 と書いてください", "write 2026-11-18"),
        (LEAST.replace("[leak]", "[]"), "events が空です。leak（漏えい）、loss（滅失）、damage（毀損）のどれかを", "leak, loss, damage"),
        (LEAST + "shop: 1\n", "known_on（最初に知った日）、events（起きたこと）、items（項目）の3つ", "docs/duties.md"),
        ("", "「known_on: 2026-11-21」（最初に知った日）、「events: [leak]」", "`events: [leak]`"),
    ],
    ids=["persons", "item", "event", "day", "no event", "unknown key", "empty"],
)  # fmt: skip
def test_a_writer_who_does_not_know_the_keys_is_told_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, ja: str, en: str
) -> None:
    file = written(tmp_path, text)
    for options, wanted in (([], ja), (["--lang", "en"], en)):
        assert run(["duties", file, *options]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert wanted in err
        assert "見本" not in err


def test_what_is_overdue_is_said_first_and_marked_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "known_on: 2026-09-01\nas_of: 2026-11-22\nevents: [leak]\nitems: [card_number]\n"
    file = written(tmp_path, text)
    assert [d.get("overdue") for d in answer(file, capsys)["duties"]] == [True, True, None, None]
    assert run(["duties", file]) == 0
    assert (
        "速報の目安の日（2026年9月5日（土））と確報の期限（2026年9月30日（水））"
        in capsys.readouterr().out.splitlines()[1]
    )


def test_json_says_where_to_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    duties = answer(written(tmp_path, EXAMPLE), capsys)["duties"]
    assert [w["channel"] for w in duties[0]["where"]] == ["form", "phone"]
    assert "where" not in duties[2]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["duties", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err
