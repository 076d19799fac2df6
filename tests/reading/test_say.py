"""What a person is told."""

import pytest

from madoguchi.problem import LANGS, Lang
from madoguchi.reading import say
from madoguchi.reading.announcement import read_announcement

TEXT = (
    "2026年10月5日\n株式会社みほん電器\n\n不正アクセスについて\n8月5日に不正アクセスを確認しました。最大948名の氏名が漏えいした可能性があります。"
    "カード情報は含まれておりません。二次被害は確認されておりません。\nお問い合わせ：総務課 電話03-0000-0001\n"
)


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_tells_facts_and_the_nine_items(lang: Lang) -> None:
    told = say.announcement(read_announcement(TEXT).answer(), TEXT, lang)
    assert "株式会社みほん電器" in told
    assert "948" in told
    assert "03-0000-0001" in told
    assert [line.lstrip(" ・-")[:2] for line in told.splitlines()[-10:-1]] == [f"{n}." for n in range(1, 10)]


def test_what_is_said_in_japanese() -> None:
    told = say.announcement(read_announcement(TEXT).answer(), TEXT, "ja")
    assert "2026年8月5日（水）  不正アクセスなどを確認" in told
    assert "漏えいしていないとされる項目\n  ・クレジットカード番号" in told
    assert "違法" not in told


def test_a_date_that_is_not_settled_is_said_so() -> None:
    text = "8月5日に不正アクセスを確認しました。"
    told = say.announcement(read_announcement(text).answer(), text, "ja")
    assert "年月日は文章からは決まりません「8月5日」" in told


def test_a_text_without_facts_is_said_so() -> None:
    told = say.announcement(read_announcement("こんにちは。").answer(), "こんにちは。", "en")
    assert "No facts could be read" in told


def test_a_quotation_over_a_broken_line_is_shown_without_the_break() -> None:
    text = "2026年8月5日、弊社サーバーへの不正アクセスによりお客様の氏名が漏えいしたこ\nとが判明しました。"
    assert "こ と" not in say.announcement(read_announcement(text).answer(), text, "ja")
