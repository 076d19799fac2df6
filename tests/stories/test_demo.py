"""`madoguchi demo`: both stories on both sides, from the sample to the case files, held against what is known to be true."""

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from madoguchi import catalogue

POINTS = r"\n\n((?:・[^\n]*\n(?:  [^\n]*\n)*)+)"
PROVED, POSSIBLE = f"◇ 漏えいが確認された項目{POINTS}", f"◇ 漏えいのおそれがある項目{POINTS}"
PROGRAM = Path(sys.executable).with_name("madoguchi")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def mails(folder: Path) -> list[tuple[EmailMessage, str]]:
    """Return every notice in the post office, parsed, with its text."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=SMTP)
        assert not message.defects
        if "お詫びとお知らせ" in message["Subject"]:
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
    assert steps[:2] == ["sample", "company.home"]
    for story in "AB":
        told_steps = [step.removeprefix(f"{story}.") for step in steps if step.startswith(f"{story}.")]
        company = ["incident", "scope", "duties", "prompt_report", "notices", "announcement", "answer", "case_file"]
        person = ["notice", "tonight", "is_it_true", "what_it_says", "whom_to_ask", "inquiry", "reply", "my_case_file"]
        for must in (company, person):
            assert [step for step in told_steps if step in must] == must
    # Tonight's steps never wait for a verdict, and nothing is asked before it is known of whom.
    assert steps.index("A.tonight") < steps.index("A.is_it_true") < steps.index("A.inquiry") < steps.index("A.answer")
    assert {"A.returned", "B.fake_support", "company.verifies", "person.verifies"} <= set(steps)
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
                "4-notices/deliveries.json", "5-announcement/公表文.pdf", "5-announcement/FAQ.html",
                "5-announcement/電話対応.pdf", "7-answer/回答-1.pdf", "8-duties-again/duties.json",
                "9-final-report/確報-第2版.txt", "9-final-report/確報-第2版.html", "9-final-report/確報-第2版.pdf",
                "10-announcement-again/公表文.txt", "11-answer-again/回答-1.txt",
                "12-case-file/case-file.zip", "12-case-file/keys.json",
            ],
        ),
        (
            "B",
            [
                "1-scope/affected.parquet", "1-scope/people.csv", "1-scope/summary.json", "1-scope/run.json",
                "2-duties/duties.txt", "2-duties/duties.json",
                "3-prompt-report/速報-第1版.txt", "3-prompt-report/速報-第1版.html", "3-prompt-report/速報-第1版.pdf",
                "4-notices/deliveries.json", "5-announcement/公表文.pdf", "6-answer/回答-1.pdf",
                "7-case-file/case-file.zip", "7-case-file/keys.json",
            ],
        ),
        (
            "person A",
            [
                "届いた通知.eml", "1-tonight/今夜すること.txt", "1-tonight/起こりうること.txt", "2-is-it-true/check.json", "2-is-it-true/判定.txt",
                "3-what-it-says/reading.json", "4-whom-to-ask/windows.json", "5-inquiry/書面.pdf", "6-reply/判定.json",
                "7-follow-up/書面.pdf", "8-second-reply/判定.json", "9-next-door/次の相談先.txt", "9-next-door/一枚.pdf",
                "10-case-file/case-file.zip", "10-case-file/keys.json",
            ],
        ),
        (
            "person B",
            [
                "届いた通知.eml", "1-tonight/今夜すること.txt", "5-inquiry/書面.pdf", "6-fake-support/check.json",
                "7-reply/判定.json", "8-case-file/case-file.zip", "8-case-file/keys.json",
            ],
        ),
    ],
)  # fmt: skip
def test_every_paper_is_there(demo, story: str, papers: list[str]):
    side = "person" if story.startswith("person") else "company"
    for paper in papers:
        path = demo.papers(story[-1], side) / paper
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
    ("story", "paper"), [("A", "3-prompt-report/速報-第1版.txt"), ("A", "9-final-report/確報-第2版.txt")]
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
    text = (demo.papers("A") / "9-final-report" / "確報-第2版.txt").read_text(encoding="utf-8")
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
    data = bytearray((demo.papers("A") / "12-case-file" / "case-file.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "case-file.zip").write_bytes(data)
    code, verdict = verify(tmp_path / "case-file.zip")
    assert (code, verdict["whole"]) == (1, False)
    assert verdict["problems"]


def test_the_case_file_names_none_of_the_people(demo):
    data = (demo.papers("A") / "12-case-file" / "case-file.zip").read_bytes()
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


# ---------------------------------------------------------------- the meeting


def customer(demo) -> dict[str, str]:
    """Return the row of the customer whose home tells the person's half."""
    number = json.loads((demo.out / "places.json").read_text(encoding="utf-8"))["customer"]["number"]
    return next(person for person in rows(demo.sample.people) if person["会員番号"] == number)


@pytest.mark.parametrize("story", ["A", "B"])
def test_the_notice_is_found_genuine_by_its_signatures_and_not_by_its_looks(demo, story: str):
    check = json.loads((demo.papers(story, "person") / "2-is-it-true" / "check.json").read_text(encoding="utf-8"))
    assert check["verdict"] == "genuine"
    assert {"dkim_aligned", "notice_valid"} <= {reason["id"] for reason in check["reasons"]}


