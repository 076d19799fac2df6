"""One sentence for each matter, and whether it is all that there is to say."""

from typing import Any

import pytest

from madoguchi.letters.account import Account
from madoguchi.letters.public import PublicFacts
from madoguchi.problem import LANGS, Lang
from madoguchi.text import datafile


def account(lang: Lang = "ja", **values: Any) -> Account:
    return Account(datafile.check(PublicFacts, {"date": "2026-11-25", "company": "みほん"} | values), lang)


@pytest.mark.parametrize("matter", ["occurred", "discovered", "persons", "items", "cause", "secondary"])
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_known_says_so_and_what_is_looked_into_says_that(matter: str, lang: Lang) -> None:
    unknown = getattr(account(lang), matter)()
    looked_into = getattr(account(lang, investigating=["1", "2", "3", "4", "5"]), matter)()
    assert unknown.state == looked_into.state == "unknown_yet"
    assert unknown.text != looked_into.text


@pytest.mark.parametrize("matter", ["group", "with_card", "not_affected", "compensation"])
def test_what_nobody_needs_to_know_is_left_out(matter: str) -> None:
    assert getattr(account(), matter)() is None


@pytest.mark.parametrize(
    ("period", "state"),
    [("2026-11-01", "answered"), ({"start": "2026-11-01"}, "partly"), ({"end": "2026-11-01"}, "partly")],
)
def test_a_period_with_an_open_end_is_told_in_part(period: Any, state: str) -> None:
    assert account(occurred=period).occurred().state == state


@pytest.mark.parametrize(
    ("persons", "text", "state"),
    [
        ({"confirmed": 3}, "3名", "answered"),
        ({"confirmed": 3, "upper": 3}, "3名", "answered"),
        ({"upper": 1000}, "最大1,000名", "partly"),
        ({"confirmed": 0, "upper": 7}, "最大7名", "partly"),
    ],
)
def test_the_number_of_people(persons: dict[str, int], text: str, state: str) -> None:
    assert account(persons=persons).persons() == (text, state)


def test_a_cause_of_another_kind_without_words_is_not_known() -> None:
    assert account(cause="other").cause().state == "unknown_yet"
    assert account(cause="other", cause_text="不明な機器です。").cause() == ("不明な機器です。", "answered")


def test_a_statement_of_which_everything_is_known_promises_no_other() -> None:
    whole = {
        "occurred": "2026-11-01",
        "discovered": "2026-11-02",
        "persons": {"confirmed": 5},
        "items": ["name"],
        "cause": "loss",
        "secondary_harm": "none_seen",
    }
    assert not account(**whole).something_is_open()
    for key in whole:
        assert account(**{**whole, key: None}).something_is_open(), key


def test_the_desk_lists_only_what_there_is() -> None:
    assert account(desk={"phone": "0120-000-000", "form": "https://mihon.example/f"}).desk() == (
        ("電話", "0120-000-000"),
        ("問い合わせフォーム", "https://mihon.example/f"),
    )
