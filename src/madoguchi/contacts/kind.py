"""What kind of page it is, by its headings, its title, its address and, for a shop's legal page, its text."""

import itertools
import re

from madoguchi.contacts import words
from madoguchi.contacts.flat import bare, flat
from madoguchi.contacts.page import Page as Seen
from madoguchi.contacts.spans import Spans
from madoguchi.contacts.window import Grade
from madoguchi.intake.html import Page

_PARTS = re.compile(r"\s*(?:[|｜\n/／»«≫>＞]|\s[-–—:：~]\s|\s-\s|【|】|::)\s*")
_GRADES: dict[str, Grade] = {
    "privacy": "privacy_page",
    "commerce_law": "commerce_law_page",
    "contact": "contact_page",
}


def kind_of(seen: Seen, page: Page) -> str:
    """Return ``leak commerce_law privacy contact company`` or ``other``."""
    margins = Spans(page.margins)
    tops = (flat(page.text[start:end]) for start, end in page.headings if not margins.touch(start, end))
    titled = next((kind for part in _PARTS.split(flat(page.title))[:3] if (kind := kind_of_heading(part))), None)
    for heading in itertools.islice(tops, 2):
        if kind := kind_of_heading(heading):
            narrower = kind == "contact" and titled in {"privacy", "commerce_law", "leak"}
            return titled if narrower and titled else kind  # 「お問い合わせ」 is a section of other pages too
    if titled:
        return titled
    path = seen.path
    for each in words.pages().kinds:
        if each.path and words.pattern(*each.path).search(path):
            return each.kind
    shop = words.pages().commerce_law_text
    if len(page.text) < 20_000 and all(re.search(pattern, page.text) for pattern in shop):
        return "commerce_law"
    return "other"


def kind_of_heading(heading: str) -> str | None:
    """Return the kind of page or section that a heading names, None when it names none."""
    text = bare(heading).replace(" ", "") if not heading.isascii() else bare(heading)
    if not text or len(text) > 80:
        return None
    for each in words.pages().kinds:
        if words.pattern(*each.heading).search(text) and not (
            each.not_heading and words.pattern(*each.not_heading).search(text)
        ):
            return each.kind
    return None


def grade_of(kind: str) -> Grade:
    """Return how far a window of a page of that kind can be relied on."""
    return _GRADES.get(kind, "elsewhere")
