"""A page as a browser shows it: its title, its text line by line, its links with their place in the text, its data.

What a browser leaves out is left out: scripts, styles, templates, what stands there only for browsers without scripts,
the readings above kanji (ruby), what is hidden by an attribute or by its own style. `aria-hidden` is shown, since people
who see the page see it. A picture stands as its alternative text.
"""

import re
import urllib.parse
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from madoguchi.intake.html import weight
from madoguchi.intake.html.charset import decoded
from madoguchi.intake.html.flow import Flow
from madoguchi.intake.html.style import Look, look

_UNSEEN = frozenset(
    "script style template noscript noframes noembed head title rt rp rtc iframe object audio video canvas svg math "
    "datalist select meter progress".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARAGRAPHS = _HEADINGS | {"p"}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BLOCKS = (_PARAGRAPHS | _LISTS) | frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html legend li main nav pre search section summary table tbody textarea tfoot thead".split()
)
_MARGIN = re.compile(
    r"(?:l|g|p|c|o|site|global|page|common|main|the)?[-_]*(?:footer|foot|header|nav|navi|gnav|menu|sidebar|breadcrumbs?|"
    r"copyright|footer-?(?:inner|area|info|nav|menu)|header-?(?:inner|area|nav|menu)|contentinfo|banner|navigation)"
)
_LOOK_UP = 50
_BUTTONS = frozenset({"submit", "button", "reset"})


class Link(NamedTuple):
    """One link: where it leads (resolved where a base is known), its text, and the place of that text in the page's."""

    href: str
    text: str
    span: tuple[int, int]
    """``[start, end)`` in code points of `Page.text`."""


class Form(NamedTuple):
    """One form: where it sends to, and what can be filled in: ``textarea select`` or the type of an input."""

    action: str
    fields: tuple[str, ...]


class Page(NamedTuple):
    """What a reader sees, and the JSON-LD blocks (`data`, as they stand) that machines are told."""

    title: str
    text: str
    """Line ends ``\\n``; a block, a row of a table, an item of a list on a line of its own, cells apart by a tab."""
    links: tuple[Link, ...]
    data: tuple[str, ...]
    headings: tuple[tuple[int, int], ...] = ()
    """Where ``h1`` to ``h6`` stand in the text."""
    forms: tuple[Form, ...] = ()
    frames: tuple[str, ...] = ()
    """The addresses of pages shown inside this one."""
    margins: tuple[tuple[int, int], ...] = ()
    """Where what frames every page of a site stands in the text: its header, its footer, its menus."""


