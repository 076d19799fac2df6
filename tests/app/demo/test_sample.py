"""The sample shop: made up, always the same, and true to what it says about itself."""

import csv
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from madoguchi.app.demo.sample import INTRUDER, Sample, make
from madoguchi.app.demo.sample.people import TEST_RANGES, make_people
from madoguchi.text import digits, phones

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make(tmp_path_factory.mktemp("sample"), now=NOW)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shop_has_two_thousand_customers_with_a_number_each(sample: Sample) -> None:
    people = rows(sample.people)
    assert len(people) == 2000
    assert len({person["会員番号"] for person in people}) == 2000


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (make(tmp_path / name, now=NOW, customers=60) for name in ("one", "two"))
    for first in sorted((tmp_path / "one").iterdir()):
        assert sha256(first.read_bytes()).digest() == sha256((tmp_path / "two" / first.name).read_bytes()).digest()
    assert one.in_dump == two.in_dump


def test_another_seed_gives_other_people() -> None:
    assert make_people(20, seed=1) != make_people(20, seed=2)


def test_every_mail_address_lives_under_a_name_that_cannot_exist(sample: Sample) -> None:
    assert all(person["メールアドレス"].endswith(".example") for person in rows(sample.people))


def test_every_card_is_a_valid_number_of_a_published_test_range() -> None:
    for person in make_people(50, seed=3):
        assert digits.luhn(person.card_number)
        assert person.card_number.startswith(TEST_RANGES)


def test_phones_are_written_as_people_write_them(sample: Sample) -> None:
    assert all(phones.canonical(person["電話番号"]) for person in rows(sample.people))


def test_some_households_share_a_phone_and_an_address(sample: Sample) -> None:
    people = rows(sample.people)
    shared = len(people) - len({(p["電話番号"], p["住所"]) for p in people})
    assert 50 < shared < 400


def test_the_dump_is_cp932_with_wide_digits_and_half_width_kana(sample: Sample) -> None:
    text = sample.dump.read_bytes().decode("cp932")
    assert "INSERT INTO `dtb_customer`" in text
    assert re.search("[０-９]+丁目", text)
    assert re.search("[ｱ-ﾝ]{2,} [ｱ-ﾝ]{2,}", text)


def test_the_dump_holds_those_it_says_and_not_the_newest(sample: Sample) -> None:
    found = set(re.findall(r"'(M\d{6})'", sample.dump.read_bytes().decode("cp932")))
    assert found == sample.in_dump
    assert {p["会員番号"] for p in rows(sample.people)} - found != set()


def test_the_access_log_shows_one_fetch_of_the_backup_by_the_intruder(sample: Sample) -> None:
    fetched = [line for line in sample.access_log.read_text().splitlines() if INTRUDER in line and '" 200 ' in line]
    assert len(fetched) == 1
    assert "shop_backup.sql" in fetched[0]


def test_within_reach_are_members_who_were_on_the_altered_page_in_the_window(sample: Sample) -> None:
    members = {p["会員番号"] for p in rows(sample.people)}
    assert sample.within_reach
    assert sample.within_reach < members
    assert sample.strangers_within_reach > 0
