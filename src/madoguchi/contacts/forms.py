"""Forms: the page's own, and those that its links lead to."""

import bisect
import re
import urllib.parse
from collections.abc import Iterator
from typing import NamedTuple

from madoguchi.contacts import words
from madoguchi.contacts.flat import bare, flat
from madoguchi.contacts.lines import Line
from madoguchi.contacts.page import Page as Seen
from madoguchi.contacts.page import host, same_site
from madoguchi.intake.html import Form, Link, Page

_TYPED = frozenset({"text", "email", "tel", "textarea"})
_HOSTED = re.compile(
    r"(?:^|\.)(?:forms\.gle|docs\.google\.com|forms\.office\.com|forms\.microsoft\.com|form\.run|formzu\.(?:net|com|jp)|form-mailer\.jp|"
    r"formok\.com|tayori\.com|hsforms\.com|hsforms\.net|zendesk\.com|formrun\.com|kintoneapp\.com|formbridge\.kintoneapp\.com|"
    r"smp\.ne\.jp|secure-link\.jp|typeform\.com|jotform\.com|freshdesk\.com|karakuri\.ai|bm-form\.jp|ssl-link\.jp)$"
)

_CONTACT = re.compile(r"(?:ご?お?問い?合わ?せ|お?問合せ|contact(?:us)?|inquiry)(?:はこちら|窓口)?", re.IGNORECASE)
_CONTACT_PATH = re.compile(r"contact|inquir|enquir|toiawase|otoiawase|/form|/ask|mode=inq", re.IGNORECASE)


class Found(NamedTuple):
    """A form: its address, and the line and words that led to it (None: the page itself is the form)."""

    value: str
    line: Line | None
    quote: str


def own_form(seen: Seen, page: Page, kind: str) -> Iterator[Found]:
    """Yield the page's address where it holds a form to write to the company: a text area, or name and mail fields."""
    if kind not in {"contact", "privacy", "leak"}:
        return
    frames = [frame for frame in page.frames if _HOSTED.search(host(frame)) and "form" in frame]
    if any(_is_for_asking(form, kind) for form in page.forms) or frames:
        heading = page.text[slice(*page.headings[0])] if page.headings else page.title
        yield Found(
            seen.source if not frames or seen.url else frames[0], None, " ".join((heading or page.title).split())
        )


def _is_for_asking(form: Form, kind: str) -> bool:
    fields = form.fields
    if "password" in fields or ("search" in fields and len(fields) < 4):
        return False
    typed = any(field in {"text", "email", "tel"} for field in fields)  # who only rates the page names nobody
    return ("textarea" in fields and (typed or kind == "contact")) or (
        kind == "contact" and sum(field in _TYPED for field in fields) >= 3
    )


def linked_forms(seen: Seen, page: Page, lines: list[Line], domain: str) -> Iterator[Found]:
    """Yield what links to a form of ours say: by their text, or by the sentence they stand in."""
    desk = words.desks()
    ends = [line.start + len(line.raw) for line in lines]
    row = 0
    for link in sorted(page.links, key=lambda each: each.span):
        while row < len(lines) - 1 and ends[row] < link.span[0]:
            row += 1
        if link.span[0] > ends[row]:
            break
        line = lines[row]
        text = bare(flat(link.text))
        if not _may_be_form(link, seen, domain) or words.pattern(desk.not_for_us, desk.not_to_ask).search(text):
            continue
        alone = len(text) >= len(bare(line.flat)) - 2
        says_form = words.pattern(desk.form).search(text.replace(" ", ""))
        leads = words.pattern(desk.ask).search(line.flat) and _CONTACT_PATH.search(link.href)
        asks_here = not line.margin and (
            (words.pattern(desk.ask).search(text) and words.pattern(desk.desk_words).search(line.flat) and not alone)
            or (re.search(r"こちら|ここ|下記|https?:", text) and (leads or words.pattern(desk.form).search(line.flat)))
        )
        privacy = re.search(desk.purposes["privacy"], text) and re.search(r"お?問い?合わ?せ|相談|お?問合せ|窓口", text)
        if says_form or asks_here or (privacy and not line.margin):
            yield Found(
                link.href, line, " ".join((line.raw if not alone or len(text) > 6 else link.text).split())[:200]
            )


def contact_links(seen: Seen, page: Page, lines: list[Line], domain: str) -> Iterator[Found]:
    """Yield the links by which every page leads to where one can ask, by their text and their address."""
    starts = [line.start for line in lines]
    for link in page.links:
        text = bare(flat(link.text)).replace(" ", "")
        if _CONTACT.fullmatch(text) and _CONTACT_PATH.search(link.href) and _may_be_form(link, seen, domain):
            yield Found(link.href, lines[max(bisect.bisect_right(starts, link.span[0]) - 1, 0)], text)


def _may_be_form(link: Link, seen: Seen, domain: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(link.href)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https", ""} or not (parts.netloc or parts.path or parts.query):
        return False
    if words.pattern(*words.pages().never).search(link.href):
        return False
    if seen.url and link.href.split("#")[0] == seen.url.split("#")[0]:
        return False
    return (
        not parts.netloc
        or not domain
        or same_site(link.href, domain)
        or bool(_HOSTED.search(host(link.href)))
        or ("form" in link.href.lower() or "contact" in link.href.lower() or "inquiry" in link.href.lower())
    )
