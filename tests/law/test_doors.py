"""Who can help next; the situations are in cases/doors/situations.yaml."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import catalogue
from madoguchi.law import bodies, windows
from madoguchi.law.doors import Door, Situation, doors, entries
from madoguchi.law.situation import Verdicts, points
from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "doors" / "situations.yaml").read_bytes())
DAY = date(2026, 12, 1)
days = st.none() | st.dates(date(2026, 9, 1), DAY)
situations = st.builds(
    Situation,
    as_of=st.just(DAY),
    company_known=st.booleans(),
    consumer=st.booleans(),
    items=st.lists(st.sampled_from(sorted(catalogue.items())), max_size=3).map(tuple),
    harm=st.frozensets(
        st.sampled_from(["money_lost", "card_misused", "threatened", "phishing_received", "spam_received"])
    ),
    inquiry_sent_on=days,
    replied_on=days,
    verdicts=st.builds(Verdicts, refused=st.integers(0, 2), answered=st.integers(0, 3)),
    follow_up_sent_on=days,
    complaint_sent_on=days,
    disputed=st.booleans(),
    certified_body=st.none() | st.just("{0.__class__}協会"),
)


def found(situation: dict[str, Any], lang: Any = "ja") -> list[Door]:
    return doors(datafile.check(Situation, {"as_of": DAY} | situation), lang)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    shown = found(case["situation"])
    keys = [door.key for door in shown]
    assert keys[0] == case.get("first", keys[0])
    assert case.get("says", "") in shown[0].why
    assert set(case.get("open", [])) <= set(keys)
    assert not set(case.get("hidden", [])) & set(keys)
    for key, words in case.get("not_said_of", {}).items():
        assert words not in next(door.why for door in shown if door.key == key)


def test_every_door_is_open_in_some_case_and_hidden_in_another() -> None:
    shown = [{door.key for door in found(case["situation"])} for case in CASES]
    for entry in entries():
        assert any(entry.body in keys for keys in shown), entry.body
        assert entry.body == "ppc" or any(entry.body not in keys for keys in shown), entry.body


def test_every_condition_is_a_point_that_a_situation_can_have() -> None:
    full = {
        "as_of": DAY, "company_abroad": True, "items": ["card_number", "bank_account", "my_number"], "certified_body": "甲",
        "harm": ["money_lost", "card_misused", "account_misused", "name_misused", "threatened", "exposed_online",
                 "phishing_received", "spam_received", "device_infected"],
        "inquiry_sent_on": date(2026, 10, 1), "replied_on": date(2026, 10, 5), "verdicts": {"refused": 1},
    }  # fmt: skip
    again = {"follow_up_sent_on": date(2026, 10, 4), "complaint_sent_on": date(2026, 11, 1), "disputed": True}
    waiting = {"as_of": DAY, "inquiry_sent_on": DAY}
    known = points(datafile.check(Situation, full | again)) | points(datafile.check(Situation, waiting))
    known |= points(datafile.check(Situation, {"as_of": DAY, "inquiry_sent_on": date(2026, 10, 1)}))
    for door in entries():
        for entry in door.entries:
            assert entry.when | entry.any | entry.when_not <= known, door.body


@given(situations, st.sampled_from(LANGS))
def test_somebody_can_always_help_and_says_why_in_words(situation: Situation, lang: Any) -> None:
    shown = doors(situation, lang)
    assert shown
    assert len({door.key for door in shown}) == len(shown)
    for door in shown:
        assert door.why
        assert door.powers
        assert door.cannot
        assert door.bring
        assert door.ways
        assert door.citations
        assert "{certified_body}" not in door.why


@given(situations)
def test_all_languages_open_the_same_doors_in_the_same_order(situation: Situation) -> None:
    keys = [[door.key for door in doors(situation, lang)] for lang in LANGS]
    assert keys[0] == keys[1] == keys[2]


@given(situations)
def test_adr_court_and_mediation_stay_hidden_before_a_dispute(situation: Situation) -> None:
    so = points(situation)
    keys = {door.key for door in doors(situation)}
    if "disputed" not in so:
        assert not keys & {"kokusen_adr", "small_claims", "bar_association"}
    if not situation.certified_body:
        assert "certified_body" not in keys


@given(situations)
def test_doors_already_turned_to_come_last(situation: Situation) -> None:
    first = doors(situation)[0].key
    again = doors(situation.model_copy(update={"already": frozenset([first])}))
    assert {door.key for door in again} == {door.key for door in doors(situation)}
    assert again[-1].key == first


def test_a_number_that_no_source_confirms_is_marked() -> None:
    unconfirmed = {key for key, body in bodies.load().items() if not body.confirmed}
    assert unconfirmed == {"bar_association", "credit_bureaus", "ipa", "human_rights", "ccj"}
    for door in found({"harm": ["exposed_online", "phishing_received"]}):
        assert door.reach_confirmed == (door.key not in unconfirmed)
        assert door.reach_confirmed or not door.confirmed


def test_the_commission_has_one_number() -> None:
    (window,) = [w for w in windows.load() if w.id == "window.ppc.questions"]
    assert bodies.load()["ppc"].phone == window.value


def test_what_can_be_kept_comes_before_the_phone() -> None:
    (spam,) = [door for door in found({"harm": ["spam_received"]}) if door.key == "spam_centre"]
    assert [way.channel for way in spam.ways] == ["mail", "phone"]


def test_no_door_promises_an_outcome() -> None:
    for door in entries():
        for text in (door.powers, door.cannot, *(entry.why for entry in door.entries)):
            assert not any(word in text.ja for word in ("勝て", "違法です", "もらえます", "必ず取り戻"))


@pytest.mark.parametrize(
    ("situation", "says"),
    [
        ({"items": ["card_numbr"]}, "card_number"),
        ({"inquiry_sent_on": date(2026, 12, 2)}, "after|lies"),
        ({"complaint_replied_on": date(2026, 11, 2)}, "not sent"),
        ({"harm": ["sad"]}, "money_lost|one of"),
        ({"inqiry_sent_on": date(2026, 11, 2)}, "inquiry_sent_on"),
    ],
)
def test_a_situation_that_cannot_be_is_refused(situation: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem, match=says):
        found(situation)


def test_a_door_to_nobody_is_refused() -> None:
    door = entries()[0].model_dump(by_alias=True) | {"body": "polic_advice"}
    with pytest.raises(Problem, match="police_advice"):
        datafile.check(type(entries()[0]), door)
