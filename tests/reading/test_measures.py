"""Measures done and to come."""

import pytest

from madoguchi.reading import measures, sentences


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("サーバーを停止いたしました。", [True]),
        ("対象の方へ順次メールでお知らせしております。", [True]),
        ("10月末までに多要素認証を導入いたします。", [False]),
        ("二段階認証を導入する予定です。", [False]),
        ("■対応\n・サーバーの停止\n", [True]),
        ("■再発防止策\n【今後実施】\n・全社員への研修\n", [False]),
        ("会員サイトを停止しましたが、今後、認証を強化してまいります。", [True, False]),
        ("パスワードの変更をお願いいたします。", []),
        ("ご迷惑をおかけしましたことを深くお詫び申し上げます。", []),
    ],
)
def test_a_measure_is_done_or_to_come(text: str, done: list[bool]) -> None:
    assert [one.done for one in measures.read(text, sentences.split(text))] == done


def test_a_measure_is_given_in_the_words_of_the_text() -> None:
    text = "　ＶＰＮ装置を\n　最新の状態に更新しました。"
    (one,) = measures.read(text, sentences.split(text))
    assert one.text == " ".join(text[one.span.start : one.span.end].split())
    assert "ＶＰＮ" in one.text