def page(markup: str | bytes, base: str | None = None) -> Page:
    """Return the page that ``markup`` makes; ``base`` is its address, for relative links.

    Bytes are decoded by their BOM, by the charset the page declares, else by content. Broken markup is read as browsers
    read it. `Problem` for bytes that are no text, and for what is larger or deeper than any page (`Limits.page_bytes`,
    `weight`), so that no page can hold up the house.
    """
    weight.check_size(len(markup))
    text = decoded(markup) if isinstance(markup, bytes) else markup
    weight.check_nesting(text)
    tree = LexborHTMLParser(text.encode("utf-8", "replace").replace(b"\0", b""))
    if tree.root is None:
        return Page("", "", (), ())
    base = _base(tree, base)
    flow = Flow()
    links, headings, margins = _walk(tree.root, flow)
    shown = flow.text()
    return Page(
        title=_title(tree),
        text=shown,
        links=tuple(Link(resolve(base, href), shown[start:end], (start, end)) for href, start, end in links),
        data=tuple(
            block
            for node in tree.css("script")
            if (node.attributes.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"
            and (block := node.text().strip())
        ),
        headings=tuple(headings),
        margins=tuple(margins),
        forms=tuple(_form(node, base) for node in tree.css("form")),
        frames=tuple(resolve(base, src) for node in tree.css("iframe") if (src := node.attributes.get("src"))),
    )


def resolve(base: str | None, href: str) -> str:
    """Return ``href`` as browsers follow it from ``base``; what is no address comes back as it is written."""
    href = href.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    if ":" not in href.split("/")[0] or href[:5].lower().startswith(("http:", "https")):
        href = href.replace("\\", "/")
    if base is None:
        return href
    try:
        return urllib.parse.urljoin(base, href)
    except ValueError:
        return href


def _base(tree: LexborHTMLParser, given: str | None) -> str | None:
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node is not None else None
    return resolve(given, href) if href else given


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head > title") or tree.css_first("title")
    return " ".join((node.text() if node is not None else "").split())


def _form(node: LexborNode, base: str | None) -> Form:
    fields = (
        field.tag if field.tag != "input" else (field.attributes.get("type") or "text").strip().lower()
        for field in node.css("input, textarea, select")
    )
    return Form(resolve(base, node.attributes.get("action") or ""), tuple(field or "" for field in fields))


class _Open(NamedTuple):
    """An element that is open: how it looks outside and inside; of a link or heading, where its text will begin."""

    node: LexborNode
    outside: Look
    inside: Look
    mark: int
    href: str | None


_Spans = list[tuple[int, int]]


def _walk(root: LexborNode, flow: Flow) -> tuple[list[tuple[str, int, int]], _Spans, _Spans]:
    """Write the tree into ``flow`` without recursion, however deep it nests.

    Return each link's address and place, the places of the headings, and those of the margins.
    """
    links: list[tuple[str, int, int]] = []
    headings: _Spans = []
    margins: _Spans = []
    here = Look()
    ahead: list[LexborNode | _Open] = [root]  # what comes next stands last: nodes to enter, elements to close
    while ahead:
        node = ahead.pop()
        if isinstance(node, _Open):
            _close(node.node.tag or "", node.inside, flow)
            span = flow.span(node.mark) if node.mark >= 0 else (0, 0)
            if node.href is not None:
                links.append((node.href, *span))
            elif span[0] < span[1]:
                (headings if node.node.tag in _HEADINGS else margins).append(span)
            here = node.outside
            continue
        if node.next is not None:
            ahead.append(node.next)
        if node.is_text_node:
            if here.seen:
                flow.write(node.text_content or "", kept=here.kept)
        elif node.is_element_node and node.tag not in _UNSEEN and not (inside := look(node, here)).gone:
            _open(node, inside, flow)
            href = node.attributes.get("href") if inside.seen and node.tag in {"a", "area"} else None
            mark = flow.mark() if href or node.tag in _HEADINGS or _is_margin(node) else -1
            ahead.append(_Open(node, here, inside, mark, href or None))
            here = inside
            if node.child is not None:
                ahead.append(node.child)
    return links, headings, margins


def _is_margin(node: LexborNode) -> bool:
    tag, given = node.tag, node.attributes
    if tag in {"nav", "footer", "header"}:
        return tag == "nav" or not _is_inside(node, "main", "article", "section")
    if tag not in {"div", "ul", "aside", "table"} or not ("id" in given or "class" in given or "role" in given):
        return False
    names = f"{given.get('id') or ''} {given.get('class') or ''} {given.get('role') or ''}".lower().split()
    return any(_MARGIN.fullmatch(name) for name in names)


def _is_inside(node: LexborNode, *tags: str) -> bool:
    above = node.parent
    for _ in range(_LOOK_UP):
        if above is None:
            break
        if above.tag in tags:
            return True
        above = above.parent
    return False


def _open(node: LexborNode, inside: Look, flow: Flow) -> None:
    """Write what an element begins with."""
    tag = node.tag or ""
    if tag in _LISTS:
        flow.list_starts(_number(node.attributes.get("start"), 1) if tag == "ol" else None)
    if tag == "br":
        flow.newline()
    elif tag in {"td", "th"}:
        flow.cell()
    elif tag == "tr":
        flow.row_starts()
    elif tag in _BLOCKS or inside.block:
        flow.line(2 if tag in _PARAGRAPHS else 1)
    if inside.seen:
        _begin(node, tag, flow)


def _begin(node: LexborNode, tag: str, flow: Flow) -> None:
    """Write what an element shows that is not text in it: a picture, a button, the bullet of an item."""
    if tag == "img":
        flow.write(node.attributes.get("alt") or "")
    elif tag == "input" and (node.attributes.get("type") or "").lower() in _BUTTONS:
        flow.write(node.attributes.get("value") or "")
    elif tag == "li":
        flow.item_starts(_number(node.attributes.get("value"), None))


def _close(tag: str, inside: Look, flow: Flow) -> None:
    """Write what an element ends with."""
    if tag in _LISTS:
        flow.list_ends()
    elif tag == "li":
        flow.item_ends()
    if tag == "tr":
        flow.row_ends()
    elif tag in _BLOCKS or inside.block:
        flow.line(2 if tag in _PARAGRAPHS else 1)


def _number(text: str | None, otherwise: int | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
