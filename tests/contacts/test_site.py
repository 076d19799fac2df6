"""Which pages of a site are looked at, with a site that is a mapping."""

import datetime as dt
from typing import NamedTuple

import pytest

from madoguchi.contacts import site, windows
from madoguchi.problem import Problem

NOW = dt.datetime(2026, 11, 21, 20, tzinfo=dt.UTC)


class Fetched(NamedTuple):
    url: str
    status: int
    type: str
    body: bytes
    seen_at: dt.datetime


class Site:
    """Gives what is in ``pages`` by address, 404 else; keeps what was asked for."""

    def __init__(self, pages: dict[str, str | Fetched | Problem]) -> None:
        self.pages, self.asked = pages, []

    def __call__(self, url: str) -> Fetched:
        self.asked: list[str]
        self.asked.append(url)
        found = self.pages.get(url)
        if isinstance(found, Problem):
            raise found
        if isinstance(found, Fetched):
            return found
        kind = "text/plain" if url.endswith((".txt", ".json", ".xml")) else "text/html; charset=UTF-8"
        return Fetched(url, 404 if found is None else 200, kind, (found or "").encode(), NOW)


TOP = (
    "<a href=/privacy>個人情報保護方針</a><a href=/contact>お問い合わせ</a><a href=/guide/law>特定商取引法に基づく表記</a>"
    "<a href=/recruit/contact>採用のお問い合わせ</a><a href=/login>ログイン</a><a href=/items/1>商品</a><a href=/p.pdf>個人情報保護方針</a>"
    "<a href=https://other.example/privacy>プライバシー</a><a href=https://help.a.example/inquiry>サポート</a>"
    "<a href=/news/9>不正アクセスによる情報漏えいに関するお詫びとお知らせ</a>"
)


def test_the_pages_that_name_windows_are_looked_at_and_no_others() -> None:
    here = Site(
        {
            "https://a.example/": TOP,
            "https://a.example/privacy": "<a href=/privacy/desk>個人情報のお問い合わせ</a>",
            "https://a.example/privacy/desk": "x",
        }
    )
    found = site.pages("https://a.example/", here)
    assert {
        "https://a.example/privacy",
        "https://a.example/privacy/desk",
        "https://a.example/contact",
        "https://a.example/guide/law",
    } < set(here.asked)
    assert {
        "https://help.a.example/inquiry",
        "https://a.example/news/9",
        "https://a.example/.well-known/madoguchi.json",
    } < set(here.asked)
    assert not [
        url
        for url in here.asked
        if "recruit" in url or "login" in url or "items" in url or "pdf" in url or "other" in url
    ]
    assert [page.url for page in found] == [
        "https://a.example/",
        "https://a.example/privacy",
        "https://a.example/privacy/desk",
    ]
    assert all(page.live and page.seen_on == dt.date(2026, 11, 22) for page in found)
    assert len(here.asked) == len(set(here.asked))


def test_the_sitemap_is_asked_where_the_top_page_links_nothing() -> None:
    xml = "<urlset><url><loc>https://a.example/privacy-policy</loc></url><url><loc>https://a.example/item</loc></url></urlset>"
    here = Site(
        {"https://a.example/": "<p>x", "https://a.example/sitemap.xml": xml, "https://a.example/privacy-policy": "<p>y"}
    )
    assert [page.url for page in site.pages("https://a.example/", here)][1:] == ["https://a.example/privacy-policy"]


def test_a_large_site_is_not_emptied() -> None:
    many = {
        f"https://a.example/contact/{n}": "".join(f"<a href=/contact/{n}{m}>お問い合わせ</a>" for m in range(10))
        for n in range(2_000)
    }
    here = Site({"https://a.example/": "".join(f"<a href=/contact/{n}>お問い合わせ</a>" for n in range(500)), **many})
    assert len(site.pages("https://a.example/", here)) == site.MOST_PAGES
    assert len(here.asked) < 60


def test_deep_links_start_at_the_top_too() -> None:
    here = Site(
        {"https://a.example/items/5": "<p>x", "https://a.example/": TOP, "https://a.example/contact": "<p>03-1234-5678"}
    )
    assert "https://a.example/contact" in {page.url for page in site.pages("https://a.example/items/5", here)}


def test_the_first_page_must_be_there_and_later_ones_need_not() -> None:
    refused = Problem(ja="だめ", en="no")
    with pytest.raises(Problem):
        site.pages("https://a.example/", Site({"https://a.example/": refused}))
    with pytest.raises(Problem):
        site.pages("https://a.example/", Site({}))
    here = Site({"https://a.example/": TOP, "https://a.example/privacy": refused, "https://a.example/contact": "<p>x"})
    assert len(site.pages("https://a.example/", here)) == 2


def test_a_redirect_to_another_site_is_not_its_page() -> None:
    away = Fetched("https://other.example/", 200, "text/html", b"<p>03-1234-5678", NOW)
    here = Site({"https://a.example/": TOP, "https://a.example/contact": away})
    assert [page.url for page in site.pages("https://a.example/", here)] == ["https://a.example/"]


def test_the_charset_of_the_answer_counts() -> None:
    body = "<title>お問い合わせ</title><h1>お問い合わせ</h1><p>電話 03-1234-5678 お客様相談室</p>".encode("euc_jp")
    here = Site({"https://a.example/": Fetched("https://a.example/", 200, "text/html; charset=EUC-JP", body, NOW)})
    (window,) = windows(site.pages("https://a.example/", here), domain="a.example", now=NOW)
    assert (window.value, window.grade, window.source) == ("03-1234-5678", "contact_page", "https://a.example/")
