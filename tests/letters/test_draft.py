"""Drafts of a reply from what is known of one person and what the public was told."""

from pathlib import Path
from typing import Any

import pytest

from madoguchi import harm
from madoguchi.law import questions
from madoguchi.letters import faq, render, reply
from madoguchi.letters.draft import draft, identify_first
from madoguchi.letters.public import PublicFacts
from madoguchi.letters.reply import CLAIMS, AnswerLine
from madoguchi.problem import LANGS, Problem
from madoguchi.text import datafile

FULL = datafile.read_yaml((Path(__file__).parent / "cases" / "full_statement.yaml").read_bytes())
KEYS = [question.key for question in questions.QUESTIONS]


def facts(**values: Any) -> PublicFacts:
    return datafile.check(PublicFacts, {"date": "2026-11-25", "company": "株式会社みほん商店"} | values)


def one(public: PublicFacts, key: str, **items: Any) -> AnswerLine:
    return draft(public, [key], **items)[0]


def said(line: AnswerLine) -> str:
    assert line.text
    return line.text if isinstance(line.text, str) else line.text.ja


def test_whether_and_which_come_from_that_persons_items_alone() -> None:
    public = datafile.check(PublicFacts, FULL)
    assert "一部が対象であることを確認しました" in said(one(public, "affected", proved=["name"]))
    assert "可能性があります" in said(one(public, "affected", possible=["name"]))
    items = said(one(public, "items", proved=["name"], possible=["name", "email"]))
    assert items == "確認された項目：氏名\n可能性のある項目：メールアドレス"
    assert "カード" not in items


def test_somebody_of_whom_nothing_was_found_is_not_told_that_nothing_leaked() -> None:
    for key in ("affected", "items"):
        assert said(one(facts(), key)) == (
            "2026年11月25日（水）の時点で、ご自身の個人情報は対象として確認されていません。"
            "今後の調査で新たに分かった場合は、お知らせします。"
        )


def test_what_to_do_is_for_that_persons_items() -> None:
    public = datafile.check(PublicFacts, FULL)
    text = said(one(public, "what_to_do", proved=["email"]))
    assert [line.removeprefix("・") for line in text.split("\n")[1:]] == harm.notice_advice(["email"])
    assert "カード会社" not in text


def test_the_other_answers_are_those_of_the_faq() -> None:
    public = datafile.check(PublicFacts, FULL)
    told = {entry.key: entry for entry in faq.entries(public)}
    for key in ("when", "delay", "cause", "secondary_harm", "prevention", "reported", "compensation", "window"):
        line = one(public, key, proved=["name"])
        assert (said(line), line.state) == (told[key].text, told[key].state)


def test_what_nobody_has_found_out_is_not_known_yet() -> None:
    lines = {line.question: line for line in draft(facts(), KEYS)}
    sure = {key for key, line in lines.items() if line.state == "answered"}
    assert sure == {"affected", "items", "reason"}
    for key in ("purpose", "source", "safety_measures", "publication"):
        assert lines[key].state == "unknown_yet"
        assert lines[key].text is None


@pytest.mark.parametrize("key", CLAIMS)
def test_a_claim_is_taken_in_and_not_decided_by_a_machine(key: str) -> None:
    line = one(datafile.check(PublicFacts, FULL), key, proved=["name"])
    assert line.state == "unknown_yet"
    assert "ご請求を受け付けました" in said(line)


@pytest.mark.parametrize(
    ("publication", "text"),
    [
        ({"state": "done", "date": "2026-11-20"}, "2026年11月20日（金）に公表しました。"),
        ({"state": "planned", "date": "2026-11-30"}, "2026年11月30日（月）に公表する予定です。"),
        ({"state": "done"}, "本件は公表しています。"),
        ({"state": "planned"}, "公表する予定です。"),
    ],
)
def test_publication_is_told_as_it_stands(publication: dict[str, str], text: str) -> None:
    assert said(one(facts(publication=publication), "publication")) == text


def test_a_draft_is_a_reply_in_every_language() -> None:
    public = datafile.check(PublicFacts, FULL)
    lines = draft(public, KEYS, proved=["name"], possible=["card_number"])
    made = reply.ReplyFacts(date=public.date, organisation=public.company, answers=lines)
    for lang in LANGS:
        text = render.text(reply.make(made, lang))
        assert "{" not in text
    assert [line.question for line in lines] == KEYS
    assert all(line.ground == questions.question(line.question or "").ground for line in lines)


@pytest.mark.parametrize("wrong", [{"keys": ["causes"]}, {"keys": ["items"], "proved": ["e_mail"]}])
def test_an_unknown_question_or_item_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Problem, match=r"cause|email"):
        draft(facts(), **wrong)


@pytest.mark.parametrize("key", ["affected", "items"])
def test_whoever_is_not_identified_is_told_how_to_be_and_nothing_of_themselves(key: str) -> None:
    line = identify_first(key)
    assert (line.state, line.question) == ("unknown_yet", key)
    for lang in LANGS:
        assert not {"確認しました", "含まれていません", "confirmed"} & set(line.text.say(lang).split())
    assert "お知らせ番号" in line.text.ja