def test_the_false_support_in_the_thread_is_found_fake_and_taken_for_no_reply(demo):
    folder = demo.papers("B", "person")
    check = json.loads((folder / "6-fake-support" / "check.json").read_text(encoding="utf-8"))
    assert check["verdict"] == "fake"
    assert "mihon-zakka-support.example" not in (folder / "7-reply" / "回答.txt").read_text(encoding="utf-8")


def test_a_copy_of_the_notice_with_one_word_changed_is_not_genuine(demo, tmp_path: Path):
    mail = (demo.papers("A", "person") / "届いた通知.eml").read_bytes()
    (tmp_path / "copy.eml").write_bytes(mail.replace(b"To: ", b"to: ", 1).replace(b"Subject: ", b"Subject: x", 1))
    for name, verdict in (("copy.eml", "cannot_tell"), (None, "genuine")):
        path = tmp_path / name if name else demo.papers("A", "person") / "届いた通知.eml"
        dns = demo.out / "post-office" / "dns.json"
        command = [PROGRAM, "check", path, "--official", "mihon-zakka.example", "--dns", dns, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert json.loads(done.stdout)["verdict"] == verdict, done.stderr


def test_the_person_reads_their_own_items_and_nobody_elses(demo):
    """What the notice tells is what the scan proved of this one person, in both stories."""
    number = customer(demo)["会員番号"]
    for story, tier in (("A", "proved"), ("B", "possible")):
        scanned = {row["id"]: row for row in rows(demo.papers(story) / "1-scope" / "people.csv")}[number]
        facts = json.loads(
            (demo.papers(story, "person") / "3-what-it-says" / "reading.json").read_text(encoding="utf-8")
        )["facts"]
        assert scanned["tier"] == tier
        assert {item["key"] for item in facts["items"]} == set(scanned["items"].split(";"))


def test_the_answer_names_the_items_of_the_one_who_asked(demo):
    text = (demo.papers("A") / "7-answer" / "回答-1.txt").read_text(encoding="utf-8").replace("\n", "")
    person = customer(demo)
    scanned = {row["id"]: row for row in rows(demo.papers("A") / "1-scope" / "people.csv")}[person["会員番号"]]
    assert person["氏名"] in text
    assert all(catalogue.say(item, "ja") in text for item in scanned["items"].split(";"))
    assert person["電話番号"] not in text


def test_what_the_first_reply_left_open_is_asked_again_and_answered(demo):
    first = json.loads((demo.papers("A", "person") / "6-reply" / "判定.json").read_text(encoding="utf-8"))
    second = json.loads((demo.papers("A", "person") / "8-second-reply" / "判定.json").read_text(encoding="utf-8"))
    left = {each["question"] for each in first if each["verdict"] in ("partly", "refused", "not_answered")}
    assert {"cause", "prevention"} <= left
    assert {each["question"] for each in second} == left
    assert {each["verdict"] for each in second} == {"answered"}


def test_the_notice_that_came_back_goes_by_post_to_the_address_on_the_list(demo):
    gone = json.loads((demo.out / "places.json").read_text(encoding="utf-8"))["gone"]
    (pdf,) = (demo.papers("A") / "6-by-post").glob("*.pdf")
    person = next(person for person in rows(demo.sample.people) if person["メールアドレス"].lower() == gone)
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert person["氏名"] in text
    assert person["郵便番号"] in text


def test_either_side_verifies_the_others_case_files(demo):
    for side, other in (("company", "person"), ("person", "company")):
        entries = [
            verify(next(demo.papers(story, other).glob("*-case-file")) / "case-file.zip")[1]["entries"]
            for story in "AB"
        ]
        assert all(f"{count}件" in demo.said(f"{side}.verifies") for count in entries)


def test_the_persons_case_file_holds_the_notice_as_it_arrived(demo):
    case_file = zipfile.ZipFile(demo.papers("A", "person") / "10-case-file" / "case-file.zip")
    notice = (demo.papers("A", "person") / "届いた通知.eml").read_bytes()
    assert notice in [case_file.read(name) for name in case_file.namelist() if name.endswith(".eml")]


def test_the_two_homes_share_nothing_but_what_was_sent(demo):
    """Neither home's database holds the other's tables."""
    for side, own, other in (
        ("company", "company_incident", "person_case"),
        ("person", "person_case", "company_incident"),
    ):
        with closing(sqlite3.connect(demo.out / side / "home" / "db.sqlite3")) as database:
            tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
        assert own in tables
        assert other not in tables


def test_the_persons_database_holds_nothing_of_the_case_in_the_clear(demo):
    data = b"".join(path.read_bytes() for path in (demo.out / "person" / "home").glob("db.sqlite3*"))
    person = customer(demo)
    for said in (person["氏名"], person["メールアドレス"], person["会員番号"], "みほん雑貨店"):
        assert said.encode() not in data


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
