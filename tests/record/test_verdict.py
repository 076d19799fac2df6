"""The answer in three languages."""

import string

import pytest

from madoguchi.problem import LANGS
from madoguchi.record import headlines, sentences
from madoguchi.record.verdict import Verdict
from madoguchi.record.verify import verify


@pytest.mark.parametrize("name", sentences.SAID)
def test_every_sentence_has_the_same_places_in_three_languages(name):
    places = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in sentences.SAID[name]]
    assert places[0] >= places[2]
    assert places[0] == places[1]


@pytest.mark.parametrize("name", sentences.INTACT)
def test_what_is_unchanged_can_be_said_in_three_languages(name):
    said = sentences.intact(name, entries=25, documents=25)
    assert set(said) == set(LANGS)
    assert all("25" in text for text in said.values())


@pytest.mark.parametrize("name", sentences.SAID)
def test_every_sentence_can_be_said(name):
    values = dict.fromkeys(["most", "expected", "found", "size", "kid", "index", "count", "member", "at"], 7)
    said = [sentences.problem(name, "log.jsonl:2", **values).say(lang) for lang in LANGS]
    assert len(set(said)) == 3
    assert all(text.startswith("log.jsonl:2: ") and "{" not in text for text in said)


def test_without_keys_the_text_says_that_the_signer_is_known_only_from_the_file(whole):
    verdict = verify(whole)
    assert "known only from the file itself" in verdict.say("en")
    assert "だれの鍵かは" in verdict.say("ja")


def test_with_keys_the_text_names_the_domain(whole, trusted):
    text = verify(whole, trusted).say("ja")
    assert "署名：shop.example（鍵 " in text
    assert "--keys" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_cut_file_is_told_with_its_place(whole, lang):
    text = verify(whole[:-1]).say(lang)
    assert str(len(whole) - 1) in text
    assert text.splitlines()[0] == headlines.HEADLINES["cut"][lang]


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_no_case_file_is_one_sentence_and_nothing_more(lang):
    verdict = Verdict()
    verdict.found("no_case_file")
    assert verdict.answer(lang)["signer"] is None
    assert verdict.answer(lang)["anchor"] == "none"
    assert verdict.say(lang) == verdict.answer(lang)["problems"][0]


def test_a_consequence_of_what_was_told_is_not_told_again():
    verdict = Verdict()
    verdict.found("member_changed", about=("log.jsonl",), member="log.jsonl")
    verdict.spoilt.add("log.jsonl")
    verdict.found("root", "heads.jsonl:1", about=("log.jsonl", "heads.jsonl"), size=1)
    verdict.found("time_order", "heads.jsonl:2", about=("heads.jsonl",))
    assert len(verdict.problems) == 2
    assert not verdict.whole


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ([], "whole"),
        (["no_case_file"], "foreign"),
        (["cut_in", "member_changed"], "cut"),
        (["member_changed", "not_among_keys"], "changed"),
        (["signature"], "changed"),
        (["time_order", "not_among_keys"], "contradicts"),
        (["not_among_keys"], "stranger"),
        (["key_revoked"], "key_doubtful"),
    ],
)
def test_the_gravest_finding_makes_the_first_line(names, state):
    assert headlines.state(set(names)) == state


@pytest.mark.parametrize("name", sentences.SAID)
def test_every_finding_has_a_first_line_in_three_languages(name):
    state = headlines.state({name})
    assert state in headlines.ALONE or set(headlines.HEADLINES[state]) == set(LANGS)


def test_a_file_that_is_not_whole_never_looks_signed_as_it_is(case, whole, trusted):
    changed = whole.replace(b"made up", b"made Up", 1)
    for given, known in ((trusted, "shop.example の鍵"), (None, "（持ち主は未確認）")):
        *_, last = verify(changed, given).say("ja").splitlines()
        assert known in last
        assert last.endswith("が署名したのは、元のファイルです。")
    case.time = case.entries[0].time
    assert verify(case.write(), trusted).say("ja").endswith("は、食い違ったままのファイルに署名しています。")
    assert verify(whole[: len(whole) // 2], trusted).say("ja").endswith("署名：確かめられた署名はありません。")
