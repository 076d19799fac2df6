"""Dates in every writing."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import datafile, dates, eras, numbers

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "dates.yaml").read_bytes())
DAYS = st.dates(date(1868, 1, 25), date(2100, 12, 31))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FULL_DATE = re.compile(
    r"(?:[0-9０-９]{4}|令和[0-9０-９]{1,2})年[0-9０-９]{1,2}月[0-9０-９]{1,2}日(?:（[月火水木金土日]）)?"
)


@pytest.mark.parametrize(("written", "day"), CASES["read"].items())
def test_a_date_is_read_as_it_is_written(written: str, day: date | None):
    assert dates.parse(written) == day


@pytest.mark.parametrize("case", CASES["say"])
def test_a_day_is_said_in_three_languages(case: dict):
    for lang in ("ja", "en", "ja-easy"):
        assert dates.say(case["day"], lang) == case[lang]
    assert eras.to_era(case["day"]) == case["era"]


@given(DAYS)
def test_a_day_in_its_era_is_read_back(day: date):
    assert dates.parse(eras.to_era(day)) == day


@given(DAYS)
def test_every_writing_of_a_day_is_that_day(day: date):
    y, m, d = day.year, day.month, day.day
    era = next(e for e in eras.ERAS if day >= e.first)
    n = y - era.first.year + 1
    kanji = f"{era.name}{numbers.kanji(n)}年{numbers.kanji(m)}月{numbers.kanji(d)}日"
    writings = [
        f"{y}-{m:02}-{d:02}",
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日".translate(WIDE),
        f"{era.letter}{n}.{m}.{d}",
        f"{era.letter.lower()}{n:02}/{m:02}/{d:02}",
        f"{era.name[0]}{n}.{m}.{d}",
        kanji,
        f"{era.name}{n}年（{y}年）{m}月{d}日",
        *(dates.say(day, lang) for lang in ("ja", "en", "ja-easy")),
    ]
    if n < 100:
        writings.append(f"{era.letter}{n:02}{m:02}{d:02}")
    assert {w: dates.parse(w) for w in writings} == dict.fromkeys(writings, day)


@given(st.text(st.sampled_from("0123456789０９年月日元令和昭平成SHRTM./-年（）() T:Z+"), max_size=30))
def test_whatever_is_written_is_a_day_or_nothing(s: str):
    assert dates.parse(s) is None or isinstance(dates.parse(s), date)


@given(st.text(max_size=100))
def test_any_text_is_a_day_or_nothing(s: str):
    assert dates.parse(s) is None or isinstance(dates.parse(s), date)


def test_say_names_the_right_weekday_all_week():
    said = [dates.say(date(2026, 11, 16) + timedelta(n), "ja")[-2] for n in range(7)]
    assert said == list("月火水木金土日")


def test_the_full_dates_of_real_notices_are_read(shared: Path):
    with (shared / "data" / "notices" / "date_phrases.tsv").open(encoding="utf-8", newline="") as file:
        phrases = [row for row in csv.DictReader(file, delimiter="\t") if row["iso"]]
    alone = [(found[0], row["iso"]) for row in phrases if len(found := FULL_DATE.findall(row["phrase"])) == 1]
    assert len(alone) >= 20
    wrong = [(written, iso) for written, iso in alone if str(dates.parse(written)) != iso]
    assert wrong == []
