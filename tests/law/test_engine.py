"""The assessment against an independent reading of the law, on every day and on facts of every kind."""

import datetime as dt
from typing import Any

import jpholiday
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.law import Facts, assess
from madoguchi.problem import Problem

FIRST, LAST = dt.date(2022, 4, 1), dt.date(2032, 12, 31)
ONE = dt.timedelta(days=1)
STATUSES = {"required", "released", "voluntary", "not_required", "review"}


def rolled(day: dt.date) -> dt.date:
    while (
        day.weekday() >= 5
        or jpholiday.is_holiday(day)
        or (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}
    ):
        day += ONE
    return day


@pytest.mark.parametrize(("purpose", "last"), [("ruled_out", 29), ("suspected", 59)])
def test_every_day_has_the_last_days_of_an_independent_count(purpose: str, last: int) -> None:
    day = FIRST
    while day <= LAST:
        facts = Facts(known_on=day, as_of=day, events=["leak"], items=["card_number"], unlawful_purpose=purpose)
        duties = {d.id: d for d in assess(facts).duties}
        assert (duties["prompt_report"].due_from, duties["prompt_report"].due) == (day + 2 * ONE, day + 4 * ONE)
        assert duties["final_report"].due == rolled(day + last * ONE), day
        day += ONE


# An independent reading of the digest in plain sets, for facts without an unknown.
SPECIAL = {"medical_history", "health_check", "disability", "crime_victim", "criminal_record", "race", "creed"}
PLAIN = {"name", "email", "address", "birth_date", "purchase_history", "card_last4", "card_expiry", "photo", "income"}
ITEMS = sorted(SPECIAL | PLAIN | {"card_number", "login_id", "password"})


def expected(f: dict[str, Any]) -> list[str]:
    held = f["data_state"] == "held"
    leak = "leak" in f["events"] and not f["recovered_unread"]
    lost = bool({"loss", "damage"} & set(f["events"])) and not f["same_data_kept"]
    if not (leak or lost) or f["pseudonymised"] or f["encryption"] == "strong_key_safe" or f["upper"] < 1:
        return []
    items = set(f["items"])
    pays = f["login_opens"] == "payment" and "password" in items and bool({"login_id", "email"} & items)
    limit = 100 if f["holder"] == "public_body" else 1000
    met = {
        "1": held and bool(items & SPECIAL),
        "2": held and ("card_number" in items or pays),
        "3": f["unlawful_purpose"] == "suspected" and (held or f["known_on"] >= dt.date(2024, 4, 1)),
        "4": held and f["upper"] > limit,
    }
    return [number for number, so in met.items() if so]


SETTLED = st.fixed_dictionaries({
    "known_on": st.dates(FIRST, dt.date(2028, 7, 16)),
    "events": st.lists(st.sampled_from(["leak", "loss", "damage"]), min_size=1, max_size=3, unique=True),
    "certainty": st.sampled_from(["occurred", "suspected"]),
    "data_state": st.sampled_from(["held", "held", "being_acquired"]),
    "items": st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4, unique=True),
    "unlawful_purpose": st.sampled_from(["suspected", "ruled_out"]),
    "encryption": st.sampled_from(["none", "none", "strong_key_exposed", "strong_key_safe"]),
    "recovered_unread": st.booleans(),
    "same_data_kept": st.booleans(),
    "pseudonymised": st.sampled_from([False, False, False, True]),
    "holder": st.sampled_from(["business", "public_body"]),
    "login_opens": st.sampled_from(["payment", "other"]),
    "upper": st.sampled_from([0, 1, 99, 100, 101, 999, 1000, 1001, 3_000_000]),
})  # fmt: skip


