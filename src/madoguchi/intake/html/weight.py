"""Whether a page can be read in reasonable time: its size, how deep it nests, how much each tag carries.

An HTML parser looks up through all open elements at each tag, compares each attribute of a tag with all before it, and
repeats formatting that was left open (``<font>``) in every paragraph that follows, so a page of a few megabytes can be
made to cost hours or all memory. What a parser would do is counted here before, in one pass over the tags.
"""

import re
from collections import Counter
from collections.abc import Iterator

from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem

_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^\s/>]{0,40}))")
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?""")
_COMMENT_ENDS = re.compile("--!?>")
_CODE_ENDS = re.compile("</(?:script|style)", re.IGNORECASE)

_LEAVES = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY_NEXT = frozenset("p li dt dd td th tr option optgroup thead tbody tfoot rt rp html head body".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())

_ALIKE = 3
"""Of equal formatting elements left open, a parser repeats three."""
_WORK = 300_000_000
"""Open elements over all tags: 100,000 tags, 30 deep, are 3 million; a chain 10,000 deep is 50 million."""
_REPEATED = 5_000_000
"""Formatting left open over all tags: each may be one more element in memory."""
_ATTRIBUTES = 500
"""Attributes of one tag; the busiest tags of frameworks have 50."""


def check_size(size: int, limits: Limits | None = None) -> None:
    """Raise a `Problem` for a page of more than ``limits.page_bytes``."""
    limit = (limits or Limits()).page_bytes
    if size > limit:
        raise Problem(
            ja=f"ページが大きすぎます（{size:,}バイト、上限{limit:,}バイト）。必要な部分だけを保存して指定してください。",
            en=f"the page is too large ({size:,} bytes, limit {limit:,}); save only the part that is needed",
        )


def check_nesting(markup: str) -> None:
    """Raise a `Problem` for a page that nests so deep or repeats so much that it was not made for readers."""
    opened: Counter[str] = Counter()
    formats: dict[str, list[str]] = {}  # what each kind of formatting that is open looks like
    alike: Counter[tuple[str, str]] = Counter()
    depth = repeated = work = repeats = 0
    for closing, name, rest in _tags(markup):
        if (closing or name == "a") and opened[name]:  # a link ends where the next one begins
            opened[name] -= 1
            depth -= 1
            if name in _FORMATTING:
                kind = name, formats[name].pop()
                repeated -= alike[kind] <= _ALIKE
                alike[kind] -= 1
        if closing:
            continue
        work += depth
        repeats += repeated
        if work > _WORK or repeats > _REPEATED:
            raise _unreadable()
        if name not in _CLOSED_BY_NEXT:
            opened[name] += 1
            depth += 1
            if name in _FORMATTING:
                formats.setdefault(name, []).append(rest)
                alike[name, rest] += 1
                repeated += alike[name, rest] <= _ALIKE


def _tags(markup: str) -> Iterator[tuple[bool, str, str]]:
    """Yield the tags that hold something: closing or not, name, attributes as written (their first 300 characters)."""
    drawings = at = 0
    while tag := _TAG.search(markup, at):
        if tag[1]:
            end = _COMMENT_ENDS.search(markup, tag.start() + 2)
            if end is None:
                return
            at = end.end()
            continue
        at, count, name = tag.end(), 0, tag[3].lower()
        while attribute := _ATTRIBUTE.match(markup, at):
            at, count = attribute.end(), count + 1
            if count > _ATTRIBUTES:
                raise _unreadable()
        if name in {"svg", "math"}:
            drawings += -1 if tag[2] else 1
        if name in {"script", "style"} and not tag[2] and drawings <= 0:  # in a drawing their content is markup
            end = _CODE_ENDS.search(markup, at)
            if end is None:
                return
            at = end.start()
        if name not in _LEAVES:
            yield bool(tag[2]), name, markup[tag.end() : min(at, tag.end() + 300)]


def _unreadable() -> Problem:
    return Problem(
        ja="ページの作りが複雑すぎて読めません（要素の入れ子か属性が多すぎます）。文章をコピーし、テキストとして保存して指定してください。",
        en="the page is built too intricately to be read (nesting or attributes); copy its text and save it as a text file",
    )
