"""Questions under their numbers."""

import pytest

from madoguchi.letters import asked
from madoguchi.letters.asked import GROUPS, Judged
from madoguchi.problem import Problem
from madoguchi.text import datafile


def test_groups_stand_in_the_order_of_what_they_rest_on() -> None:
    keys = ["compensation", "prevention", "disclosure", "cause", "genuine"]
    found = asked.number(keys, ["自分の質問"], reportable=None, lang="ja")
    assert [one.group for one in found] == [*GROUPS, "courtesy"]
    assert [one.key for one in found] == ["genuine", "cause", "disclosure", "prevention", "compensation", None]


def test_the_same_own_question_is_asked_once() -> None:
    assert len(asked.number([], ["甲", "乙", "甲"], reportable=None, lang="ja")) == 2


@pytest.mark.parametrize(
    ("key", "lang", "said"),
    [
        ("disclosure", "ja", "第33条第1項"),
        ("disclosure", "en", "art. 33(1)"),
        ("disclosure", "ja-easy", "33条（じょう）1項（こう）"),
        ("prevention", "ja", "第40条"),
        ("window", "ja", "第32条第1項"),
        ("compensation", "ja", ""),
    ],
)
def test_articles_are_written_as_each_language_does(key: str, lang: str, said: str) -> None:
    (one,) = asked.number([key], [], reportable=True, lang=lang)  # type: ignore[arg-type]
    assert asked.articles(one, lang) == said  # type: ignore[arg-type]


def test_an_unconfirmed_ground_cites_nothing_in_a_letter() -> None:
    (one,) = asked.number(["source"], [], reportable=True, lang="ja")
    assert one.citations == ()


def test_an_earlier_question_keeps_its_number_and_its_words() -> None:
    judged = datafile.check(Judged, {"number": 7, "key": "cause", "text": "何が原因でしたか。"})
    again = asked.again(judged, reportable=True, lang="ja")
    assert (again.number, again.text, again.short) == (7, "何が原因でしたか。", "原因")


@pytest.mark.parametrize(
    "bad", [{"number": 1}, {"number": 0, "key": "cause"}, {"number": 1, "key": "cause", "verdict": "x"}]
)
def test_what_is_no_question_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(Problem):
        datafile.check(Judged, bad)