@given(SETTLED)
@settings(max_examples=400, deadline=None)
def test_settled_facts_come_out_as_an_independent_reading_says(f: dict[str, Any]) -> None:
    rest = {key: value for key, value in f.items() if key != "upper"}
    facts = Facts(**rest, persons={"confirmed": 0, "upper": f["upper"]}, as_of=f["known_on"])
    found, met = assess(facts), expected(f)
    assert found.situations == met
    assert found.possible_situations == []
    assert found.reportable == ("yes" if met else "no")
    duties = {d.id: d for d in found.duties}
    if met:
        assert [duties[d].status for d in ("prompt_report", "final_report", "notify_person")] == ["required"] * 3
        assert duties["final_report"].due == rolled(f["known_on"] + (59 if "3" in met else 29) * ONE)
    else:
        assert duties["prompt_report"].status == duties["final_report"].status == "voluntary"
        assert duties["notify_person"].status == "not_required"
        assert {d.due for d in duties.values()} == {None}


ANY = st.fixed_dictionaries(
    {
        "known_on": st.dates(dt.date(2003, 1, 1), dt.date(2098, 12, 31)),
        "events": st.lists(st.sampled_from(["leak", "loss", "damage"]), min_size=1, max_size=3),
        "items": st.lists(st.sampled_from([*ITEMS, "password_hash", "my_number", "bank_account", "bank_pin", "member_id"]), min_size=1, max_size=5),
    },
    optional={
        "certainty": st.sampled_from(["occurred", "suspected"]),
        "data_state": st.sampled_from(["held", "being_acquired"]),
        "persons": st.none() | st.fixed_dictionaries({}, optional={"confirmed": st.integers(-1, 2000), "upper": st.integers(-1, 2000)}),
        "unlawful_purpose": st.sampled_from(["suspected", "ruled_out", "unknown"]),
        "encryption": st.sampled_from(["none", "strong_key_safe", "strong_key_exposed", "unknown"]),
        "recovered_unread": st.booleans(),
        "same_data_kept": st.booleans(),
        "pseudonymised": st.booleans(),
        "holder": st.sampled_from(["business", "public_body"]),
        "role": st.sampled_from(["own", "entruster", "entrustee"]),
        "sector": st.sampled_from(["general", "finance", "telecom", "medical", "other"]),
        "people_kinds": st.lists(st.sampled_from(["customers", "employees", "shareholders", "other"]), min_size=1),
        "people_in": st.lists(st.sampled_from(["JP", "US", "NO"]), min_size=1),
        "contactable": st.sampled_from(["yes_all", "some", "none"]),
        "login_opens": st.sampled_from(["payment", "other", "unknown"]),
        "my_number": st.booleans(),
        "passed": st.integers(-1, 40),
        "told": st.integers(-1, 10),
    },
)  # fmt: skip


def made(given_: dict[str, Any]) -> Facts | None:
    try:
        return Facts(**given_)
    except Problem:
        return None  # a contradiction; `test_cases.py` tries each


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_no_facts_crash_and_no_duty_vanishes(f: dict[str, Any]) -> None:
    known = f["known_on"]
    told = {"entrustee": "entruster_told_on", "entruster": "told_by_entrustee_on"}.get(f.get("role", "own"))
    days = {"as_of": known + 45 * ONE}
    if "passed" in f:
        days["passed_threshold_on"] = known + f["passed"] * ONE
    if told and "told" in f:
        days[told] = known + f["told"] * ONE
    facts = made({key: value for key, value in f.items() if key not in {"passed", "told"}} | days)
    if facts is None:
        return
    found = assess(facts)
    appi = [d for d in found.duties if d.law == "APPI"]
    assert {d.id for d in appi} == {"prompt_report", "final_report", "notify_person", "notify_entruster"}
    assert all(d.status in STATUSES and d.to for d in found.duties)
    for lang in ("ja", "en", "ja-easy"):
        answer = found.answer(lang)
        assert answer["trace"]
        assert all(line["because"] and line["citation"] for line in answer["trace"])
        assert found.say(lang)
    for duty in found.duties:
        if duty.status == "required" and duty.id in {"prompt_report", "final_report"}:
            assert duty.due is not None
            assert duty.citations
            assert (duty.due_from or duty.due) <= duty.due
        if duty.status in {"voluntary", "released", "not_required"}:
            assert duty.due is None
    if (
        found.reportable == "review" and not facts.my_number
    ):  # of My Number our sources leave more open than facts can settle
        assert any(need.law == "APPI" for need in found.needs)
