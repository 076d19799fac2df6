"""`madoguchi demo`: both stories of the company, from the sample to the case file, held against what is known to be true."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

import pytest

from madoguchi import catalogue

POINTS = r"\n\n((?:・[^\n]*\n(?:  [^\n]*\n)*)+)"
PROVED, POSSIBLE = f"◇ 漏えいが確認された項目{POINTS}", f"◇ 漏えいのおそれがある項目{POINTS}"
PROGRAM = Path(sys.executable).with_name("madoguchi")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def mails(folder: Path) -> list[tuple[EmailMessage, str]]:
    """Return every mail in the post office, parsed, with its text."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=SMTP)
        assert not message.defects
        found.append((message, message.get_body(("plain",)).get_content().replace("\r\n", "\n")))
    return found


def told(text: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the tiers that a notice speaks of, each with the items that it names."""
    for tier, pattern in (("proved", PROVED), ("possible", POSSIBLE)):
        if found := re.search(pattern, text):
            lines = found[1].replace("\n  ", "").splitlines()
            yield tier, {line.removeprefix("・") for line in lines}


def verify(*arguments: object) -> tuple[int, dict]:
    done = subprocess.run(
        [PROGRAM, "record", "verify", *map(str, arguments), "--json"], capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout)


# ---------------------------------------------------------------- what is left


def test_the_answer_names_every_step_and_what_it_took(demo):
    steps = [step["step"] for step in demo.answer["steps"]]
    assert steps[:2] == ["sample", "home"]
    for story in "AB":
        told_steps = [step.removeprefix(f"{story}.") for step in steps if step.startswith(f"{story}.")]
        must = ["incident", "scope", "duties", "prompt_report", "notices", "case_file"]
        assert [step for step in told_steps if step in must] == must
    assert all(step["ja"] and step["en"] and step["seconds"] >= 0 for step in demo.answer["steps"])
    assert json.loads((demo.out / "demo.json").read_text(encoding="utf-8")) == demo.answer


@pytest.mark.parametrize(
    ("story", "papers"),
    [
        (
            "A",
            [
                "1-scope/affected.parquet", "1-scope/people.csv", "1-scope/summary.json", "1-scope/run.json",
                "2-duties/duties.txt", "2-duties/duties.json",
                "3-prompt-report/速報-第1版.txt", "3-prompt-report/速報-第1版.html", "3-prompt-report/速報-第1版.pdf",
                "4-notices/deliveries.json", "5-duties-again/duties.json",
                "6-final-report/確報-第2版.txt", "6-final-report/確報-第2版.html", "6-final-report/確報-第2版.pdf",
                "7-case-file/case-file.zip", "7-case-file/keys.json",
            ],
        ),
        (
            "B",
            [
                "1-scope/affected.parquet", "1-scope/people.csv", "1-scope/summary.json", "1-scope/run.json",
                "2-duties/duties.txt", "2-duties/duties.json",
                "3-prompt-report/速報-第1版.txt", "3-prompt-report/速報-第1版.html", "3-prompt-report/速報-第1版.pdf",
                "4-notices/deliveries.json", "5-case-file/case-file.zip", "5-case-file/keys.json",
            ],
        ),
    ],
)  # fmt: skip
def test_every_paper_is_there(demo, story: str, papers: list[str]):
    for paper in papers:
        path = demo.papers(story) / paper
        assert path.stat().st_size > 0, paper
        if path.suffix == ".pdf":
            assert path.read_bytes().startswith(b"%PDF-")
            assert path.read_bytes().rstrip().endswith(b"%%EOF")


def test_a_stranger_is_told_what_lies_where(demo):
    assert "case-file.zip" in (demo.out / "README.txt").read_text(encoding="utf-8")
    assert "練習用" in (demo.out / "post-office" / "README.txt").read_text(encoding="utf-8")


def test_nothing_half_written_is_left(demo):
    assert not [path for path in demo.out.rglob("*") if path.suffix in (".part", ".tmp", ".new")]


# ---------------------------------------------------------------- the truth


def test_story_a_found_whom_the_dump_holds_and_nobody_else(demo):
    found = rows(demo.papers("A") / "1-scope" / "people.csv")
    assert {person["id"] for person in found if person["tier"] == "proved"} == demo.sample.in_dump
    assert len(found) == len(demo.sample.in_dump) < demo.sample.listed


def test_story_b_found_who_was_on_the_altered_page_and_nobody_else(demo):
    found = rows(demo.papers("B") / "1-scope" / "people.csv")
    assert {person["id"] for person in found if person["tier"] == "possible"} == demo.sample.within_reach
    assert {person["tier"] for person in found} == {"possible"}
    assert all("card_number" in person["items"].split(";") for person in found)


@pytest.mark.parametrize(
    ("story", "paper"), [("A", "3-prompt-report/速報-第1版.txt"), ("A", "6-final-report/確報-第2版.txt")]
)
def test_the_reports_of_story_a_tell_the_number_that_is_true(demo, story: str, paper: str):
    text = (demo.papers(story) / paper).read_text(encoding="utf-8")
    assert f"{len(demo.sample.in_dump):,}人" in text
    assert "個人情報保護委員会" in text


def test_the_report_of_story_b_tells_the_number_that_is_true(demo):
    text = (demo.papers("B") / "3-prompt-report" / "速報-第1版.txt").read_text(encoding="utf-8")
    # Guests were on the altered page too; they stand on no list, and count.
    most = len(demo.sample.within_reach) + demo.sample.strangers_within_reach
    assert f"おそれのある最大の人数：{most:,}人" in text
    assert f"うちクレジットカード情報を含む人数※：{most:,}人" in text


def test_the_final_report_tells_the_difference_and_keeps_the_number(demo):
    text = (demo.papers("A") / "6-final-report" / "確報-第2版.txt").read_text(encoding="utf-8")
    assert "前回報告からの変更点" in text
    assert "DEMO-0001" in text
    assert "設定ミス" in text


@pytest.mark.parametrize("story", ["A", "B"])
def test_the_duties_are_required_with_their_days(demo, story: str):
    answer = json.loads((demo.papers(story) / "2-duties" / "duties.json").read_text(encoding="utf-8"))
    duties = {duty["id"]: duty for duty in answer["duties"]}
    assert answer["reportable"] == "yes"
    assert {name for name, duty in duties.items() if duty["status"] == "required"} == {
        "prompt_report",
        "final_report",
        "notify_person",
    }
    assert duties["prompt_report"]["due"] < duties["final_report"]["due"]


# ---------------------------------------------------------------- the notices


def test_every_notice_arrived_once_at_the_post_office(demo):
    arrived = mails(demo.out / "post-office")
    sent = {
        story: json.loads((demo.papers(story) / "4-notices" / "deliveries.json").read_text(encoding="utf-8"))
        for story in "AB"
    }
    assert sent == {"A": {"sent": len(demo.sample.in_dump)}, "B": {"sent": len(demo.sample.within_reach)}}
    assert len(arrived) == len(demo.sample.in_dump) + len(demo.sample.within_reach)
    assert len({message["Message-ID"] for message, _ in arrived}) == len(arrived)
    assert len(set(re.findall(r"お知らせ番号：(\S+)", "\n".join(text for _, text in arrived)))) == len(arrived)


@pytest.mark.parametrize(("story", "tier"), [("A", "proved"), ("B", "possible")])
def test_each_person_is_told_of_their_own_items(demo, story: str, tier: str):
    listed = {person["会員番号"]: person for person in rows(demo.sample.people)}
    must = Counter(
        (
            listed[person["id"]]["メールアドレス"],
            listed[person["id"]]["氏名"],
            frozenset(catalogue.say(item, "ja") for item in person["items"].split(";")),
        )
        for person in rows(demo.papers(story) / "1-scope" / "people.csv")
    )
    got = Counter()
    for message, text in mails(demo.out / "post-office"):
        said = dict(told(text))
        assert len(said) == 1
        if tier in said:
            (name,) = re.findall(r"^(.+) 様$", text, re.MULTILINE)
            got[str(message["To"]), name, frozenset(said[tier])] += 1
    assert got == must
    assert len({items for _, _, items in got}) > 1 or story == "B"


def test_no_notice_holds_another_persons_name(demo):
    names = {person["氏名"] for person in rows(demo.sample.people)}
    for _, text in mails(demo.out / "post-office")[::100]:
        (own,) = re.findall(r"^(.+) 様$", text, re.MULTILINE)
        assert [name for name in names if name in text and name not in own] == []


# ---------------------------------------------------------------- the record


@pytest.mark.parametrize("story", ["A", "B"])
def test_the_case_file_verifies_with_the_command_with_keys_and_without(demo, story: str):
    (folder,) = demo.papers(story).glob("*-case-file")
    code, verdict = verify(folder / "case-file.zip")
    assert (code, verdict["whole"], verdict["problems"]) == (0, True, [])
    code, trusted = verify(folder / "case-file.zip", "--keys", folder / "keys.json")
    assert (code, trusted["whole"], trusted["signer"]) == (0, True, "mihon-zakka.example")
    assert trusted["head"] == verdict["head"]
    said = next(step["ja"] for step in demo.answer["steps"] if step["step"] == f"{story}.case_file")
    assert f"{verdict['entries']}件" in said


def test_the_other_storys_case_file_is_another_record(demo):
    heads = {verify(next(demo.papers(story).glob("*-case-file")) / "case-file.zip")[1]["head"] for story in "AB"}
    assert len(heads) == 2


def test_a_flipped_bit_in_the_case_file_is_found(demo, tmp_path: Path):
    data = bytearray((demo.papers("A") / "7-case-file" / "case-file.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "case-file.zip").write_bytes(data)
    code, verdict = verify(tmp_path / "case-file.zip")
    assert (code, verdict["whole"]) == (1, False)
    assert verdict["problems"]


def test_the_case_file_names_none_of_the_people(demo):
    data = (demo.papers("A") / "7-case-file" / "case-file.zip").read_bytes()
    for person in rows(demo.sample.people)[::25]:
        assert person["メールアドレス"].encode() not in data
        assert person["電話番号"].encode() not in data
        assert person["住所"].encode() not in data


def test_the_database_holds_none_of_the_contact_data(demo):
    home = demo.out / "company" / "home"
    data = b"".join(path.read_bytes() for path in home.glob("db.sqlite3*"))
    assert "バックアップの流出".encode() in data
    for person in rows(demo.sample.people)[::100]:
        for key in ("メールアドレス", "電話番号", "住所", "氏名"):
            assert person[key].encode() not in data, key


# ---------------------------------------------------------------- the folder


def begin(out: Path) -> str:
    """Start the demo, read the first line that it tells, and kill it with all that it started; return the line."""
    process = subprocess.Popen(
        [PROGRAM, "demo", "--out", str(out)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    with process.stdout:
        line = process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return line


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path):
    (tmp_path / "diary.txt").write_text("mine")
    done = subprocess.run([PROGRAM, "demo", "--out", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert str(tmp_path) in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("kept")
    done = subprocess.run(
        [PROGRAM, "demo", "--out", str(tmp_path / "file")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text() == "kept"


def test_an_earlier_demo_is_replaced_also_one_that_was_stopped_half_way(tmp_path: Path):
    out = tmp_path / "out"
    assert "2,000" in begin(out)
    assert (out / "demo.json").read_text() == "{}"
    (out / "left-over.txt").write_text("from the first time")
    assert "2,000" in begin(out)
    assert not (out / "left-over.txt").exists()
    assert (out / "sample" / "customers.csv").exists()
