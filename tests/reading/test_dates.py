"""Days of the incident: what happened, on which day, and what is no day of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.reading import dates, sentences
from madoguchi.reading.facts import Said
from madoguchi.reading.flat import Span

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "days.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_a_day_is_read_with_what_happened_on_it(case: dict[str, Any]) -> None:
    day = case["published"]
    published = Said(day.isoformat(), Span(10**6, 10**6 + 1)) if day else None
    found, _ = dates.read(sentences.split(case["text"]), published, published)
    told = {one.event: one.value for one in found if one.span.start < 10**6}
    assert told == case["days"]


def test_a_part_of_a_month_has_its_first_and_its_last_day() -> None:
    found, _ = dates.read(sentences.split("2026年2月下旬、不正アクセスが発生しました。"), None, None)
    assert [(one.value, one.to, one.precision) for one in found] == [
        (date(2026, 2, 21), date(2026, 2, 28), "part_of_month")
    ]


def test_a_stretch_over_midnight_is_a_period_and_begins_on_its_first_day() -> None:
    text = "2026年3月31日22時から翌4月1日4時30分にかけて、不正アクセスが行われました。"
    found, periods = dates.read(sentences.split(text), None, None)
    assert [(one.event, one.value) for one in found] == [("occurred", date(2026, 3, 31))]
    assert [(one.first, one.last) for one in periods] == [(date(2026, 3, 31), date(2026, 4, 1))]


def test_some_time_between_two_months_is_no_day() -> None:
    found, periods = dates.read(
        sentences.split("不正アクセスは、2023年4月以降、2026年3月までの間に発生しました。"), None, None
    )
    assert [(one.event, one.value) for one in found] == [("occurred", None)]
    assert [(one.first, one.last) for one in periods] == [(date(2023, 4, 1), date(2026, 3, 31))]


def test_opening_hours_and_campaigns_are_no_period_of_the_incident() -> None:
    text = "キャンペーンの応募期間は2026年1月20日から2月28日まで、受付は3月1日から3月31日までです。"
    assert dates.read(sentences.split(text), None, None)[1] == []
