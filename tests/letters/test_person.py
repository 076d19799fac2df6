"""Who writes, to whom, and how they learned of it."""

import datetime as dt
from typing import Any

import pytest

from madoguchi.letters import person
from madoguchi.letters.person import Addressee, Heard, Writer
from madoguchi.text import datafile


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ({"how": "mail"}, "御社のお名前で届いた電子メールにより"),
        ({"how": "mail", "verified": True}, "御社からの電子メールにより"),
        ({"how": "news", "verified": True}, "報道により"),
        ({"how": "other", "text": "家族から聞いたこと"}, "家族から聞いたことにより"),
        ({"how": "call", "on": "2026-11-22"}, "2026年11月22日（日）、御社を名乗る方からの電話により"),
    ],
)
def test_how_the_person_learned_of_it_is_one_sentence(heard: dict[str, Any], said: str) -> None:
    text = person.heard(person.words("inquiry", "ja"), datafile.check(Heard, heard))
    assert text.startswith(said)


def test_only_what_is_given_stands_in_the_table() -> None:
    rows = person.about(person.words("inquiry", "ja"), Writer(name="見本 花子", email="a@example.jp")).rows
    assert [row[0] for row in rows] == ["氏名", "メールアドレス"]


def test_a_guardian_signs_as_one() -> None:
    writer = Writer(name="見本 太郎", for_person="見本 小春")
    assert person.signature(person.words("inquiry", "ja"), writer) == "見本 太郎（見本 小春の法定代理人）"


def test_the_letter_goes_to_the_desk_that_is_known() -> None:
    wording = person.words("inquiry", "ja")
    blocks = person.opening(
        wording, dt.date(2026, 11, 25), Addressee(name="甲", department="お客様相談室"), Writer(name="乙")
    )
    assert "お客様相談室 ご担当者様" in blocks[1].model_dump()["texts"]


@pytest.mark.parametrize(
    ("way", "writer", "said"),
    [
        ("email", {"name": "乙", "email": "a@example.jp"}, "電子メール（a@example.jp）"),
        ("email", {"name": "乙"}, "電子メールでいただけますと"),
        ("post", {"name": "乙", "address": "東京都"}, "書面（送り先：東京都）"),
        ("either", {"name": "乙", "email": "a@example.jp"}, "電子メールまたは書面で"),
    ],
)
def test_the_answer_is_wished_for_in_a_form_that_can_be_kept(way: Any, writer: dict[str, Any], said: str) -> None:
    assert said in person.way(person.words("inquiry", "ja"), way, Writer(**writer))
