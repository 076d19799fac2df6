"""A reply is judged question by question, as the cases say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.law import questions as law
from madoguchi.problem import Problem
from madoguchi.reading import questions
from madoguchi.reading.questions import Asked
from madoguchi.reading.reply import words as reply_words
from madoguchi.reading.reply.read import Reply, read_reply
from madoguchi.text import datafile

FOLDER = Path(__file__).parents[1] / "cases" / "replies_by_style"


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in datafile.read_yaml(path.read_text(encoding="utf-8"), file=path.name):
            yield pytest.param(case, id=f"{path.stem}: {case['about']}")


CASES = list(_cases())


def read(case: dict[str, Any]) -> Reply:
    return read_reply(case["reply"], questions.of_letter(case["inquiry"]) if "inquiry" in case else None)


@pytest.mark.parametrize("case", CASES)
def test_each_question_gets_the_verdict_of_the_case(case: dict[str, Any]) -> None:
    found = [(one.question, one.verdict) for one in read(case).answers]
    assert found == [(key, verdict) for key, verdict, *_ in case["answers"]]


@pytest.mark.parametrize("case", CASES)
def test_each_verdict_shows_the_sentence_relied_on(case: dict[str, Any]) -> None:
    for one, (_, _, *quote) in zip(read(case).answers, case["answers"], strict=True):
        relied = case["reply"][slice(*one.span)] if one.span else ""
        assert not quote or quote[0] in relied, one.question


@pytest.mark.parametrize("case", CASES)
def test_a_verdict_has_its_ground_its_citation_and_its_reason_in_three_languages(case: dict[str, Any]) -> None:
    for one in read(case).answers:
        if one.question != "other":
            rests = law.ground(one.question, None)
            assert (one.ground, one.citation) == (rests.ground, "、".join(rests.citations))
        assert all((one.means.ja, one.means.en, one.means.ja_easy))
        assert reply_words.reasons()[one.reason].verdict == one.verdict


SENTENCES = (FOLDER.parent / "reply_sentences.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", [line for line in SENTENCES if not line.startswith("#")])
def test_a_single_sentence_is_judged_for_one_of_two_questions(line: str) -> None:
    key, expected, said = line.split("\t")
    other = "genuine" if key == "correction" else "correction"
    asked = [Asked(key, law.question(key).short.ja), Asked(other, law.question(other).short.ja)]
    assert read_reply(said, asked).answers[0].verdict == expected


def verdict(reply: str, key: str, text: str = "お尋ねします。") -> str:
    return (
        read_reply(reply, [Asked(key, text, None), Asked("purpose", "利用目的は何ですか。", None)]).answers[0].verdict
    )


def test_the_words_of_the_inquiry_repeated_in_the_reply_are_no_answer() -> None:
    own = "お問い合わせを拝見しました。\n\n> お客様の情報は漏えいの対象に含まれておりました。\n"
    assert verdict(own, "affected") == "not_answered"
    assert verdict(own.replace("> ", ""), "affected") == "answered"


def test_a_mail_quoted_below_without_marks_is_no_answer() -> None:
    below = "確認いたします。今しばらくお待ちください。\n\n-----Original Message-----\nFrom: a@b.example\n原因は設定の誤りです。\n"
    assert verdict(below, "cause") == "not_answered"


def test_a_reply_that_was_passed_on_whole_is_read() -> None:
    passed_on = "---------- Forwarded message ---------\n原因は、サーバーの設定の誤りによるものです。\n"
    assert verdict(passed_on, "cause") == "answered"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("お客様の情報は対象に含まれておりません。", "answered"),
        ("お客様の情報が含まれていないとは言い切れません。", "partly"),
        ("お客様の情報が含まれていた場合は、個別にご連絡いたします。", "not_answered"),
        ("お客様の情報が含まれているかどうかは、現在確認しております。", "not_answered"),
        ("お客様の情報が含まれているかどうかは、12月1日までにお知らせいたします。", "partly"),
        ("お客様の情報が含まれているかにつきましては、お答えを差し控えさせていただきます。", "refused"),
    ],
)
def test_negation_condition_delay_and_refusal_are_told_apart(said: str, expected: str) -> None:
    assert verdict(said, "affected") == expected


def test_refusing_one_question_refuses_no_other() -> None:
    reply = "お客様の情報は対象に含まれておりました。原因につきましては、捜査中のため回答を差し控えさせていただきます。"
    answers = read_reply(reply, [Asked("affected", "私は対象ですか。"), Asked("cause", "原因は何ですか。")]).answers
    assert [one.verdict for one in answers] == ["answered", "refused"]
    assert answers[1].why is not None
    assert "捜査中のため" in reply[slice(*answers[1].why)]


def test_a_courtesy_left_out_is_no_fault_and_an_effort_left_out_is() -> None:
    answers = read_reply(
        "お詫び申し上げます。", [Asked("compensation", "補償は。"), Asked("persons", "何人ですか。")]
    ).answers
    assert [(one.verdict, one.ground) for one in answers] == [
        ("no_duty_to_answer", "courtesy"),
        ("not_answered", "effort"),
    ]


def test_the_ground_of_a_signed_inquiry_stands() -> None:
    [one] = read_reply("お詫び申し上げます。", [Asked("affected", "私は対象ですか。", None, "effort")]).answers
    assert (one.ground, one.verdict) == ("effort", "not_answered")


def test_no_verdict_says_that_a_law_was_broken() -> None:
    for reason in reply_words.reasons().values():
        assert "違法" not in reason.text.ja + reason.text.ja_easy
        assert "illegal" not in reason.text.en


def test_every_question_of_the_law_can_be_known_and_answered() -> None:
    assert {question.key for question in law.QUESTIONS} == set(reply_words.answers())
    assert set(reply_words.answers()) == set(reply_words.questions().questions)


def test_every_reason_that_a_rule_names_is_a_criterion() -> None:
    for judged in reply_words.answers().values():
        for rule in judged.rules:
            known = reply_words.reasons()[rule.reason]
            assert rule.verdict in {known.verdict, "pending", "not_answered"}


def test_the_answer_is_the_contracts() -> None:
    answer = read_reply("原因は設定の誤りによるものです。", [Asked("cause", "原因は何ですか。", 3)]).answer()
    assert answer["kind"] == "reply"
    assert {"facts", "covers", "answers"} <= set(answer)
    [one] = answer["answers"]
    assert {"question", "ground", "verdict", "span", "citation"} <= set(one)


def test_a_book_is_refused_in_one_line() -> None:
    with pytest.raises(Problem):
        read_reply("あ" * 1_000_001, [])


@given(
    st.text(
        alphabet=st.sampled_from("1①一.、。「」>\n お客様の情報は含まれておりません原因か?【】Q8月5日控え"),
        max_size=120,
    )
)
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    for one in read_reply(
        text, [*questions.of_letter(text), Asked("cause", "原因"), Asked(None, "社長の考え")]
    ).answers:
        assert one.span is None or 0 <= one.span[0] <= one.span[1] <= len(text)


TABLE = "■ 一覧\n1. 自分が対象か：お答えしました\n2. 原因：確認中です\n\n■ 回答\n"


def test_the_line_of_an_overview_gives_way_to_the_answer_below_it() -> None:
    asked = [Asked("affected", "私は対象ですか。", 1), Asked("cause", "原因は何ですか。", 2)]
    below = "◇ 1. 自分が対象か\n回答：対象に含まれています。\n◇ 2. 原因\n回答：設定の誤りによるものです。\n"
    answers = read_reply(TABLE + below, asked).answers
    assert [one.verdict for one in answers] == ["answered", "answered"]
    assert all(one.span and one.span[0] > len(TABLE) for one in answers)
    assert [one.verdict for one in read_reply(TABLE, asked).answers][1] == "not_answered"


def test_nothing_seen_is_no_refusal() -> None:
    assert verdict("不正に使用された事実は認められておりません。", "secondary_harm") == "answered"
    assert verdict("二次被害の有無は、2026年11月25日現在、確認できていません。", "secondary_harm") == "not_answered"


def test_the_reason_of_a_refusal_answers_no_other_question() -> None:
    refused = "1. お知らせが遅れた理由\n回答：お答えできません。\n理由：調査に支障があるためです。\n"
    asked = [Asked("delay", "なぜ遅れたのですか。", 1), Asked("cause", "原因は何ですか。", 2)]
    assert read_reply(refused, asked).answers[0].verdict == "refused"


def test_a_part_that_the_company_calls_all_is_a_part() -> None:
    said = "回答：対象は300名です。\n現時点でお答えできる内容は、以上です。\n"
    assert verdict(f"1. 人数\n{said}", "persons") == "partly"


def test_the_number_of_a_public_body_is_no_window_of_the_companys() -> None:
    assert verdict("個人情報保護法相談ダイヤル 03-6457-9849 に相談することができます。", "window") == "not_answered"
