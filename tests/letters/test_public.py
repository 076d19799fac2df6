"""What the public is told: facts that can be true, and nobody in them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from madoguchi.letters.public import PublicFacts, check_items
from madoguchi.problem import Problem
from madoguchi.text import datafile

FULL = datafile.read_yaml((Path(__file__).parent / "cases" / "full_statement.yaml").read_bytes())


def facts(**values: Any) -> PublicFacts:
    return datafile.check(PublicFacts, {"date": "2026-11-25", "company": "株式会社みほん商店"} | values)


def test_every_field_can_be_told() -> None:
    full = datafile.check(PublicFacts, FULL)
    unset = set(PublicFacts.model_fields) - full.model_fields_set
    assert unset == {"publication"}


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("summary", "taro@example.jp から連絡がありました。", "mail address"),
        ("summary", "ｔａｒｏ＠example.jp", "mail address"),
        ("delay_reason", "ご連絡先は 090-1234-5678 です。", "mobile number"),
        ("delay_reason", "０８０１２３４５６７８", "mobile number"),
        ("affected_group", "カード 4111 1111 1111 1111 の方", "card number"),
        ("affected_group", "4111-1111-1111-1111", "card number"),
        ("compensation", "番号 123456789018 の方", "My Number"),
    ],
)
def test_a_text_that_names_a_person_is_refused_with_its_place(field: str, text: str, word: str) -> None:
    with pytest.raises(Problem, match=word) as caught:
        facts(**{field: text})
    assert field in caught.value.say("ja")


def test_a_person_is_found_in_each_language_and_in_lists() -> None:
    with pytest.raises(Problem, match=r"course\[1\]"):
        facts(course=[{"text": "a"}, {"text": {"ja": "a", "en": "by taro@example.jp", "ja-easy": "a"}}])


@pytest.mark.parametrize(
    "text",
    [
        "受付番号 2026-11-25-0001",
        "2026年11月25日から2026年12月31日まで",
        "フリーダイヤル 0120-000-000 にお電話ください。",
        "お問い合わせは privacy@mihon.example または info@support.mihon.example まで",
        "最大123,456,789,012件",
        "UTC 20261125123456",
    ],
)
def test_what_names_no_person_may_be_told(text: str) -> None:
    desk = {"email": "privacy@mihon.example", "web": "https://www.mihon.example/"}
    assert facts(summary=text, desk=desk).summary == text


def test_a_desk_at_a_host_that_everybody_uses_lends_it_to_nobody() -> None:
    desk = {"email": "mihon.shop@mail.example"}
    assert facts(summary="mihon.shop@mail.example まで", desk=desk)
    with pytest.raises(Problem, match="mail address"):
        facts(summary="taro@mail.example の方", desk=desk)


@pytest.mark.parametrize("piece", ["a", "1", "a@", "1-", "@a."])
def test_a_very_long_text_is_looked_through(piece: str) -> None:
    assert facts(summary=piece * 100_000).summary


def test_the_desk_may_have_its_own_number_and_address() -> None:
    assert facts(desk={"phone": "090-0000-0000", "email": "a@b.example"}).desk.phone


@pytest.mark.parametrize(
    "days",
    [
        {"discovered": "2026-11-26"},
        {"occurred": {"start": "2026-11-30"}},
        {"previous_date": "2026-11-26"},
        {"course": [{"date": "2026-12-01", "text": "a"}]},
        {"done": [{"date": "2026-12-01", "text": "a"}]},
        {"filings": [{"to": "ppc", "date": "2026-12-01"}]},
        {"occurred": "2026-11-20", "discovered": "2026-11-19"},
    ],
)
def test_days_that_cannot_be_true_are_refused(days: dict[str, Any]) -> None:
    with pytest.raises(Problem):
        facts(**days)


def test_what_is_planned_may_lie_ahead() -> None:
    planned = facts(filings=[{"to": "ppc", "state": "planned", "date": "2026-12-01"}])
    assert planned.filings[0].date == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"items": ["name"], "not_affected": ["name"]}, "not affected"),
        ({"events": []}, "events"),
        ({"people_kinds": []}, "people_kinds"),
        ({"persons": {"confirmed": 5, "upper": 3}}, "upper"),
        ({"number": 0}, "number"),
        ({"certainity": "occurred"}, "certainty"),
    ],
)
def test_facts_that_cannot_be_true_are_refused(wrong: dict[str, Any], right: str) -> None:
    with pytest.raises(Problem, match=right):
        facts(**wrong)


def test_an_item_that_is_none_is_named_with_its_field_and_the_nearest() -> None:
    with pytest.raises(Problem, match="email") as caught:
        check_items(facts(not_affected=["e_mail"]))
    assert "not_affected" in (caught.value.place or "")
