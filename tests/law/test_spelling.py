"""From what people write to the key."""

import pytest

from madoguchi import catalogue
from madoguchi.law import Facts, spelling, words


@pytest.mark.parametrize(
    ("fact", "word", "value"),
    [
        ("events", "漏えい", "leak"),
        ("events", "漏洩", "leak"),
        ("events", "個人情報の流出", None),
        ("events", "滅失", "loss"),
        ("events", "紛失", None),
        ("events", "改ざん", "damage"),
        ("items", "氏名", "name"),
        ("items", "お名前", "name"),
        ("items", "ﾒｰﾙｱﾄﾞﾚｽ", "email"),
        ("items", "Credit Card Number", "card_number"),
        ("items", "クレジットカード番号全桁", "card_number"),
        ("items", "魚", None),
        ("people_in", "韓国", "KR"),
        ("people_in", "Germany", "DE"),
        ("role", "委託先", "entrustee"),
        ("contactable", "一部", "some"),
        ("sector", "銀行", "finance"),
        ("encryption", "なし", "none"),
    ],
)
def test_a_word_finds_its_value(fact: str, word: str, value: str | None) -> None:
    assert spelling.value(fact, word) == value


def test_every_japanese_and_english_name_finds_its_own_key() -> None:
    for item in catalogue.items().values():
        assert spelling.value("items", item.names.ja) == item.key
        assert spelling.value("items", item.names.en) == item.key
    for fact in Facts.model_fields:
        assert spelling.key(words.facts()[fact].name.ja) == fact
        for one in spelling.choices(fact):
            assert spelling.value(fact, words.value(fact, one, "ja")) == one


@pytest.mark.parametrize(("word", "key"), [("人数", "persons"), ("発覚日", "known_on"), ("件数", None), ("zzz", None)])
def test_a_word_finds_its_fact(word: str, key: str | None) -> None:
    assert spelling.key(word) == key


def test_several_words_in_one_are_told_apart_only_when_each_is_understood() -> None:
    assert spelling.several("items", "氏名、住所と電話番号") == ["name", "address", "phone"]
    assert spelling.several("items", "氏名、魚") == []
    assert spelling.several("events", "漏えい・loss") == ["leak", "loss"]
    assert spelling.several("role", "委託元、委託先") == []


def test_a_word_within_names_finds_the_items_that_hold_it() -> None:
    found = spelling.holding("カード")
    assert "card_number" in found
    assert len(found) <= 5
    assert spelling.holding("魚") == []
    assert spelling.holding("カ") == []


def test_the_choices_are_those_of_the_contract() -> None:
    assert spelling.choices("events") == ["leak", "loss", "damage"]
    assert spelling.choices("people_kinds") == ["customers", "employees", "shareholders", "other"]
    assert spelling.choices("login_opens") == ["payment", "other", "unknown"]
    for fact in ("known_on", "items", "persons", "people_in", "sector", "my_number"):
        assert spelling.choices(fact) == []
