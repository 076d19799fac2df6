"""What kind of page it is."""

import datetime as dt

import pytest

from madoguchi.contacts.kind import kind_of
from madoguchi.contacts.page import Page
from madoguchi.intake import html


@pytest.mark.parametrize(
    ("path", "markup", "kind"),
    [
        ("/x", "<h1>個人情報保護方針</h1>", "privacy"),
        ("/x", "<title>株式会社みほん ｜ プライバシーポリシー</title>", "privacy"),
        ("/x", "<h1>個人情報に関するお問い合わせ</h1>", "privacy"),
        ("/x", "<title>Privacy Notice - Mihon</title>", "privacy"),
        ("/privacy.html", "<h1><img alt='株式会社みほん'></h1>", "privacy"),
        ("/x", "<h1>お問合わせ</h1>", "contact"),
        ("/x", "<h1>Contact Us</h1>", "contact"),
        ("/toiawase/", "<p>x", "contact"),
        ("/x", "<h1>特定商取引に関する法律に基づく表示</h1>", "commerce_law"),
        ("/x", "<h1>【重要】弊社サーバーへの不正アクセスに関するお知らせとお詫び（第2報）</h1>", "leak"),
        ("/x", "<h1>個人情報の漏えい等の防止について</h1>", "privacy"),
        ("/x", "<h1>当社を装ったフィッシングメールによる不正アクセスについて</h1>", "other"),
        ("/x", "<h1>会社概要</h1>", "company"),
        ("/", "<h1>みほん株式会社</h1><h2>新着</h2>", "other"),
        ("/x", "<header><h1>お問い合わせ</h1></header><h1>商品一覧</h1>", "other"),
    ],
)
def test_a_page_is_told_by_its_heading_title_or_address(path: str, markup: str, kind: str) -> None:
    seen = Page(f"https://a.example{path}", markup, dt.date(2026, 11, 22))
    assert kind_of(seen, html.page(markup)) == kind
