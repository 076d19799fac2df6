"""The assessment in plain words."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from madoguchi.law import Facts, assess, read, words
from madoguchi.problem import LANGS


def test_the_answer_comes_first(make: Callable[..., Facts]) -> None:
    lines = assess(make(as_of=dt.date(2026, 11, 25))).say("ja").splitlines()
    assert lines[:2] == ["■ 報告が必要か", "報告が必要です。（規則7条の2・3・4号に当たります）"]


def test_dates_are_in_both_calendars_with_their_weekday(make: Callable[..., Facts]) -> None:
    text = assess(make(as_of=dt.date(2026, 11, 25))).say("ja")
    assert "期限 2027年1月19日（火）（令和9年1月19日）" in text
    assert (
        "目安は、知った日から3〜5日で、2026年11月25日（水）（令和8年11月25日）までです。3日目より前でもかまいません。"
        in text
    )


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
    assert "速報 → 金融庁長官：必要" in text
    assert "速報 → 個人情報保護委員会：必要" in text
    assert text.count("60日目は2027年1月19日（火）です。") == 1


def on(day: str) -> dict[str, dt.date]:
    return {"as_of": dt.date.fromisoformat(day)}


def test_what_has_passed_is_said_first_a_guideline_apart_from_a_limit(make: Callable[..., Facts]) -> None:
    lines = assess(make(**on("2027-01-20"))).say("ja").splitlines()
    assert lines[:5] == [
        "■ はじめに",
        "速報の目安の日（2026年11月25日（水））と確報の期限（2027年1月19日（火））を過ぎています。",
        "目安の日は法律で決まった期限ではありませんが、速やかに行うことは法律で求められています。",
        "まだ報告していない場合は、今すぐ報告してください。遅れた理由も記録しておきましょう。",
        "",
    ]
    assert "    期限は2027年1月19日（火）（令和9年1月19日）でした。" in lines


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["the guideline's last day for the prompt report (Wednesday, 25 November 2026)", "not a legal limit", "If it has not been reported yet, report it now"]),
        ("ja-easy", ["めやすの日（ひ）（2026年11月25日（水曜日））", "まだ報告（ほうこく）していないときは"]),
    ],
)  # fmt: skip
def test_what_has_passed_is_said_in_every_language(make: Callable[..., Facts], lang: Any, said: list[str]) -> None:
    text = assess(make(**on("2026-11-26"))).say(lang)
    first = text.split("\n\n")[0]
    assert all(part in first for part in said)


def test_what_passed_is_said_once_for_two_destinations_and_two_laws(make: Callable[..., Facts]) -> None:
    two = {"items": ["my_number"], "my_number": True, "sector": "finance", "people_kinds": ["customers", "employees"]}
    first = assess(make(**two, **on("2027-01-20"))).say("ja").split("\n\n")[0]
    assert first.count("速報の目安の日") == 1
    assert first.count("確報の期限") == 1


def test_nothing_is_called_late_where_the_duty_is_open_or_none(make: Callable[..., Facts]) -> None:
    for changed in ({"encryption": "unknown"}, {"encryption": "strong_key_safe"}):
        text = assess(make(**changed, **on("2027-01-20"))).say("ja")
        assert text.startswith("■ 報告が必要か")


def test_an_entrustee_is_told_to_tell_the_entruster(make: Callable[..., Facts]) -> None:
    first = assess(make(role="entrustee", **on("2027-01-20"))).say("ja").split("\n\n")[0]
    assert "（2026年11月25日（水））、確報の期限（2027年1月19日（火））と委託元への通知の目安の日" in first
    assert "まだ委託元へ知らせていない場合" in first


def test_where_to_report_stands_once_with_its_day(make: Callable[..., Facts]) -> None:
    for lang in LANGS:
        text = assess(make()).say(lang)
        assert text.count("https://www.ppc.go.jp/personalinfo/legal/leakAction/") == 1
        assert text.count("03-6457-9849") == 1
    assert "2026年11月21日（土）時点の情報です。" in assess(make()).say("ja")


def test_where_to_ask_stands_once_for_two_authorities(make: Callable[..., Facts]) -> None:
    text = assess(make(sector="finance", people_kinds=["customers", "employees"])).say("en")
    assert text.count("03-6457-9849") == 1
    assert text.count("As of Saturday, 21 November 2026.") == 1
    assert "leakAction" in text
    assert "kengenInin" in text


def test_a_destination_that_is_not_confirmed_sends_to_the_list(make: Callable[..., Facts]) -> None:
    text = assess(make(sector="medical")).say("ja")
    assert text.count("厚生労働省所管の業種の報告先は未確認です。") == 1
    assert "legal/kengenInin/" in text
    assert "leakAction" not in text


def test_a_reason_that_rules_out_several_situations_is_said_once(make: Callable[..., Facts]) -> None:
    text = assess(make(data_state="being_acquired", passed_threshold_on=None, persons={"upper": 9})).say("ja")
    assert text.count("まだ個人データになっていない情報です") == 1
    assert "（規則7条1号・規則7条2号・規則7条4号）" in text


def test_what_is_not_known_yet_is_said_in_one_breath(make: Callable[..., Facts]) -> None:
    text = assess(make(items=["name"], unlawful_purpose="unknown", persons=None, passed_threshold_on=None)).say("ja")
    assert "本人の数が1,000人を超えていれば、報告の対象です。何人かは、まだ分かっていません" in text
    assert "もしそうであれば" not in text
    assert "下の「分かると答えが変わること」を確かめてください。" in text


def test_an_open_exception_stands_once_and_is_pointed_to(make: Callable[..., Facts]) -> None:
    text = assess(make(encryption="unknown")).say("ja")
    assert text.count("確かめられれば、報告の対象から外れます") == 1
    assert text.count("ただし、例外に当たる場合を除きます。") >= 3


def test_the_law_is_named_with_the_day_it_was_read(make: Callable[..., Facts]) -> None:
    assert "- 2026年12月1日（火）時点の個人情報保護法\n" in assess(make()).say("ja")


def test_a_count_that_comes_out_the_same_under_another_law_is_not_told_again(make: Callable[..., Facts]) -> None:
    text = assess(make(items=["my_number"], my_number=True)).say("ja")
    assert "個人情報保護法の速報と同じ数え方で、2026年11月25日（水）です。" in text


def test_a_country_is_named_in_words(make: Callable[..., Facts]) -> None:
    assert "本人に韓国に住む人がいるので" in assess(make(people_in=["JP", "KR"])).say("ja")


def test_what_was_assumed_begins_with_what_could_change_the_answer() -> None:
    text = "known_on: 2026-11-21\nevents: [leak]\nitems: [card_number]\n"
    part = assess(read(text, today=dt.date(2026, 11, 22))).say("ja").split("■ 書かれていなかったので")[1].split("■")[0]
    lines = part.strip().splitlines()[1:]
    assert lines[0] == "- 不正の目的（unlawful_purpose）：分からない"
    assert lines[-1].startswith("- そのほかは、通常の場合として考えました：実際に起きた、")
    assert len(lines) <= 7
    assert "本人は日本に住んでいる" in lines[-1]


def test_a_derived_fact_that_is_not_usual_has_its_own_line() -> None:
    text = "known_on: 2026-11-21\nevents: [leak]\nitems: [my_number]\nunlawful_purpose: suspected\n"
    said = assess(read(text, today=dt.date(2026, 11, 22))).say("ja")
    assert "- マイナンバー（my_number）：はい" in said
    assert "マイナンバーは含まれていない" not in said
