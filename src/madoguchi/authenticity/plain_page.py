"""Whether an HTML part shows its words and nothing else.

A signed notice vouches for the words of its letter. A page with the same words may still say more to who sees it: in a
picture, in a field, by a style sheet that adds or hides words, to one mail program alone. What is listed here cannot.
"""

import re

from selectolax.lexbor import LexborHTMLParser

_TAGS = frozenset(
    "html head meta title style body main article section header footer div p span br hr h1 h2 h3 h4 h5 h6 ul ol li dl "
    "dt dd table caption thead tbody tfoot tr th td colgroup col b strong i em u small pre blockquote center a wbr".split()
)
_ATTRIBUTES = frozenset(
    "lang class id style href charset name content http-equiv colspan rowspan scope role align valign width border "
    "cellpadding cellspacing start value xmlns target rel".split()
)
_HARMLESS = re.compile(
    r"(?:margin|padding|border)(?:-[a-z]+)*|(?:max-)?width|text-align|text-wrap|word-break|"
    r"overflow-wrap|word-wrap|vertical-align|font-(?:family|weight|style)|list-style-type"
)
_DARK = re.compile(r"#(?:[0-7]{3}|(?:[0-7][0-9a-f]){3})|black|inherit")
_LIGHT = re.compile(r"#(?:[ef]{3}|(?:[ef][0-9a-f]){3})|white|none|inherit|transparent")
_READABLE = re.compile(r"(?:0?\.[89]\d*|[1-9](?:\.\d+)?)(?:rem|em)|[1-9]\d(?:\.\d+)?(?:px|pt)|(?:[89]\d|[1-9]\d\d)%")
_HEIGHT = re.compile(r"normal|[1-9](?:\.\d+)?(?:em|rem)?|[1-9]\d(?:px|pt)|[1-9]\d\d%")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shows_only_words(markup: str, shown: str) -> bool:
    """Return whether a page shows its words, ``shown`` (as `intake.html` reads them), and nothing besides or instead."""
    if "[if" in markup or _TURNS.search(shown):  # words for one program only; letters in another order
        return False
    tree = LexborHTMLParser(markup.encode("utf-8", "replace").replace(b"\0", b""))
    for node in tree.css("*"):
        if node.tag not in _TAGS or set(node.attributes) - _ATTRIBUTES:
            return False
        if node.tag == "style" and not _is_harmless(node.text()):
            return False
        style = node.attributes.get("style")
        if style and not _is_harmless(f"x{{{style}}}"):
            return False
    return True


def _is_harmless(css: str) -> bool:
    """Return whether a style sheet only sets words: no pictures, no words of its own, nothing hidden or moved."""
    if re.search(r"[\\<]|/\*|@(?!media\b)", css):  # escapes and comments could hide a property from us
        return False
    around = re.sub(r"@media\b[^{};]*\{", "", re.sub(r"\{[^{}]*\}", "", css))
    if re.search(r"[{;]", around):  # declarations around a rule that stands inside another
        return False
    return all(_is_quiet(declaration) for block in re.findall(r"\{([^{}]*)\}", css) for declaration in block.split(";"))


def _is_quiet(declaration: str) -> bool:
    name, _, value = (part.strip().lower() for part in declaration.partition(":"))
    value = value.removesuffix("!important").strip()
    if not name:
        return True
    if name == "color":
        return bool(_DARK.fullmatch(value))
    if name in {"background", "background-color"}:
        return bool(_LIGHT.fullmatch(value))
    if name == "font-size":
        return bool(_READABLE.fullmatch(value))
    if name == "display":
        return value in {"block", "inline", "inline-block", "table", "table-row", "table-cell", "list-item"}
    if name == "line-height":
        return bool(_HEIGHT.fullmatch(value))
    if name == "font":
        size, _, height = next((word for word in value.split() if word[:1] in ".0123456789"), "").partition("/")
        return bool(_READABLE.fullmatch(size)) and (not height or bool(_HEIGHT.fullmatch(height)))
    return bool(_HARMLESS.fullmatch(name)) and not re.search(r"(?:^|[\s,])-[0-9.]|[a-z]\(|\d{4}", value)
