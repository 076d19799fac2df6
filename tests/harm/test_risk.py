"""What can happen, by item and combination; the cases are in cases/risks.yaml."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import catalogue
from madoguchi.harm import risks
from madoguchi.harm.risk import RiskFile, check, entries
from madoguchi.problem import LANGS, Problem
from madoguchi.text.datafile import read_model, read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "risks.yaml").read_text(encoding="utf-8"))
KEYS = list(catalogue.items())
COMBINATIONS = {entry.id for entry in entries() if entry.combination}
some_items = st.lists(st.sampled_from(KEYS), min_size=1, max_size=12)


@pytest.mark.parametrize("case", CASES, ids=[case["of"] for case in CASES])
def test_the_risks_fit_what_leaked(case):
    found = risks(case["items"])
    ids = [risk.id for risk in found]
    assert ids[0] == case["first"]
    assert set(case.get("says", [])) <= set(ids)
    assert not set(case.get("not", [])) & set(ids)
    assert not [words for words in case.get("words", []) if words not in found[0].text]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_item_by_itself_has_a_risk(key, lang):
    found = risks([key], lang)
    assert found
    assert all(risk.items == (key,) and risk.text for risk in found)


@pytest.mark.parametrize("combination", catalogue.combinations(), ids=lambda c: c.id)
def test_every_combination_of_the_law_comes_first_as_one(combination):
    first = risks(combination.items)[0]
    assert set(first.items) == set(combination.items)
    assert first.id in COMBINATIONS


@pytest.mark.parametrize("entry", [entry for entry in entries() if entry.combination], ids=lambda entry: entry.id)
def test_a_combination_stands_instead_of_its_parts(entry):
    for keys in entry.of:
        found = risks(keys)
        assert found[0].id in {entry.id, *(other.id for other in entries() if entry.id in other.replaces)}
        assert set(found[0].items) == set(keys)
        parts = {risk.id for risk in found} - COMBINATIONS
        assert not parts & set(entry.replaces)


@given(some_items)
def test_every_item_is_spoken_of_and_none_that_did_not_leak(items):
    found = risks(items)
    assert {item for risk in found for item in risk.items} == set(items)
    assert len({risk.id for risk in found}) == len(found)


@given(some_items)
def test_combinations_come_before_single_items(items):
    single = [risk.id not in COMBINATIONS for risk in risks(items)]
    assert single == sorted(single)


@given(some_items)
def test_a_combination_is_said_only_of_items_that_make_it_up(items):
    sets = {entry.id: entry.of for entry in entries() if entry.combination}
    assert not [r for r in risks(items) if r.id in sets and not any(keys <= set(r.items) for keys in sets[r.id])]


@given(some_items, st.randoms())
def test_the_order_in_which_items_are_named_does_not_matter(items, random):
    mixed = [*items, items[0]]
    random.shuffle(mixed)
    assert risks(mixed) == risks(items)


@given(some_items, st.sampled_from(LANGS))
def test_all_languages_say_the_same_risks(items, lang):
    assert [(risk.id, risk.items) for risk in risks(items, lang)] == [(risk.id, risk.items) for risk in risks(items)]


def test_a_part_is_still_said_for_what_no_combination_has_spoken_of():
    found = {risk.id: risk.items for risk in risks(["login_id", "password", "member_id", "order_id"])}
    assert found["number_alone"] == ("order_id",)


def test_nothing_leaked_can_lead_to_nothing():
    assert risks([]) == []


def test_an_unknown_item_names_the_nearest():
    with pytest.raises(Problem, match="'email'"):
        risks(["e-mail"])


def test_everything_leaked_is_still_a_list_one_can_read():
    assert len(risks(KEYS)) <= 28


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_a_risk_is_calm_and_short(entry):
    fear = "危険|必ず|大変|直ちに|至急|悲惨|[!！]|danger|certainly|urgent|immediately|terrible|!"
    for lang in LANGS:
        assert not re.search(fear, entry.text.say(lang)), entry.text.say(lang)
    assert len(entry.text.ja) <= 160
    assert len(entry.text.en) <= 320
    assert entry.text.ja.endswith("。")


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_a_risk_says_what_can_happen_and_not_that_it_will(entry):
    assert re.search("ことがあります|おそれ|なります|異なります", entry.text.ja)
    assert re.search(r"\b(can|may|might|could|depends)\b", entry.text.en)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)
def test_every_kanji_of_an_easy_risk_has_its_reading(entry):
    for kanji in re.finditer(r"[々一-龥]+[ぁ-ん]{0,3}(?P<next>.)", entry.text.ja_easy):
        assert "（" in kanji[0], kanji[0]


def test_what_our_sources_do_not_say_of_a_pair_is_marked():
    assert not risks(["bank_account", "bank_pin"])[0].confirmed
    assert not risks(["email", "password_hash"])[0].confirmed
    assert risks(["email", "password"])[0].confirmed


ONE = "{id: a, order: 1, of: [[name]], text: {ja: 文。, en: t, ja-easy: 文（ぶん）}"


def test_an_unknown_field_is_refused_with_the_nearest():
    with pytest.raises(Problem, match="replaces"):
        read_model(RiskFile, f"risks: [{ONE}, replace: [b]}}]")


@pytest.mark.parametrize("text", [f"{ONE}, replaces: [b]}}", f"{ONE}, replaces: [a]}}", f"{ONE}}}, {ONE}}}"])
def test_a_risk_that_names_what_does_not_exist_is_refused_with_its_file(text):
    found = [("x.yaml", entry) for entry in read_model(RiskFile, f"risks: [{text}]").risks]
    with pytest.raises(Problem) as caught:
        check(found)
    assert caught.value.file == "x.yaml"
