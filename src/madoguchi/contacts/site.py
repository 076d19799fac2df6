"""From a site's address to the pages on which it names its windows, few and in order, by a fetcher that is handed in."""

import datetime as dt
import re
import urllib.parse
from collections.abc import Callable
from typing import Protocol

from madoguchi.contacts import words
from madoguchi.contacts.flat import flat
from madoguchi.contacts.kind import kind_of_heading
from madoguchi.contacts.page import SECURITY, WELL_KNOWN, Page, same_site
from madoguchi.intake import html
from madoguchi.intake.html.charset import decoded
from madoguchi.problem import Problem

MOST_PAGES = 20
"""Pages fetched of one site: its top, the few that name windows, and what they lead to."""
_DEEPEST = 2
_ORDER = ("privacy", "leak", "contact", "commerce_law", "company")
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_LOC = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\s\]]+)", re.IGNORECASE)
_LISTED = 5_000


class Fetched(Protocol):
    """What a fetcher gives: the address it ended at, status, ``Content-Type``, the bytes, the instant."""

    @property
    def url(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def body(self) -> bytes: ...
    @property
    def seen_at(self) -> dt.datetime: ...


def pages(address: str, fetch: Callable[[str], Fetched]) -> list[Page]:
    """Return the pages of the site at ``address`` that name windows, with its top page, ``security.txt``, ``madoguchi.json``.

    Followed are links of the same registered domain whose text or address names a privacy, contact, legal or company
    page or an announcement of a leak, at most `MOST_PAGES` and two steps away; where a kind of page is not linked, the
    sitemap is asked. `Problem` when the first page cannot be had; a later one that cannot is left out.
    """
    start = _page(fetch(address))
    if start is None:
        raise Problem(
            ja="このアドレスからページを読めませんでした。ブラウザーで開けるか確かめるか、ページを保存してフォルダーを指定してください。",
            en="no page could be read at this address; see whether a browser opens it, or save its pages and name the folder",
            file=address,
        )
    walk = _Walk(start, fetch)
    top = urllib.parse.urlunsplit((*urllib.parse.urlsplit(start.url)[:2], "/", "", ""))
    walk.visit(top)
    for path in (WELL_KNOWN, SECURITY[0]):
        walk.visit(urllib.parse.urljoin(top, path), plain=True)
    for _ in range(_DEEPEST):
        walk.follow()
    if not {"privacy", "contact"} <= walk.kinds:
        walk.ask_sitemap(urllib.parse.urljoin(top, "/sitemap.xml"))
        walk.follow()
    return walk.found


class _Walk:
    """What was found, and what is still to be looked at."""

    def __init__(self, start: Page, fetch: Callable[[str], Fetched]) -> None:
        self.fetch, self.start = fetch, start
        self.found: list[Page] = []
        self.kinds: set[str] = set()
        self._asked: set[str] = {_key(start.url)}
        self._ahead: dict[str, str] = {}  # address -> the kind of page that its link promises
        self._keep(start)

    def visit(self, url: str, *, plain: bool = False) -> None:
        """Fetch one page and keep it; ``plain``: it is no HTML."""
        if _key(url) in self._asked or len(self.found) >= MOST_PAGES:
            return
        self._asked.add(_key(url))
        try:
            fetched = self.fetch(url)
        except Problem:
            return
        page = _page(fetched, plain=plain)
        if page is not None and same_site(page.url, self.start.url.split("/")[2].split(":")[0]):
            self._asked.add(_key(page.url))
            self._keep(page, plain=plain)

    def follow(self) -> None:
        """Fetch what the pages so far promise, a round of the kinds at a time, so that no kind crowds out another."""
        ahead, self._ahead = self._ahead, {}
        queues = {kind: [url for url, promised in ahead.items() if promised == kind] for kind in _ORDER}
        while any(queues.values()):
            for kind in _ORDER:
                if queues[kind]:
                    self.visit(queues[kind].pop(0))

    def ask_sitemap(self, url: str) -> None:
        """Add what the sitemap lists by address."""
        try:
            fetched = self.fetch(url)
        except Problem:
            return
        if fetched.status == 200:
            for loc in _LOC.findall(fetched.body[: 2**21].decode("utf-8", "replace"))[:_LISTED]:
                self._promise(loc.replace("&amp;", "&"), "")

    def _keep(self, page: Page, *, plain: bool = False) -> None:
        self.found.append(page)
        if plain:
            return
        try:
            links = html.page(page.markup, page.url).links
        except Problem:
            return
        for link in links:
            self._promise(link.href, link.text)

    def _promise(self, href: str, text: str) -> None:
        url = href.split("#", maxsplit=1)[0]
        if not url.startswith(("http://", "https://")) or _key(url) in self._asked or url in self._ahead:
            return
        if not same_site(url, self.start.url.split("/")[2].split(":")[0]):
            return
        never = words.pattern(*words.pages().never)
        if never.search(url) or never.search(text):
            return
        kind = kind_of_heading(flat(text)) or _kind_of_path(url)
        if kind:
            self.kinds.add(kind)
            self._ahead[url] = kind


def _kind_of_path(url: str) -> str | None:
    path = urllib.parse.urlsplit(url).path.lower()
    return next(
        (each.kind for each in words.pages().kinds if each.path and words.pattern(*each.path).search(path)), None
    )


def _key(url: str) -> str:
    """Return an address without what does not change the page: scheme, fragment, last slash."""
    return url.split("#", maxsplit=1)[0].rstrip("/").partition("://")[2].lower()


def _page(fetched: Fetched, *, plain: bool = False) -> Page | None:
    if fetched.status != 200:
        return None
    kind = fetched.type.lower()
    if not plain and "html" not in kind and kind:
        return None
    if plain and "html" in kind:  # the site's own page for what it does not have
        return None
    charset = _CHARSET.search(fetched.type)
    try:
        markup: str | bytes = fetched.body if plain else decoded(fetched.body, charset[1] if charset else None)
    except Problem:
        return None
    day = fetched.seen_at.astimezone(dt.timezone(dt.timedelta(hours=9))).date()
    return Page(fetched.url, markup, day, live=True)
