"""The shop's own lists as CSV files."""

import csv
from collections.abc import Sequence
from pathlib import Path

from madoguchi.app.demo.sample.people import Customer


def write_people(path: Path, people: list[Customer]) -> Path:
    """Write the shop's current customer list with Japanese headings, UTF-8 with BOM as spreadsheets like it."""
    rows = [
        {
            "会員番号": person.member_no,
            "氏名": f"{person.family} {person.given}",
            "フリガナ": f"{person.family_kana} {person.given_kana}",
            "メールアドレス": person.email,
            "電話番号": person.phone,
            "郵便番号": f"{person.postal_code[:3]}-{person.postal_code[3:]}",
            "住所": f"{person.prefecture}{person.city}{person.street}{person.building}",
            "生年月日": person.birth_date.isoformat(),
            "会員ランク": "一般" if person.number % 5 else "得意様",
        }
        for person in people
    ]
    return write_rows(path, rows)


def write_rows(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """Write ``rows`` (at least one; all with the same keys) as CSV with a heading line; return ``path``."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
