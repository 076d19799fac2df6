"""Who is affected, in the text's words."""

import pytest

from madoguchi.reading import group, sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020年4月以降に会員登録されたお客様の個人情報が漏えいしました。", "会員登録されたお客様"),
        ("対象者：当センターを受診された患者さま", "当センターを受診された患者さま"),
        ("■対象のお客様\n通販サイトをご利用になったお客様", "ご利用になったお客様"),
        ("■漏えいした人数\n退会された方　27,745人", "退会された方"),
    ],
)
def test_the_affected_are_named_in_the_texts_words(text: str, words: str) -> None:
    found = group.read(text, sentences.split(text))
    assert any(words in one.value for one in found)
    assert all(text[one.span.start : one.span.end].split() == one.value.split() for one in found)


@pytest.mark.parametrize(
    "text", ["お客様にご迷惑をおかけしましたことをお詫び申し上げます。", "担当した社員に聞き取りを行いました。"]
)
def test_those_who_are_addressed_or_asked_are_not_the_affected(text: str) -> None:
    assert group.read(text, sentences.split(text)) == []
