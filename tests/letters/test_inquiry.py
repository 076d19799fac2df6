"""The inquiry; the cases are in cases/inquiry.yaml."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.law.questions import QUESTIONS
from madoguchi.letters import inquiry, render, tone, wording
from madoguchi.letters.inquiry import InquiryFacts, form_text, hints, make, numbered
from madoguchi.letters.letter import Letter, Points
from madoguchi.letters.person import How
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "inquiry.yaml").read_bytes())
KEYS = [question.key for question in QUESTIONS]
BASE = {
    "date": "2026-11-25",
    "writer": {"name": "見本 花子", "email": "hanako@example.jp", "member_id": "A-1024"},
    "company": {"name": "株式会社みほん商店"},
}


def facts(**values: Any) -> InquiryFacts:
    return datafile.check(InquiryFacts, BASE | values)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any], hold: Callable[[Letter, dict[str, Any]], None]) -> None:
    hold(make(facts(**case["facts"]), case.get("lang", "ja")), case)


@given(st.lists(st.sampled_from(KEYS), min_size=1), st.sampled_from(LANGS), st.sampled_from([True, False, None]))
def test_every_question_asked_stands_once_under_its_number(keys: list[str], lang: Lang, known: bool | None) -> None:
    given = facts(questions=keys, own_questions=["一つめ", "二つめ"], reportable=known)
    asked = numbered(given, lang)
    assert [one.number for one in asked] == list(range(1, len(set(keys)) + 3))
    letter = make(given, lang)
    lists = [block for block in letter.blocks if isinstance(block, Points) and block.numbered]
    drawn = {block.start + place: text for block in lists for place, text in enumerate(block.texts)}
    assert {number: text.split("\n")[0] for number, text in drawn.items()} == {one.number: one.text for one in asked}


@given(st.permutations(KEYS), st.sampled_from(LANGS))
def test_numbers_do_not_hang_on_the_order_of_choosing_nor_on_the_language(keys: list[str], lang: Lang) -> None:
    numbers = {one.key: one.number for one in numbered(facts(questions=keys), lang)}
    assert numbers == {one.key: one.number for one in numbered(facts(questions=KEYS), "ja")}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("known", [True, False, None])
def test_a_letter_of_ours_is_calm(lang: Lang, known: bool | None) -> None:
    given = facts(questions=KEYS, reportable=known, wished_by="2026-12-09", heard={"how": "mail", "on": "2026-11-22"})
    assert tone.findings(render.text(make(given, lang))) == []
    assert tone.findings(form_text(given, lang, 5000)) == []


def test_only_claims_are_claims() -> None:
    """請求 stands with what the law lets a person claim, and nowhere else."""
    for one in numbered(facts(questions=KEYS), "ja"):
        assert ("請求します" in one.text or "求めます" in one.text) <= (one.ground == "right")


@pytest.mark.parametrize("lang", LANGS)
def test_the_usual_inquiry_fits_a_contact_form(lang: Lang) -> None:
    given = facts(heard={"how": "mail", "on": "2026-11-22", "reference": "7K2QX-93MZA"}, reportable=True)
    text = form_text(given, lang)
    assert len(text) <= inquiry.FORM
    assert "7K2QX-93MZA" in text
    assert "A-1024" in text


@given(st.integers(50, 3000), st.lists(st.sampled_from(KEYS), min_size=1, unique=True), st.sampled_from(LANGS))
def test_what_is_made_for_a_form_fits_it_and_keeps_every_question(most: int, keys: list[str], lang: Lang) -> None:
    given = facts(questions=keys, concerns=["知らない差出人からのメールが増えました。" * 3])
    try:
        text = form_text(given, lang, most)
    except Problem as problem:
        assert str(most) in problem.say("en")  # noqa: PT017 - either it fits or it is refused
        return
    assert len(text) <= most
    for one in numbered(given, lang):
        assert f"{one.number}. " in text
        assert one.short in text or one.text in text


def test_what_does_not_fit_is_refused_with_the_least_that_does() -> None:
    with pytest.raises(Problem) as caught:
        form_text(facts(questions=KEYS), "ja", 200)
    found = re.search(r"at its shortest (\d+)", str(caught.value))
    assert found
    assert len(form_text(facts(questions=KEYS), "ja", int(found[1]))) == int(found[1])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"questions": ["stop_use"]}, {"disclosure_first"}),
        ({"questions": ["stop_use", "disclosure"]}, {"disclosure_first"}),
        ({"questions": ["compensation"]}, {"compensation"}),
        ({"heard": {"how": "sms"}}, {"unverified"}),
        ({"heard": {"how": "sms", "verified": True}}, set()),
        ({"heard": {"how": "web"}}, set()),
        ({"concerns": ["カードは4111-1111-1111-1111です。"]}, {"digits"}),
        ({"concerns": ["会員番号は1024です。"]}, set()),
        ({"writer": {"name": "見本 花子"}}, {"no_contact"}),
        ({"questions": KEYS}, {"disclosure_first", "compensation", "many"}),
        ({}, set()),
    ],
)
def test_the_person_is_told_before_sending(given: dict[str, Any], said: set[str]) -> None:
    assert {hint.id for hint in hints(facts(**given))} == said


def test_hints_never_stand_in_the_letter() -> None:
    given = facts(questions=KEYS)
    text = re.sub(r"\s", "", render.text(make(given)))
    assert not any(re.sub(r"\s", "", hint.text) in text for hint in hints(given))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"questions": []}, "nothing is asked"),
        ({"questions": ["secondary_harms"]}, "secondary_harm"),
        ({"items": ["card_numbr"]}, "card_number"),
        ({"wish_by": "2026-12-01"}, "wished_by"),
        ({"writer": {"name": " "}}, "name"),
        ({"heard": {"how": "pigeon"}}, "mail"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(Problem, match=says):
        make(facts(**given))


def test_what_people_type_cannot_change_the_letter() -> None:
    given = facts(own_questions=["{name}\u202e\x00 <b>太字</b>\r\n二行目"], incident="{0.__class__}\nBcc: x")
    letter = make(given)
    assert "{0.__class__} Bcc: x（以下「本件」といいます）" in re.sub(r"\n", "", render.text(letter))
    assert "<b>" not in render.html(letter)
    assert "\u202e" not in render.text(letter)
    assert render.pdf(letter).startswith(b"%PDF")


def test_every_text_of_the_inquiry_is_said_by_some_inquiry(said_texts: set[str]) -> None:
    guardian = {"name": "見本 太郎", "address": "東京都", "for_person": "見本 小春", "phone": "090", "order_id": "1",
                "login_email": "a@example.jp"}  # fmt: skip
    everything = [
        {"questions": KEYS, "reportable": known, "answer_by": way, "writer": who, "wished_by": "2026-12-09", "matter": "M-1",
         "heard": {"how": how, "on": on, "notice_date": "2026-11-21", "subject": "件名", "reference": "A", "verified": known},
         "items": ["name"], "concerns": ["心配"], "own_questions": ["一つ", "4111111111111111"],
         "company": {"name": "甲", "department": department}}
        for known, way, who, on, department in [
            (True, "email", BASE["writer"], "2026-11-22", "窓口"),
            (None, "post", guardian, None, None),
            (False, "either", {"name": "乙"}, "2026-11-22", None),
            (False, "post", {"name": "乙"}, None, None),
            (None, "email", {"name": "乙"}, None, None),
        ]
        for how in get_args(How)
    ]  # fmt: skip
    for values in [*everything, {"questions": ["affected"]}, {"questions": ["stop_use"]}]:
        one = facts(**values)
        make(one)
        make(one, short=True)
        hints(one)
    shared = set(wording.texts("person")) | set(wording.texts("inquiry"))
    assert shared - said_texts == set()


@pytest.mark.parametrize("name", ["person", "inquiry", "follow_up", "complaint", "sheet"])
def test_the_persons_letters_speak_their_three_languages_without_borrowing(name: str) -> None:
    texts = wording.texts(name)
    assert [key for key, text in texts.items() if re.search(r"[぀-ヿ一-鿿]", text.en)] == []
    assert [key for key, text in texts.items() if text.ja == text.ja_easy and re.search(r"[一-鿿]", text.ja)] == []
    bare = r"[一-鿿々](?![一-鿿々]*（)(?![一-鿿々]*[ぁ-ん]+（)"
    assert [key for key, text in texts.items() if re.search(bare, text.ja_easy)] == []
