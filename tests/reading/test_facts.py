"""The shape of the contract's answer."""

from datetime import date

from madoguchi.reading.facts import Announcement, Count, Day, Measure, Period, Said, Window
from madoguchi.reading.flat import Span

HERE = Span(0, 2)


def test_what_is_absent_is_null_or_an_empty_list() -> None:
    assert Announcement().facts() == {
        "organisation": None, "published": None, "dates": [], "period": [], "persons": [], "affected_group": [],
        "items": [], "not_leaked": [], "cause": None, "secondary_harm": None, "company_measures": [],
        "delay_reason": None, "windows": [],
    }  # fmt: skip


def test_every_fact_has_the_keys_of_the_contract() -> None:
    full = Announcement(
        organisation=Said("株式会社みほん", HERE),
        published=Said("2026-10-05", HERE),
        dates=[
            Day("occurred", date(2026, 8, 1), date(2026, 8, 10), "part_of_month", HERE),
            Day("reported", None, None, "day", HERE),
        ],
        period=[Period(date(2026, 8, 1), None, "閲覧可能な期間", HERE)],
        persons=[Count(948498, "person", "max", "email", HERE)],
        affected_group=[Said("会員", HERE)],
        items=[Said("password_hash", HERE)],
        not_leaked=[Said("card_number", HERE)],
        cause=Said("vulnerability", HERE),
        secondary_harm=Said("none_seen", HERE),
        company_measures=[Measure("停止しました。", True, HERE)],
        delay_reason=Said("混乱を招くため", HERE),
        windows=[Window("phone", "0120-000-000", "窓口", None, HERE)],
        covers={"overview": "stated"},
    )
    answer = full.answer()
    assert answer["kind"] == "announcement"
    assert answer["covers"] == {"overview": "stated"}
    facts = answer["facts"]
    assert facts["organisation"] == {"value": "株式会社みほん", "span": [0, 2]}
    assert facts["dates"][0] == {
        "event": "occurred",
        "value": "2026-08-01",
        "to": "2026-08-10",
        "precision": "part_of_month",
        "span": [0, 2],
    }
    assert facts["dates"][1]["value"] is None
    assert facts["period"] == [{"from": "2026-08-01", "to": None, "of": "閲覧可能な期間", "span": [0, 2]}]
    assert facts["persons"] == [{"value": 948498, "unit": "person", "qualifier": "max", "of": "email", "span": [0, 2]}]
    assert facts["affected_group"] == [{"text": "会員", "span": [0, 2]}]
    assert facts["items"] == [{"key": "password_hash", "span": [0, 2]}]
    assert facts["cause"] == {"key": "vulnerability", "span": [0, 2]}
    assert facts["company_measures"] == [{"text": "停止しました。", "done": True, "span": [0, 2]}]
    assert facts["delay_reason"] == {"text": "混乱を招くため", "span": [0, 2]}
    assert facts["windows"] == [
        {"channel": "phone", "value": "0120-000-000", "name": "窓口", "hours": None, "span": [0, 2]}
    ]
