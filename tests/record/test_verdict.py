"""The answer in three languages."""

import string

import pytest

from madoguchi.problem import LANGS
from madoguchi.record import sentences
from madoguchi.record.verdict import Verdict
from madoguchi.record.verify import verify


@pytest.mark.parametrize("name", sentences.SAID)
def test_every_sentence_has_the_same_places_in_three_languages(name):
    places = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in sentences.SAID[name]]
    assert places[0] >= places[2]
    assert places[0] == places[1]


@pytest.mark.parametrize("name", sentences.SAID)
def test_every_sentence_can_be_said(name):
    values = dict.fromkeys(["most", "expected", "found", "size", "kid", "index", "count"], 7)
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
def test_a_damaged_file_is_told_with_its_places(whole, lang):
    text = verify(whole[:-1]).say(lang)
    assert f"byte {len(whole) - 1}: " in text
    assert "  - " in text


@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_without_a_signature_names_nobody(lang):
    verdict = Verdict()
    verdict.found("no_case_file")
    assert verdict.answer(lang)["signer"] is None
    assert verdict.answer(lang)["anchor"] == "none"
    assert len(verdict.say(lang).splitlines()) == 5
