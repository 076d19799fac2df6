"""What strangers and tired people hand in: each is one clear sentence with the file, and nothing of it is half-written."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from madoguchi import scope
from madoguchi.app.company.models import Exposure, FactSheet, Person, Scan
from madoguchi.app.company.services import add_evidence, state_facts, take_scan
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload
from madoguchi.problem import Problem

PEOPLE = "id,name,email\n1,山田 太郎,taro@mail.example\n2,髙橋 花子,hanako@mail.example\n"
LEAK = "mail,password\ntaro@mail.example,x\n"


def investigate(shop, incident, leak: Path, people: Path) -> None:
    """Do what one does: find out who was affected, and take it over."""
    found = scope.scan([leak], people)
    take_scan(incident=incident, by=shop.manager, result=found, contacts=scope.contacts(people))


def bomb() -> bytes:
    """Return a small zip that unpacks to 512 MiB of blanks."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.csv", "w") as file,
    ):
        for _ in range(512):
            file.write(b" " * (1 << 20))
    return packed.getvalue()


BAD = {
    "a dump that is none": ("dump.sql", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, PEOPLE, "dump.sql"),
    "an empty file": ("leak.csv", b"", PEOPLE, "leak.csv"),
    "a bomb": ("leak.zip", bomb, PEOPLE, "leak.zip"),
    "a broken archive": ("leak.zip", b"PK\x03\x04 this is no archive", PEOPLE, "leak.zip"),
    "a list without a usable column": ("leak.csv", LEAK.encode(), "色,味\n赤,甘い\n", "people.csv"),
    "a list of nobody": ("leak.csv", LEAK.encode(), "id,name,email\n", "people.csv"),
    "an empty list": ("leak.csv", LEAK.encode(), "", "people.csv"),
    "two people with one id": ("leak.csv", LEAK.encode(), PEOPLE + "1,別の人,other@mail.example\n", "people.csv"),
    "a person without an id": ("leak.csv", LEAK.encode(), PEOPLE + ",別の人,other@mail.example\n", "people.csv"),
}


@pytest.mark.parametrize("what", BAD)
def test_it_is_one_sentence_that_names_the_file_and_nothing_is_written(shop_case, tmp_path: Path, what: str):
    name, content, listed, named = BAD[what]
    leak, people = tmp_path / name, tmp_path / "people.csv"
    leak.write_bytes(content() if callable(content) else content)
    people.write_text(listed, encoding="utf-8")
    incident = shop_case.incident()
    before = Entry.objects.count()
    files = sorted(settings.HOME.path.rglob("*"))
    with pytest.raises(Problem) as caught:
        investigate(shop_case, incident, leak, people)
    for lang in ("ja", "en"):
        said = caught.value.say(lang)
        assert named in said
        assert "\n" not in said
        assert "Traceback" not in said
    assert len(caught.value.texts["ja"]) > 15
    assert not Scan.objects.exists()
    assert not Person.objects.exists()
    assert not Exposure.objects.exists()
    assert FactSheet.objects.filter(incident=incident).count() == 1
    assert Entry.objects.count() == before
    assert sorted(settings.HOME.path.rglob("*")) == files


def test_a_broken_encoding_is_told_with_its_line_and_the_rest_is_taken(shop_case, tmp_path: Path):
    leak, people = tmp_path / "leak.csv", tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    leak.write_bytes("mail,氏名\ntaro@mail.example,山田 太郎\n".encode() + b"x@mail.example,\xff\xfe\x80\n")
    incident = shop_case.incident()
    investigate(shop_case, incident, leak, people)
    scan = Scan.objects.get()
    assert scan.people.count() == 1
    assert [entry["place"] for entry in scan.summary["unread"]] == ["leak.csv:3"]
    assert payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())["unread"] == 1


def test_a_line_without_end_is_told_and_nothing_is_written(shop_case, tmp_path: Path):
    leak, people = tmp_path / "leak.csv", tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    with leak.open("wb") as file:
        file.write(b"mail,")
        for _ in range(40):
            file.write(b"x" * (1 << 20))
    incident = shop_case.incident()
    with pytest.raises(Problem, match=r"leak\.csv"):
        investigate(shop_case, incident, leak, people)
    assert not Scan.objects.exists()


def test_a_file_that_is_gone_is_told_by_both_ways_in(shop_case, tmp_path: Path):
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    incident = shop_case.incident()
    with pytest.raises(Problem, match=r"gone\.sql"):
        add_evidence(incident=incident, by=shop_case.manager, kind="leak", path=tmp_path / "gone.sql")
    with pytest.raises(Problem, match=r"gone\.sql"):
        investigate(shop_case, incident, tmp_path / "gone.sql", tmp_path / "people.csv")


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"known_on": "2099-01-01"}, "known_on"),
        ({"occurred": {"start": "2026-02-01", "end": "2026-01-01"}}, "occurred"),
    ],
)
def test_a_future_date_and_an_end_before_a_start_change_nothing(shop_case, facts: dict, place: str):
    incident = shop_case.incident()
    with pytest.raises(Problem) as caught:
        state_facts(incident=incident, by=shop_case.manager, facts=facts, reason="")
    assert caught.value.place == place
    assert FactSheet.objects.filter(incident=incident).count() == 1
