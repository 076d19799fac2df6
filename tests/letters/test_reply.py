"""The reply to one person's inquiry; the cases are in cases/reply.yaml."""

import re
from pathlib import Path
from typing import Any

import pytest

from madoguchi.law import questions
from madoguchi.letters import render, reply
from madoguchi.letters.letter import Heading
from madoguchi.letters.reply import AnswerLine, ReplyFacts, ground
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "reply.yaml").read_bytes())


def facts(**values: Any) -> ReplyFacts:
    return datafile.check(ReplyFacts, {"date": "2026-11-28", "organisation": "株式会社みほん商店"} | values)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = squeezed(render.text(reply.make(facts(**case["facts"]), case.get("lang", "ja"))))
    assert [words for words in case.get("stands", []) if squeezed(words) not in text] == []
    assert [words for words in case.get("absent", []) if squeezed(words) in text] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", ["answered", "partly", "refused", "unknown_yet"])
def test_every_question_of_the_law_can_be_answered_in_every_way(state: str, lang: Lang) -> None:
    answers = [
        {"question": question.key, "state": state, "text": f"文{place}。", "citation": "第33条第2項"}
        for place, question in enumerate(questions.QUESTIONS)
    ]
    letter = reply.make(facts(answers=answers), lang)
    text = render.text(letter)
    titles = [block.text for block in letter.blocks if isinstance(block, Heading) and block.level == 3]
    assert titles == [f"{n}. {q.short.say(lang)}" for n, q in enumerate(questions.QUESTIONS, 1)]
    assert all(text.count(f"文{place}。") == 1 for place in range(len(answers)))
    assert "{" not in text


def test_the_numbers_of_the_inquiry_are_kept_and_in_order() -> None:
    answers = [{"number": n, "question": key, "state": "unknown_yet"} for n, key in ((9, "cause"), (4, "items"))]
    letter = reply.make(facts(answers=answers))
    assert [b.text[0] for b in letter.blocks if isinstance(b, Heading) and b.level == 3] == ["4", "9"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"answers": []}, "at least one"),
        ({"answers": [{"question": "cause", "state": "answered"}]}, "needs its text"),
        ({"answers": [{"question": "cause", "state": "refused"}]}, "needs its text"),
        ({"answers": [{"state": "answered", "text": "a"}]}, "which question"),
        ({"answers": [{"question": "disclosure", "state": "refused", "text": "a"}]}, "article"),
        ({"answers": [{"question": "cause", "ground": "right", "state": "refused", "text": "a"}]}, "article"),
        ({"answers": [{"asked": "a", "state": "unknown_yet"}], "inquiry_date": "2026-12-01"}, "after the reply"),
        ({"answers": [{"asked": "a", "state": "unknown_yet"}], "open_by": "2026-11-01"}, "before the reply"),
        (
            {"answers": [{"number": 1, "asked": "a", "state": "unknown_yet"}, {"asked": "b", "state": "unknown_yet"}]},
            "number each",
        ),
        ({"answers": [{"number": 1, "asked": t, "state": "unknown_yet"} for t in "ab"]}, "number each"),
        ({"answers": [{"question": "causes", "state": "refused", "text": "a"}]}, "cause"),
        ({"answer": []}, "answers"),
    ],
)
def test_a_reply_that_leaves_a_gap_is_refused(wrong: dict[str, Any], right: str) -> None:
    with pytest.raises(Problem, match=right):
        facts(**wrong)


def test_a_question_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(Problem, match="cause"):
        reply.make(facts(answers=[{"question": "causes", "state": "answered", "text": "a"}]))


def test_an_item_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(Problem, match="email"):
        reply.make(facts(items=["e_mail"], answers=[{"asked": "a", "state": "unknown_yet"}]))


def test_the_ground_is_the_laws_unless_given() -> None:
    assert ground(AnswerLine(question="disclosure", state="unknown_yet")) == "right"
    assert ground(AnswerLine(question="cause", ground="effort", state="unknown_yet")) == "effort"
    assert ground(AnswerLine(asked="a", state="unknown_yet")) is None


def test_lines_of_an_answer_that_are_points_become_a_list() -> None:
    letter = reply.make(
        facts(
            answers=[
                {"question": "cause", "state": "answered", "text": "次のとおりです。\n・一つめ\n・二つめ\n以上です。"}
            ]
        )
    )
    page = render.html(letter)
    assert "<li>一つめ</li>" in page
    assert "<p>以上です。</p>" in page
