"""A letter as HTML: closed, quiet, and every typed character a character."""

import itertools
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.letters import notice, render
from madoguchi.letters.clean import clean
from madoguchi.letters.letter import Letter
from madoguchi.problem import LANGS, Lang
from madoguchi.text import datafile

TAGS = set("html head meta title style body main h1 h2 h3 p br ul ol li table thead tbody tr th td".split())
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "scope", "class"}


class Page(HTMLParser):
    """The tags, attributes and words of a page, and whether its tags close in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.words = ""
        self.headings: list[str] = []
        self.lang: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "html":
            self.lang = dict(attrs)["lang"]
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" in self.open:
            self.words += data


def test_the_page_asks_for_nothing_and_runs_nothing(notice_facts: dict[str, Any]) -> None:
    page = render.html(notice.make(datafile.check(notice.NoticeFacts, notice_facts)))
    parsed = Page(page)
    assert parsed.open == []
    assert parsed.tags <= TAGS
    assert parsed.attributes <= ATTRIBUTES
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize(("lang", "tag"), [("ja", "ja"), ("en", "en"), ("ja-easy", "ja")])
def test_the_page_names_its_language(notice_facts: dict[str, Any], lang: Lang, tag: str) -> None:
    assert Page(render.html(notice.make(datafile.check(notice.NoticeFacts, notice_facts), lang))).lang == tag


def test_headings_begin_with_one_and_skip_no_level(notice_facts: dict[str, Any]) -> None:
    for lang in LANGS:
        headings = Page(render.html(notice.make(datafile.check(notice.NoticeFacts, notice_facts), lang))).headings
        levels = [int(tag[1]) for tag in headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><a href="https://example.jp">',
        "</title></style><script>",
        "{{ 7*7 }}{% raw %}",
        "&lt;b&gt;&amp;",
        "<!--",
        "]]>",
    ],
)
def test_what_was_typed_never_becomes_markup(every_block: Callable[[str], Letter], words: str) -> None:
    parsed = Page(render.html(every_block(words)))
    assert parsed.tags <= TAGS
    assert parsed.attributes <= ATTRIBUTES
    assert parsed.words.count(words) >= 9
    assert "49" not in parsed.words


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(min_size=1, max_size=80))
def test_any_text_at_all_stays_text(every_block: Callable[[str], Letter], words: str) -> None:
    parsed = Page(render.html(every_block(words)))
    assert parsed.open == []
    assert parsed.tags <= TAGS
    for line in clean(words).split("\n"):
        assert line.strip() in parsed.words
