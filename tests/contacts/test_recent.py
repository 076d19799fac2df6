"""Announcements of the last twelve months."""

import datetime as dt

import pytest

from madoguchi.contacts.recent import is_recent, year_before

SINCE = year_before(dt.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "recent"),
    [
        ("2026年10月1日", True),
        ("令和８年１月５日 お知らせ", True),
        ("2020年1月1日、2026.02.03 更新", True),
        ("2025年11月21日", False),
        ("令和3年4月1日", False),
        ("2019/1/5", False),
        ("日付なし", True),
    ],
)
def test_the_last_date_decides(text: str, *, recent: bool) -> None:
    assert is_recent(text, SINCE) is recent
