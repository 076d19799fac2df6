"""What to do, by item; the cases are in cases/advice.yaml."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import catalogue
from madoguchi.harm import advice, steps
from madoguchi.problem import LANGS, Problem
from madoguchi.text.datafile import read_model, read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "advice.yaml").read_text(encoding="utf-8"))
KEYS = list(catalogue.items())
ALWAYS = {entry.id for entry in steps.entries() if entry.always}
some_items = st.lists(st.sampled_from(KEYS), min_size=1, max_size=12)


@pytest.mark.parametrize("case", CASES, ids=[case["of"] for case in CASES])
def test_the_steps_fit_what_leaked(case):
    found = [step.id for step in advice(case["items"])]
    assert set(case.get("says", [])) <= set(found)
    assert not set(case.get("not", [])) & set(found)
    assert found[0] == case.get("first", found[0])
    assert [step for step in found if step in case.get("order", [])] == case.get("order", [])


@pytest.mark.parametrize("key", KEYS)
def test_every_item_leads_to_a_step_of_its_own(key):
    own = [step for step in advice([key]) if step.id not in ALWAYS]
    assert own
    assert all(step.items == (key,) for step in own)


@pytest.mark.parametrize("combination", catalogue.combinations(), ids=lambda c: c.id)
def test_every_combination_of_the_law_is_met_tonight(combination):
    assert [step for step in advice(combination.items) if step.when == "tonight" and step.id not in ALWAYS]


def test_nothing_leaked_asks_for_nothing():
    assert advice([]) == []


def test_an_unknown_item_names_the_nearest():
    with pytest.raises(Problem, match="'email'"):
        advice(["e-mail"])


@given(some_items)
def test_tonight_comes_before_the_week_and_the_week_before_the_month(items):
    whens = [step.when for step in advice(items)]
    assert whens == sorted(whens, key=["tonight", "week", "month"].index)


@given(some_items)
def test_a_step_is_said_once_and_only_for_items_that_leaked(items):
    found = advice(items)
    assert len({step.id for step in found}) == len(found)
    assert all(set(step.items) <= set(items) and step.items for step in found)
    assert {item for step in found for item in step.items} == set(items)


@given(some_items, st.randoms())
def test_the_order_in_which_items_are_named_does_not_matter(items, random):
    mixed = [*items, items[0]]
    random.shuffle(mixed)
    assert advice(mixed) == advice(items)


@given(some_items, st.sampled_from(LANGS))
def test_all_languages_say_the_same_steps(items, lang):
    assert [step.id for step in advice(items, lang)] == [step.id for step in advice(items)]


@given(some_items)
def test_the_warning_about_false_messages_and_the_way_to_ask_are_for_everybody(items):
    assert {step.id for step in advice(items)} >= ALWAYS


def test_everything_leaked_is_still_a_list_one_can_read():
    found = advice(KEYS)
    assert len(found) <= 35
    assert sum(step.when == "tonight" for step in found) <= 10


@pytest.mark.parametrize("entry", steps.entries(), ids=lambda entry: entry.id)
def test_a_step_is_calm(entry):
    fear = "危険|恐れがあります！|大変|直ちに|至急|必ず被害|[!！]|danger|urgent|immediately|!"
    for lang in LANGS:
        assert not re.search(fear, entry.text.say(lang)), entry.text.say(lang)


@pytest.mark.parametrize("entry", steps.entries(), ids=lambda entry: entry.id)
def test_a_step_is_short_enough_to_read(entry):
    assert len(entry.text.ja) <= 160
    assert len(entry.text.en) <= 320
    assert entry.text.ja.endswith("。")


@pytest.mark.parametrize("entry", steps.entries(), ids=lambda entry: entry.id)
def test_every_kanji_of_an_easy_step_has_its_reading(entry):
    text = entry.text.ja_easy
    for kanji in re.finditer(r"[々一-龥]+[ぁ-ん]{0,3}(?P<next>.)", text):
        assert "（" in kanji[0], kanji[0]


def test_a_number_that_no_source_confirms_is_marked():
    assert not steps.call("credit_bureaus").confirmed
    assert not steps.call("human_rights").confirmed
    assert not steps.call("ipa").confirmed
    assert steps.call("ppc").phone == "03-6457-9849"
    assert steps.call("consumer_hotline").phone == "188"
    assert steps.call("my_number_dial", "en").confirmed


@pytest.mark.parametrize("key", sorted(steps.calls()))
def test_whoever_is_to_be_called_can_be_reached_and_is_sourced(key):
    for lang in LANGS:
        call = steps.call(key, lang)
        assert call.name
        assert call.phone or call.where
        assert call.citations


def test_the_sixty_days_are_marked_as_unconfirmed():
    step = next(step for step in advice(["card_number"]) if step.id == "card_sixty_days")
    assert not step.confirmed


@pytest.mark.parametrize("day", [date(2026, 8, 1), "2026-08-01"])
@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", "2026年8月1日（土）"), ("en", "Saturday, 1 August 2026"), ("ja-easy", "2026年8月1日（土曜日）")],
)
def test_the_steps_that_look_back_name_the_first_day_when_it_is_known(day, lang, said):
    items = ["card_number", "bank_account", "email", "password"]
    found = {step.id: step.text for step in advice(items, lang, period_start=day)}
    assert {key for key, text in found.items() if said in text} == {"card_statements", "bank_watch", "login_history"}
    assert not [text for text in found.values() if "{" in text]


@given(some_items, st.dates(), st.sampled_from(LANGS))
def test_a_known_first_day_changes_words_only(items, day, lang):
    told, untold = advice(items, lang, day), advice(items, lang)
    assert [(step.id, step.items) for step in told] == [(step.id, step.items) for step in untold]


@pytest.mark.parametrize("day", ["2026-02-30", "8月1日", ""])
def test_a_first_day_that_is_none_is_refused(day):
    with pytest.raises(Problem, match="2026-08-01"):
        advice(["card_number"], period_start=day)


def test_a_step_that_looks_back_without_naming_the_day_is_refused():
    with pytest.raises(Problem, match="first day"):
        read_model(steps.StepFile, f"steps: [{ONE}, always: true, since: {{ja: 日。, en: day, ja-easy: 日（ひ）}}}}]")


ONE = "{id: a, when: week, order: 1, text: {ja: 文。, en: t, ja-easy: 文（ぶん）}"


@pytest.mark.parametrize("extra", ["", ", always: true, of: [[name]]"])
def test_a_step_for_nobody_or_for_both_is_refused(extra):
    with pytest.raises(Problem, match="either"):
        read_model(steps.StepFile, f"steps: [{ONE}{extra}}}]")


def test_an_unknown_field_is_refused_with_the_nearest():
    with pytest.raises(Problem, match="replaces"):
        read_model(steps.StepFile, f"steps: [{ONE}, always: true, replace: [b]}}]")
