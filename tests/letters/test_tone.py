"""The tone of what a person wrote; the phrases are in cases/tone.yaml."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.letters import tone
from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "tone.yaml").read_bytes())
FOUND = [(kind, phrase) for kind, phrases in CASES["found"].items() for phrase in phrases]


@pytest.mark.parametrize(("kind", "phrase"), FOUND)
def test_what_is_harsh_is_found(kind: str, phrase: str) -> None:
    assert kind in [found.kind for found in tone.findings(phrase)]


@pytest.mark.parametrize("phrase", CASES["calm"])
def test_what_is_calm_is_left_alone(phrase: str) -> None:
    assert tone.findings(phrase) == []


def test_there_are_sixty_phrases_each_way_and_each_kind_has_some() -> None:
    assert len(FOUND) >= 60
    assert len(CASES["calm"]) >= 60
    kinds = {entry.kind for entry in tone._file().kinds} | {"secret"}
    assert set(CASES["found"]) == kinds


def test_a_calm_letter_with_one_harsh_sentence_is_found_at_its_place() -> None:
    text = "お世話になっております。\nメールを受け取りました。\n早く説明しろ。\nよろしくお願いいたします。"
    (found,) = tone.findings(text)
    assert text[slice(*found.span)] == found.text == "説明しろ"
    assert found.kind == "command"


def test_findings_come_in_their_order_and_do_not_lie_in_each_other() -> None:
    text = "".join(f"{phrase}\n" for _, phrase in FOUND)
    spans = [found.span for found in tone.findings(text)]
    assert spans == sorted(spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_every_finding_says_why_and_offers_calmer_words_in_three_languages() -> None:
    for entry in [*tone._file().kinds, tone._file().secret]:
        assert len({entry.why.say(lang) for lang in LANGS}) == 3
        for pattern in entry.patterns:
            assert len({pattern.calmer.say(lang) for lang in LANGS}) == 3


def test_the_calmer_words_are_calm() -> None:
    for entry in tone._file().kinds:
        for pattern in entry.patterns:
            assert [tone.findings(pattern.calmer.say(lang)) for lang in LANGS] == [[], [], []]


@given(st.text(alphabet="あ訴え！!?「」9A,. 回答SNSにしろ>\n円10", max_size=300))
def test_any_text_is_borne_and_spans_are_true(text: str) -> None:
    found = tone.findings(text)
    assert [text[slice(*one.span)] for one in found] == [one.text for one in found]
    assert all(one.span[1] <= two.span[0] for one, two in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["!", "9", "9,", "A", "AA ", "「", '"', "回答がない", "SNSに", "訴え", "if you don't "]
)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece: str) -> None:
    calm = (piece * 20_000)[:20_000]
    assert tone.findings(f"{calm}\nこれは最後通告です。")[-1].kind == "ultimatum"


def test_a_pattern_that_is_none_is_refused() -> None:
    text: Any = {"ja": "あ", "en": "a", "ja-easy": "あ"}
    with pytest.raises(Problem, match="regular expression"):
        datafile.check(tone.Pattern, {"match": ["(?<!a+)b"], "calmer": text})
