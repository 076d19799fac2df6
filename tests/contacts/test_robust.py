"""What a stranger wrote never stops the search for windows."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.contacts import Page, windows
from madoguchi.contacts.window import GRADES
from madoguchi.problem import Problem

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
PIECES = st.sampled_from(
    [
        "<h1>", "</h1>", "<h2>個人情報", "<p>", "</p>", "<br>", "<table><tr><td>", "<td>", "</table>", "<footer>", "</footer>", "電話：03-1234-5678", "FAX",
        "お問い合わせ窓口", "（平日9:00～17:00", "）", "a@b.example", "[at]", "〒100-0001 東京都港区1-1", "認定個人情報保護団体", "カード会社", "採用",
        "<a href='/contact'>お問い合わせフォーム</a>", "<a href='https://[x'>フォーム</a>", "<a href='tel:0120-123-456'></a>", "<form><textarea></textarea></form>", "<title>プライバシーポリシー</title>",
        '<script type="application/ld+json">{"@type":"Organization","telephone":["03-1234-5678",1],"contactPoint":[null,{"email":{}}]}</script>',
        '<script type="application/ld+json">[[[', "【", "。", "、", "\t", "\u3000", "開示", "例）", "受付時間",
    ]
)  # fmt: skip


@given(
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join),
    st.sampled_from(["", "https://a.example/privacy", "https://a.example/contact", "https://a.example/"]),
)
def test_any_page_gives_windows_in_order(markup: str, url: str) -> None:
    found = windows([Page(url, markup, NOW.date(), file="a.html")], domain="a.example", now=NOW)
    assert [GRADES.index(each.grade) for each in found if not each.current_leak] == sorted(
        GRADES.index(each.grade) for each in found if not each.current_leak
    )
    assert len({(each.channel, each.value) for each in found}) == len(found)
    for each in found:
        assert each.value.strip()
        assert "\n" not in each.value + each.quote + (each.name or "") + (each.hours or "")
        assert len(each.quote) <= 210


def test_a_page_that_cannot_be_read_is_passed_over_unless_it_is_the_only_one() -> None:
    picture = Page("https://a.example/x", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, NOW.date())
    page = Page("https://a.example/contact", "<h1>お問い合わせ</h1>03-1234-5678", NOW.date())
    assert [each.value for each in windows([picture, page], now=NOW)] == ["03-1234-5678"]
    with pytest.raises(Problem) as raised:
        windows([picture], now=NOW)
    assert "https://a.example/x" in raised.value.say("ja")


def test_pages_of_other_sites_are_left_out() -> None:
    own = Page("https://www.a.example/contact", "<h1>お問い合わせ</h1>03-1234-5678", NOW.date())
    other = Page("https://b.example/contact", "<h1>お問い合わせ</h1>03-9999-9999", NOW.date())
    assert [each.value for each in windows([own, other], domain="a.example", now=NOW)] == ["03-1234-5678"]


def test_no_pages_give_no_windows() -> None:
    assert windows([], now=NOW) == []
