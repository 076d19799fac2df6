"""What a sentence names: days, months, parts of months, years, and stretches of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.reading.mentions import Named, find


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2026年8月5日", Named(2026, month=8, day=5)),
        ("令和8年8月5日", Named(2026, month=8, day=5)),
        ("令和元年5月1日", Named(2019, month=5, day=1)),
        ("2026年(令和8年)8月5日", Named(2026, month=8, day=5)),
        ("令和8年(2026年)8月5日", Named(2026, month=8, day=5)),
        ("2026/8/5", Named(2026, month=8, day=5)),
        ("2026.08.05", Named(2026, month=8, day=5)),
        ("R8.8.5", Named(2026, month=8, day=5)),
        ("8月5日(水)17時過ぎに", Named(month=8, day=5)),
        ("8/5(水)", Named(month=8, day=5)),
        ("八月五日", Named(month=8, day=5)),
        ("令和八年七月十日", Named(2026, month=7, day=10)),
        ("2026年8月上旬", Named(2026, month=8, part="early")),
        ("8月下旬", Named(month=8, part="late")),
        ("2026年8月", Named(2026, month=8)),
        ("本年5月に", Named(year_said="本年", month=5)),
        ("同年9月3日", Named(year_said="同年", month=9, day=3)),
        ("同日", Named(relative="same")),
        ("翌日", Named(relative="next")),
        ("翌24日", Named(same_month=True, day=24, next_day=True)),
        ("翌朝", Named(relative="next")),
        ("16日(月)午前9時20分に", Named(day=16, bare=True)),
        ("28日正午までに", Named(day=28, bare=True)),
        ("7月末", Named(month=7, part="late")),
        ("先月28日", Named(other_month="先月", day=28)),
        ("31 Aug 2026", Named(2026, month=8, day=31)),
        ("August 1, 2026", Named(2026, month=8, day=1)),
        ("前日の8月4日", Named(month=8, day=4)),
        ("同日(8月5日)", Named(month=8, day=5)),
    ],
)
def test_a_date_is_named_as_far_as_its_words_say(text: str, named: Named) -> None:
    (found,) = find(text)
    assert found.first == named
    assert found.until is None


@pytest.mark.parametrize(
    "text", ["5日間", "令和7年度", "3か月", "8月30日間", "2月30日", "13月5日", "1/2を超える", "10:30", "24時間365日"]
)
def test_a_length_of_time_or_an_impossible_day_is_no_date(text: str) -> None:
    assert all(found.first.day is None or text.startswith("1/2") for found in find(text))


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("8月1日から5日まで", Named(same_month=True, day=5)),
        ("8月1日~8月5日", Named(month=8, day=5)),
        ("2026年9月14日(月) ~ 15日(火)", Named(same_month=True, day=15)),
        ("10月2日20時33分頃から10月3日8時1分頃までの間に", Named(month=10, day=3)),
        ("2021年7月1日から…2026年7月27日まで", Named(2026, month=7, day=27)),
        ("2025年12月3日のシステム更新から、12月19日22時の修正まで", Named(month=12, day=19)),
    ],
)
def test_a_stretch_has_its_end(text: str, until: Named) -> None:
    (found,) = find(text)
    assert found.until == until


def test_hours_of_one_day_are_no_stretch_of_days() -> None:
    (found,) = find("2026年9月9日(水)0時45分~1時25分")
    assert found.until is None


def test_a_beginning_without_an_end_is_open() -> None:
    (found,) = find("2020年4月1日以降に会員登録された")
    assert found.open_end


@given(st.text(alphabet="0123456789〇一二十年月日時分上旬同翌令和R./-~からまで()", max_size=60))
def test_mentions_come_in_order_inside_the_text(text: str) -> None:
    last = 0
    for found in find(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
