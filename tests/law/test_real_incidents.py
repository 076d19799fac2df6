"""Incidents of 2026 as public lists note them: every one gets an answer that a reader of the law would expect."""

import csv
import datetime as dt
from pathlib import Path

from madoguchi import catalogue
from madoguchi.law import Facts, assess

NAMES = {"email_address": "email", "phone_number": "phone", "date_of_birth": "birth_date", "gender": "sex", "member_number": "member_id", "credit_card_number": "card_number"}  # fmt: skip
ATTACKS = {"unauthorized_access", "vulnerability_exploitation", "ransomware", "account_abuse"}


def test_every_incident_of_an_attack_is_reportable_with_sixty_days(shared: Path) -> None:
    table = (shared / "data/notices/japan_cyber_incidents_2026_subset.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t"))
    tried = 0
    for row in rows:
        exposed = [NAMES.get(item, item) for item in row["data_exposed"].split(",")]
        items = [item for item in exposed if item in catalogue.items()]
        attack = bool(ATTACKS & set(row["types"].split(",")))
        if not (items and row["detected_at"]):
            continue
        known_on = dt.date.fromisoformat(row["detected_at"])
        persons = (
            {"upper": int(row["affected_users"] or row["records"])} if row["affected_users"] or row["records"] else None
        )
        certainty = "suspected" if "potential_data_breach" in row["types"] else "occurred"
        purpose = "suspected" if attack else "unknown"
        facts = Facts(
            known_on=known_on,
            as_of=known_on,
            events=["leak"],
            items=items,
            persons=persons,
            unlawful_purpose=purpose,
            certainty=certainty,
        )  # type: ignore[arg-type]
        found = assess(facts)
        final = next(d.due for d in found.duties if d.id == "final_report")
        if attack:
            assert "3" in found.situations, row["id"]
            assert final is not None
            assert known_on + dt.timedelta(days=59) <= final <= known_on + dt.timedelta(days=70)
        assert found.reportable == "yes" or (purpose == "unknown" and found.needs), row["id"]
        tried += 1
    assert tried >= 10
