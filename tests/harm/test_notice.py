"""Item 9 of the notice to a person: at most five lines, for exactly that person's items."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import catalogue
from madoguchi.harm import advice, notice_advice, steps
from madoguchi.problem import LANGS, Problem

KEYS = list(catalogue.items())
WARNING = {lang: next(s for s in advice(["name"], lang) if s.id == "about_this_incident").text for lang in LANGS}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_item_has_a_line_of_its_own_in_a_notice(key, lang):
    lines = notice_advice([key], lang)
    assert len(lines) >= 2
    assert lines[-1] == WARNING[lang]


@given(st.lists(st.sampled_from(KEYS), min_size=1), st.sampled_from(LANGS))
def test_a_notice_has_at_most_five_lines_each_once_and_ends_with_the_warning(items, lang):
    lines = notice_advice(items, lang)
    assert 2 <= len(lines) <= 5
    assert len(set(lines)) == len(lines)
    assert lines[-1] == WARNING[lang]


def test_no_items_give_no_lines():
    assert notice_advice([]) == []


def test_an_unknown_item_is_refused():
    with pytest.raises(Problem):
        notice_advice(["card"])


def test_a_card_comes_first_and_its_statements_are_never_crowded_out():
    lines = notice_advice(["name", "address", "phone", "email", "card_number", "card_expiry", "purchase_history"])
    assert lines[0].startswith("不正な利用の有無にかかわらず、カード会社に電話")
    assert "カード裏面" in "".join(lines) or "カードの裏面" in lines[0]
    assert "明細を、漏えいのおそれがある期間の初めまで" in lines[1]


def test_the_first_day_of_the_period_is_named_when_it_is_known():
    assert "2026年8月1日（土）" in notice_advice(["card_number"], period_start="2026-08-01")[1]


def test_a_medical_record_is_spoken_of_beside_a_card():
    lines = notice_advice(["name", "card_number", "medical_history"])
    assert any("金銭を求めたり公開をほのめかしたり" in line for line in lines)


def test_mail_with_password_says_to_change_it_everywhere():
    first = notice_advice(["name", "email", "password"])[0]
    assert "すべて別々のパスワード" in first
    assert "Change the password" in notice_advice(["name", "email", "password"], "en")[0]


def test_somebody_without_a_card_reads_nothing_about_cards_to_stop():
    text = "".join(notice_advice(["name", "address", "phone", "email"]))
    assert "カード会社" not in text
    assert "パスワードを変更" not in text


def test_a_line_names_whom_to_call():
    assert any("188" in line for line in notice_advice(["phone"]))
    assert any("#9110" in line for line in notice_advice(["medical_history"]))
    assert any("0120-95-0178" in line for line in notice_advice(["my_number"], "en"))


@given(st.lists(st.sampled_from(KEYS), min_size=1), st.sampled_from(LANGS))
def test_a_number_that_no_source_confirms_never_goes_into_a_companys_notice(items, lang):
    text = "".join(notice_advice(items, lang))
    unconfirmed = [
        number
        for call in steps.calls().values()
        if not call.confirmed
        for number in re.findall(r"[\d-]{9,}", call.phone or "")
    ]
    assert unconfirmed
    assert not [number for number in unconfirmed if number in text]


@given(st.lists(st.sampled_from(KEYS), min_size=1))
def test_a_companys_notice_holds_only_steps_fit_for_it(items):
    unfit = [entry.text.ja for entry in steps.entries() if not entry.notice]
    assert not [text for text in unfit if any(text in line for line in notice_advice(items))]
