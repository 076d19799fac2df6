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
        ("C 資料をご請求いただいた方　11,500人（概数）", "資料をご請求いただいた方"),
        ("■影響を受けた方\n期間中に検索機能をオンにした 902 アカウントが対象でした。", "検索機能をオンにした"),
        ("■対象のお客様\n9月までに発送したご注文のお届け先\n個人　867件", "発送したご注文のお届け先"),
        ("■対象のお客様\n個人のお客様：24,867件", "個人のお客様"),
        ("閲覧されたおそれがあるのは、予約サイトでご予約いただいた742件の情報です。", "ご予約いただいた"),
        ("5月21日から8月20日までに、両店でカードをご利用になったお客さま", "5月21日から8月20日までに、両店で"),
        ("お子さん58人の氏名が別の方に届きました。", "お子さん"),
    ],
)
def test_the_affected_are_named_in_the_texts_words(text: str, words: str) -> None:
    found = group.read(text, sentences.split(text))
    assert any(words in one.value for one in found)
    assert all(text[one.span.start : one.span.end].split() == one.value.split() for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "お客様にご迷惑をおかけしましたことをお詫び申し上げます。",
        "担当した社員に聞き取りを行いました。",
        "講座の参加者の情報が外に出たことはございません。",
    ],
)
def test_those_who_are_addressed_or_asked_are_not_the_affected(text: str) -> None:
    assert group.read(text, sentences.split(text)) == []
