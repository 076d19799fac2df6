"""The words of the letters: complete, used, and the same facts in each language."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from madoguchi.letters import call_script, faq, notice, reply, report, statement, wording
from madoguchi.letters.draft import draft, identify_first
from madoguchi.letters.facts import Cause, PeopleKind
from madoguchi.letters.public import Filing, PublicFacts
from madoguchi.letters.wording import Wording
from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the keys of all texts that letters say from now on."""
    keys: set[str] = set()
    say = Wording.say

    def listening(self: Wording, key: str, /, **values: object) -> str:
        keys.add(key)
        return say(self, key, **values)

    monkeypatch.setattr(Wording, "say", listening)
    return keys


def test_every_text_of_the_notice_is_said_by_some_notice(said: set[str], notice_facts: dict[str, Any]) -> None:
    cases = [case["facts"] for case in datafile.read_yaml((CASES / "notice.yaml").read_bytes())]
    cases += [{"cause": cause} for cause in get_args(Cause)] + [{"people_kind": kind} for kind in get_args(PeopleKind)]
    cases += [{"secondary_harm": "possible"}, {"events": ["leak"]}, notice_facts]
    for facts in cases:
        given = {"date": "2026-11-25", "company": "株式会社みほん商店"} | facts
        for lang in ("ja", "ja-easy"):
            notice.make(datafile.check(notice.NoticeFacts, given), lang)
    assert set(wording.texts("notice")) - said == set()


def test_every_text_of_the_report_is_said_by_some_report(
    said: set[str], prompt_facts: dict[str, Any], final_facts: dict[str, Any], every_answer: list[dict[str, Any]]
) -> None:
    def read(facts: dict[str, Any]) -> report.ReportFacts:
        return datafile.check(report.ReportFacts, {"kind": "prompt", "date": "2026-11-24"} | facts)

    for facts in [{"kind": "supplement"}, *every_answer]:
        report.make(read(facts))
    report.make(read(final_facts), before=read(prompt_facts))
    report.make(read(prompt_facts), before=read(prompt_facts))
    # The words that all letters share are overruled here by the report's own.
    assert set(wording.texts("report")) - said == set()


def test_the_notice_speaks_its_three_languages_without_borrowing() -> None:
    borrowed = [
        key
        for key, text in wording.texts("notice").items()
        if text.ja == text.ja_easy and re.search(r"[一-鿿]", text.ja)
    ]
    assert borrowed == []


@pytest.mark.parametrize("name", ["common", "notice", "report"])
def test_no_english_text_is_left_in_japanese(name: str) -> None:
    assert [key for key, text in wording.texts(name).items() if re.search(r"[぀-ヿ一-鿿]", text.en)] == []


def test_what_is_filled_in_is_never_read_as_a_template() -> None:
    said = Wording("notice", "ja").say("reference.ask", reference="{0.__class__}{company}{{")
    assert "{0.__class__}{company}{{" in said


def test_a_place_missing_in_one_language_is_found_when_the_file_is_read() -> None:
    with pytest.raises(Problem, match="name") as caught:
        wording.read({"greeting": {"ja": "{name} 様", "en": "Dear customer", "ja-easy": "{name} さま"}}, "x.yaml")
    assert caught.value.place == "greeting"


def test_a_missing_english_text_is_found_when_the_file_is_read() -> None:
    with pytest.raises(Problem, match="en"):
        wording.read({"greeting": {"ja": "こんにちは"}}, "x.yaml")


def test_a_misspelt_language_is_named_with_the_right_one() -> None:
    with pytest.raises(Problem, match="ja-easy"):
        wording.read({"greeting": {"ja": "a", "en": "b", "ja-eazy": "c"}}, "x.yaml")


def test_a_text_without_languages_is_refused() -> None:
    with pytest.raises(Problem, match="beside each other"):
        wording.read({"greeting": "こんにちは"}, "x.yaml")


# The company's public papers and the desk's reply.
PAPERS = ["public", "statement", "faq", "call_script", "reply"]


