"""The day of publication among the other dates of a text."""

import pytest

from madoguchi.reading import published, sentences


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年10月5日\n株式会社みほん\n不正アクセスについて\n8月5日に判明しました。", "2026-10-05"),
        (
            "不正アクセスについて\n当社のサーバーが攻撃を受けました。\n\n令和8年5月14日\n架空町長　例示 五郎\n",
            "2026-05-14",
        ),
        ("公開日：2026年6月5日　最終更新日：2026年7月3日\n\n本文です。", "2026-06-05"),
        ("2026-09-12 公開 / 2026-09-15 追記\n本文です。", "2026-09-12"),
        ("おわびとご報告 2026/07/06\n本文です。", "2026-07-06"),
        ("本文です。\n２０２６年１０月７日 見本鉄道株式会社", "2026-10-07"),
        ("Date: Mon, 31 Aug 2026 18:02:11 +0900\nSubject: お詫び\n本文です。", "2026-08-31"),
        ("日付：2026/9/1(火)\n本文です。", "2026-09-01"),
        ("9月1日\n本文です。\n2026年9月1日 見本塾", "2026-09-01"),
        ("8月5日に紛失が判明しました。詳しくは下記へ (2026/8/20)", "2026-08-20"),
        ("【発生日時】\n2026年8月5日 午後3時頃\n【内容】\nメールを誤って送信しました。", None),
        ("2026年10月27日更新\n本文です。", "2026-10-27"),
        ("2026年8月5日、不正アクセスを確認しました。\n調査を続けております。", None),
        ("10月5日\n不正アクセスについて\n本文です。", None),
        ("令和○年○月○日\n本文です。", None),
    ],
)
def test_the_lonely_or_labelled_date_is_the_day_of_publication(text: str, day: str | None) -> None:
    found, _ = published.find(sentences.split(text))
    assert (found.value if found else None) == day


def test_a_later_update_settles_the_years_of_dates() -> None:
    found, settles = published.find(sentences.split("初出：2026年6月5日\n更新：2026年7月3日\n本文です。"))
    assert found is not None
    assert settles is not None
    assert (found.value, settles.value) == ("2026-06-05", "2026-07-03")


def test_a_list_of_news_is_no_publication() -> None:
    text = "2026.11.02　前売券の販売について\n2026.10.27　情報の漏えいについて\n2026.10.10　臨時休館のお知らせ\n"
    told = sentences.split(text)
    assert published.news(told) == {0, 1, 2}
    assert published.find(told) == (None, None)
