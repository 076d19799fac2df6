"""The sentences of the room: the same places in three languages, and a word for everything that is named."""

import string

import pytest

from madoguchi.law import Facts, spelling, words
from madoguchi.law.corpus import load
from madoguchi.problem import LANGS


def test_every_place_in_a_sentence_is_the_same_in_three_languages() -> None:
    for key, sentence in words.sentences().items():
        places = {lang: {p[1] for p in string.Formatter().parse(sentence.say(lang)) if p[1]} for lang in LANGS}
        places["en"] -= {"iso"}
        places["ja"] -= {"day"} if key.startswith("change.due") else set()
        places["ja-easy"] -= {"day"} if key.startswith("change.due") else set()
        assert places["ja-easy"] <= places["ja"], key
        assert places["ja"] == places["en"] or key.startswith("working.closed"), key


def test_every_fact_and_every_value_a_need_may_name_has_a_word() -> None:
    for key in Facts.model_fields:
        assert words.fact(key, "ja") != key
        assert not words.facts()[key].name.ja.isascii()
    for found in load():
        for over in {t.over for t in found.thresholds}:
            assert words.value("persons", f"more than {over}", "ja") != f"more than {over}"


def test_a_fact_is_named_in_words_and_by_its_key() -> None:
    assert words.fact("unlawful_purpose", "ja") == "不正の目的（unlawful_purpose）"
    assert words.fact("unlawful_purpose", "en") == "unlawful purpose (unlawful_purpose)"


@pytest.mark.parametrize(
    ("key", "given", "said"),
    [
        ("role", "own", "自社の情報"),
        ("people_kinds", ["customers", "employees"], "顧客・従業員"),
        ("recovered_unread", False, "いいえ"),
        ("persons", None, "分からない"),
        ("people_in", ["JP", "KR", "DE"], "日本・韓国・ドイツ"),
        ("people_in", ["XX"], "XX"),
        ("events", ["leak", "damage"], "漏えい・毀損"),
        ("sector", "medical", "厚生労働省所管の業種（医療・福祉など）"),
    ],
)
def test_a_value_is_said_in_words(key: str, given: object, said: str) -> None:
    assert words.value(key, given, "ja") == said


def test_no_value_is_shown_as_a_raw_key() -> None:
    for fact in Facts.model_fields:
        for value in spelling.choices(fact):
            for lang in LANGS:
                said = words.value(fact, value, lang)
                assert said
                assert lang == "en" or said != value, (fact, value)
    for sector in {a.sector for law in load() for a in law.authorities}:
        assert words.value("sector", sector, "ja") != sector


def test_what_is_taken_without_a_fact_has_a_clause() -> None:
    required = {"known_on", "events", "items", "as_of"}
    days = {"passed_threshold_on", "entruster_told_on", "told_by_entrustee_on"}
    for key in Facts.model_fields.keys() - required - days:
        assert words.facts()[key].usual is not None, key


def test_every_open_point_of_a_rule_has_its_sentence() -> None:
    """A rule that asks for what may be unknown says so in one sentence of its own, not in two put together."""
    may_be_open = {"property_harm", "unlawful", "strong_encryption", "many", "told_in_time", "official_system", "viewable_by_many"}  # fmt: skip
    for law in load():
        for rule in law.rules:
            if rule.because and may_be_open & set(rule.when):
                assert rule.maybe is not None, rule.id
                assert len({rule.maybe.say(lang) for lang in LANGS}) == 3


def test_every_status_and_duty_has_a_word() -> None:
    for status in ("required", "released", "voluntary", "not_required", "review"):
        assert len({words.say(f"status.{status}", lang) for lang in LANGS}) == 3
    for duty in ("prompt_report", "final_report", "notify_person", "notify_entruster"):
        assert words.say(f"duty.{duty}", "ja")
