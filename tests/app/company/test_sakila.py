"""A real dump through the same services: Sakila's 599 customers, whose addresses stand in another table."""

import csv
import gzip
from pathlib import Path

import pytest

from madoguchi import scope
from madoguchi.app.company import masks
from madoguchi.app.company.models import Exposure
from madoguchi.app.company.queries import current_facts
from madoguchi.app.company.services import add_evidence, take_scan
from madoguchi.app.company.services.scans import contact_of

STRANGERS = {
    "9000": ("MARY SMYTH", "mary.smyth@example.org", "1 Nowhere Street"),
    "9001": ("JON STEPHEN", "jon@example.org", "2 Nowhere Street"),
}


def table(dump: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of a PostgreSQL dump, read here by hand and not by the room that is tried."""
    with gzip.open(dump, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(f"COPY public.{name} ("):
                columns = line.partition("(")[2].partition(")")[0].split(", ")
                return [
                    dict(zip(columns, row.rstrip("\n").split("\t"), strict=True))
                    for row in iter(lines.__next__, "\\.\n")
                ]
    raise AssertionError(f"{name} is not in the dump")


@pytest.fixture
def dump(shared: Path) -> Path:
    path = shared / "data" / "dumps" / "sakila_pg_copy.sql.gz"
    if not path.exists():
        pytest.skip("the Sakila dump is not in the folder of real data")
    return path


@pytest.fixture
def people(dump: Path, tmp_path: Path) -> Path:
    """Return the company's own list: Sakila's customers with their addresses, and two who are none."""
    homes = {row["address_id"]: row for row in table(dump, "address")}
    path = tmp_path / "customers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "email", "address"])
        for row in table(dump, "customer"):
            name = f"{row['first_name']} {row['last_name']}"
            writer.writerow([row["customer_id"], name, row["email"], homes[row["address_id"]]["address"]])
        for who, told in STRANGERS.items():
            writer.writerow([who, *told])
    return path


def test_every_customer_is_proved_with_name_mail_and_address_and_nobody_else(shop_case, dump: Path, people: Path):
    incident = shop_case.incident(title="Sakila", people_in=["JP"])
    for kind, path in (("leak", dump), ("people", people)):
        add_evidence(incident=incident, by=shop_case.staff, kind=kind, path=path)
    found = scope.scan([dump], people)
    scan = take_scan(incident=incident, by=shop_case.manager, result=found, contacts=scope.contacts(people))
    taken = {contact_of(person).id: person for person in scan.people.all()}
    assert len(taken) == 599
    assert not taken.keys() & STRANGERS.keys()
    must = masks.mask(["name", "email", "address"])
    assert all(person.proved & must == must for person in taken.values())
    assert not any(person.possible or person.population for person in taken.values())
    customers = {row["customer_id"]: row for row in table(dump, "customer")}
    assert taken.keys() == customers.keys()
    for who, person in taken.items():
        assert contact_of(person).email == customers[who]["email"]
    # Every place of proof that has an offset points at what it says.
    material = gzip.decompress(dump.read_bytes())
    for proof in Exposure.objects.filter(person__scan=scan, item="email", offset__isnull=False)[:50]:
        written = material[proof.offset : proof.offset + proof.length].decode()
        assert written.casefold() == contact_of(proof.person).email.casefold()

    known = current_facts(incident)
    assert known.persons == {"confirmed": 599, "upper": 599}
    answer = shop_case.assess(incident).answer
    assert answer["reportable"] == "yes"
    assert "3" in answer["situations"]
    round_ = shop_case.round(incident)
    assert round_.notices.filter(channel="email").count() == 599
