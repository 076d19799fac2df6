"""Which questions a letter asks and a reply repeats."""

import pytest

from madoguchi.law import questions as law
from madoguchi.reading import questions


@pytest.mark.parametrize("question", law.QUESTIONS, ids=lambda question: question.key)
@pytest.mark.parametrize("lang", ["ja", "en", "ja-easy"])
def test_the_laws_own_wording_is_known_in_every_language(question: law.Question, lang: str) -> None:
    assert questions.keys(question.text.say(lang)) == [question.key]


@pytest.mark.parametrize(
    "mark", ["1. ", "１．", "(1) ", "（１）", "① ", "一、", "質問１ ", "Q1. ", "第1 ", "【1】", "ア　"]
)
def test_a_number_is_read_in_every_writing(mark: str) -> None:
    asked = questions.of_letter(f"次のことをお尋ねします。\n{mark}漏えいの原因は何ですか。\n")
    assert [(one.key, one.number) for one in asked] == [("cause", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("私の情報は漏れたのでしょうか", ["affected"]),
        ("漏れたのはどの情報ですか", ["items"]),
        ("私のクレジットカード番号は漏れましたか", ["items"]),
        ("いつ漏えいし、いつ気づいたのですか", ["when"]),
        ("なぜ漏えいしたのですか", ["cause"]),
        ("なぜ公表がこれほど遅れたのですか", ["delay"]),
        ("悪用された形跡はありますか", ["secondary_harm"]),
        ("被害を防ぐために私は何をすればよいですか", ["what_to_do"]),
        ("貴社はどのような対応を取りましたか", ["company_measures"]),
        ("今後どのように再発を防ぎますか", ["prevention"]),
        ("何人の情報が漏れたのですか", ["persons"]),
        ("この件は公表しましたか", ["publication"]),
        ("個人情報保護委員会には報告しましたか", ["reported"]),
        ("私の個人データの開示を請求します", ["disclosure"]),
        ("第三者に提供したことはありますか", ["provision_record"]),
        ("私のデータを消去してください", ["stop_use"]),
        ("住所の登録が誤っているので訂正してください", ["correction"]),
        ("私の情報の利用目的を教えてください", ["purpose"]),
        ("どのような安全管理措置を講じていますか", ["safety_measures"]),
        ("慰謝料は払ってもらえますか", ["compensation"]),
        ("私の情報をどこから入手しましたか", ["source"]),
        ("お答えいただけない場合はその理由をお示しください", ["reason"]),
        ("担当部署と連絡先を教えてください", ["window"]),
        ("社長は辞任されますか", []),
        ("私の情報は含まれていますか。含まれる場合、どの項目ですか。", ["affected", "items"]),
    ],
)
def test_a_question_is_known_by_its_words(text: str, expected: list[str]) -> None:
    assert questions.keys(text) == expected


def test_who_asks_and_what_happened_are_no_questions() -> None:
    letter = "1. 氏名：佐藤 花子\n2. 会員番号：1234\n3. 9月1日に不審なメールが届きました。\n\n質問\n1. 原因は何ですか。\n2. 何人ですか。\n"
    assert [one.key for one in questions.of_letter(letter)] == ["cause", "persons"]


def test_a_question_of_another_kind_is_kept_with_its_words() -> None:
    [_, other] = questions.of_letter("1. 原因は何ですか。\n2. 社長はどうお考えですか。\n")
    assert (other.key, other.text, other.number) == (None, "社長はどうお考えですか。", 2)


def test_a_letter_that_asks_nothing_has_no_questions() -> None:
    assert questions.of_letter("いつもお世話になっております。今後ともよろしくお願いいたします。") == []
    assert questions.of_letter("") == []


def test_questions_numbered_within_a_line_are_told_apart() -> None:
    asked = questions.of_letter("次の点をお尋ねします。①原因は何ですか。②何人ですか。③公表しましたか。")
    assert [(one.key, one.number) for one in asked] == [("cause", 1), ("persons", 2), ("publication", 3)]


def test_the_questions_of_a_quoted_mail_are_those_of_the_reply() -> None:
    reply = "ご回答いたします。調査中です。\n\n2026年9月1日 10:00 佐藤 <a@b.example>:\n> 1. 原因は何ですか。\n> 2. 何人ですか。\n"
    assert [one.key for one in questions.quoted(reply)] == ["cause", "persons"]


def test_the_questions_that_a_reply_repeats_itself_are_found() -> None:
    reply = "Q1. 原因は何ですか。\nA1. 設定の誤りです。\n【ご質問２】何人ですか。\n【回答】100名です。\n"
    assert [(one.key, one.number) for one in questions.quoted(reply)] == [("cause", 1), ("persons", 2)]


def test_questions_in_running_text_are_each_a_question() -> None:
    asked = questions.of_letter(
        "母の情報も持ち出されたのでしょうか。持ち出された内容を教えてください。開示の手続きはどうすればよいですか。"
    )
    assert [one.key for one in asked] == ["affected", "items", "disclosure"]


def test_a_person_speaks_in_a_chat_behind_a_name_in_brackets() -> None:
    chat = "[お客様] このメールは本物ですか\n[担当 ミホ] 当社からのものに間違いございません。\n"
    assert [one.key for one in questions.quoted(chat)] == ["genuine"]
