"""Evidence is weighed where it lies: its hash is kept, and not one byte of it."""

import hashlib
import os
from pathlib import Path

import pytest
from django.conf import settings

from madoguchi.app.company.models import Evidence
from madoguchi.app.company.services import add_evidence
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload
from madoguchi.problem import Problem


@pytest.fixture
def incident(shop_case):
    return shop_case.incident()


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "顧客 一覧.sql"
    path.write_bytes(b"INSERT INTO t VALUES ('kono-byte-wa-doko-nimo-nai');\n" * 100_000)
    return path


def test_a_file_is_kept_by_its_hash_size_name_and_place(shop_case, incident, dump: Path):
    evidence = add_evidence(incident=incident, by=shop_case.staff, kind="leak", path=dump)
    assert evidence.sha256 == hashlib.sha256(dump.read_bytes()).hexdigest()
    assert (evidence.size, evidence.name, evidence.place) == (dump.stat().st_size, dump.name, str(dump))
    said = payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())
    assert said == {"kind": "leak", "name": dump.name, "sha256": evidence.sha256, "size": evidence.size}


def test_the_entry_does_not_tell_in_which_folder_it_lies(shop_case, incident, dump: Path):
    add_evidence(incident=incident, by=shop_case.staff, kind="leak", path=dump)
    said = payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())
    assert str(dump.parent) not in str(said)


@pytest.mark.django_db(transaction=True)
def test_the_home_holds_no_byte_of_it(shop_case, incident, dump: Path):
    add_evidence(incident=incident, by=shop_case.staff, kind="leak", path=dump)
    for path in settings.HOME.path.parent.rglob("*"):
        # Not a PostgreSQL server's own files: what it holds is asked of it in words (test_scans).
        if path.is_file() and "pg" not in path.relative_to(settings.HOME.path.parent).parts:
            assert b"kono-byte-wa" not in path.read_bytes(), path
    assert dump.exists()


def test_the_same_bytes_are_not_evidence_twice(shop_case, incident, dump: Path):
    add_evidence(incident=incident, by=shop_case.staff, kind="leak", path=dump)
    twin = dump.with_name("copy.sql")
    twin.write_bytes(dump.read_bytes())
    with pytest.raises(Problem, match=r"copy\.sql: a file with the same content"):
        add_evidence(incident=incident, by=shop_case.staff, kind="leak", path=twin)
    assert Evidence.objects.filter(incident=incident).count() == 1


def test_the_same_bytes_may_be_another_kind_or_of_another_incident(shop_case, incident, dump: Path):
    add_evidence(incident=incident, by=shop_case.staff, kind="leak", path=dump)
    add_evidence(incident=incident, by=shop_case.staff, kind="source", path=dump)
    add_evidence(incident=shop_case.incident(title="別件"), by=shop_case.staff, kind="leak", path=dump)
    assert Evidence.objects.count() == 3


def test_an_empty_file_is_evidence_too(shop_case, incident, tmp_path: Path):
    path = tmp_path / "empty.log"
    path.touch()
    evidence = add_evidence(incident=incident, by=shop_case.staff, kind="source", path=path)
    assert (evidence.size, evidence.sha256) == (0, hashlib.sha256().hexdigest())


@pytest.mark.parametrize("what", ["missing", "folder", "no name"])
def test_what_cannot_be_read_is_one_sentence_and_leaves_nothing(shop_case, incident, tmp_path: Path, what: str):
    path = {"missing": tmp_path / "none.sql", "folder": tmp_path, "no name": Path("a\0b")}[what]
    before = Entry.objects.count()
    with pytest.raises(Problem, match="cannot be read") as caught:
        add_evidence(incident=incident, by=shop_case.manager, kind="leak", path=path)
    assert caught.value.file == path.name
    assert "読み取りの許可" in caught.value.say("ja")
    assert not Evidence.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="names are bytes on Linux alone")
def test_a_name_in_another_encoding_does_not_stop_it(shop_case, incident, tmp_path: Path):
    path = tmp_path / os.fsdecode("名簿.csv".encode("cp932"))
    path.write_bytes(b"a,b\n")
    evidence = add_evidence(incident=incident, by=shop_case.staff, kind="people", path=path)
    evidence.refresh_from_db()
    assert evidence.name.endswith(".csv")


def test_a_long_path_is_kept_whole(shop_case, incident, tmp_path: Path):
    folder = tmp_path.joinpath(*["深" * 60] * 18)
    folder.mkdir(parents=True)
    path = folder / "list.csv"
    path.write_bytes(b"a\n")
    evidence = add_evidence(incident=incident, by=shop_case.staff, kind="people", path=path)
    evidence.refresh_from_db()
    assert evidence.place == str(path)
    assert len(evidence.place) > 1000