def cases(name: str) -> list[dict[str, Any]]:
    return list(datafile.read_yaml((CASES / f"{name}.yaml").read_bytes()))


def public(**values: Any) -> PublicFacts:
    return datafile.check(PublicFacts, {"date": "2026-11-25", "company": "株式会社みほん商店"} | values)


@pytest.fixture
def said_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Return the keys of all texts that are said from now on, by the file in which they stand."""
    keys: dict[str, set[str]] = {name: set() for name in PAPERS}
    say = Wording.say

    def listening(self: Wording, key: str, /, **values: object) -> str:
        for name in PAPERS:
            if wording.texts(name).get(key) is self.texts[key]:
                keys[name].add(key)
        return say(self, key, **values)

    monkeypatch.setattr(Wording, "say", listening)
    return keys


def test_every_text_is_said_by_some_paper(said_in: dict[str, set[str]]) -> None:
    full = datafile.read_yaml((CASES / "full_statement.yaml").read_bytes())
    known = [case["facts"] for name in ("statement", "faq") for case in cases(name)]
    known += [{"people_kinds": [kind]} for kind in get_args(PeopleKind)]
    known += [{"notices": {"state": state, "methods": ["post", "email", "phone"]}} for state in ("done", "planned")]
    known += [
        {"filings": [{"to": to, "state": state, "date": date}]}
        for to in get_args(Filing.model_fields["to"].annotation)
        for state in ("done", "planned")
        for date in ("2026-11-25", None)
    ]
    papers = [public(**facts) for facts in known] + [datafile.check(PublicFacts, full)]
    for facts in papers:
        faq.make(facts)
        statement.make(facts, before=public(date="2026-11-20", not_affected=["sex"]))
    statement.make(public(), before=public())
    for case in cases("call_script"):
        staff = datafile.check(call_script.Staff, case.get("staff", {}))
        call_script.make(public(**case.get("facts", {})), staff=staff)
    for case in cases("reply"):
        base = {"date": "2026-11-28", "organisation": "株式会社みほん商店"}
        reply.make(datafile.check(reply.ReplyFacts, base | case["facts"]))
    keys = ["affected", "items", "what_to_do", "publication", "disclosure", "reason"]
    for items in ({}, {"proved": ["name"], "possible": ["email"]}, {"possible": ["email"]}):
        for publication in (
            {"state": state, "date": day} for state in ("done", "planned") for day in (None, "2026-11-20")
        ):
            draft(public(publication=publication), keys, **items)
    identify_first("affected")
    for name in PAPERS:
        assert set(wording.texts(name)) - said_in[name] == set(), name


@pytest.mark.parametrize("name", PAPERS)
def test_no_english_text_of_a_public_paper_is_left_in_japanese(name: str) -> None:
    assert [key for key, text in wording.texts(name).items() if re.search(r"[぀-ヿ一-鿿]", text.en)] == []


@pytest.mark.parametrize("name", PAPERS)
def test_what_people_read_or_hear_does_not_borrow_from_japanese(name: str) -> None:
    spoken = ("say.",) if name == "call_script" else ("",)
    borrowed = [
        key
        for key, text in wording.texts(name).items()
        if key.startswith(spoken) and text.ja == text.ja_easy and re.search(r"[一-鿿]", text.ja)
    ]
    assert borrowed == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_kanji_of_an_easy_text_has_its_reading(name: str) -> None:
    spoken = ("say.", "our_desk") if name == "call_script" else ("",)
    for key, text in wording.texts(name).items():
        if key.startswith(spoken):
            for kanji in re.finditer(r"[々一-龥]+[ぁ-ん]{0,3}(?P<next>.|$)", re.sub(r"\{\w+\}", "", text.ja_easy)):
                assert "（" in kanji[0], (key, kanji[0])


@pytest.mark.parametrize("name", PAPERS)
def test_the_words_are_calm(name: str) -> None:
    for key, text in wording.texts(name).items():
        for lang in LANGS:
            assert not re.search(r"万全|絶対に安全|ご安心ください|[!！]|rest assured", text.say(lang)), key
