"""The assessment in plain words."""

from collections.abc import Callable
from typing import Any

import pytest

from madoguchi.law import Facts, assess, words
from madoguchi.problem import LANGS


def test_the_answer_comes_first(make: Callable[..., Facts]) -> None:
    lines = assess(make()).say("ja").splitlines()
    assert lines[:2] == ["■ 報告が必要か", "報告が必要です。（規則7条の2・3・4号に当たります）"]


def test_dates_are_in_both_calendars_with_their_weekday(make: Callable[..., Facts]) -> None:
    text = assess(make()).say("ja")
    assert "期限 2027年1月19日（火）（令和9年1月19日）" in text
    assert "2026年11月23日（月）から2026年11月25日（水）（令和8年11月25日）まで（目安）" in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "changed",
    [{}, {"encryption": "unknown"}, {"items": ["name"], "persons": {"upper": 1}, "unlawful_purpose": "ruled_out"}, {"items": ["my_number"], "my_number": True}, {"role": "entrustee"}],
    ids=["yes", "review", "no", "two laws", "entrustee"],
)  # fmt: skip
def test_every_answer_can_be_read_in_every_language(
    make: Callable[..., Facts], lang: Any, changed: dict[str, Any]
) -> None:
    text = assess(make(**changed)).say(lang)
    assert "{" not in text
    assert text.endswith(words.say("advice", lang))
    assert words.say("heading.duties", lang) in text


def test_it_never_says_what_we_never_say(make: Callable[..., Facts]) -> None:
    for lang in LANGS:
        text = assess(make()).say(lang)
        assert not any(word in text for word in ("違法です", "勝てます", "もらえます"))


def test_what_would_settle_it_names_the_fact_and_the_answer(make: Callable[..., Facts]) -> None:
    assert (
        "不正の目的（unlawful_purpose）が「なかったと分かった」なら：確報の期限は2026年12月21日（月）になります。"
        in assess(make()).say("ja")
    )


def test_both_destinations_are_named_and_counted_once(make: Callable[..., Facts]) -> None:
    text = assess(make(sector="finance", people_kinds=["customers", "employees"])).say("ja")
    assert "速報 → 金融庁長官: 必要" in text
    assert "速報 → 個人情報保護委員会: 必要" in text
    assert text.count("60日目は2027年1月19日（火）です。") == 1
