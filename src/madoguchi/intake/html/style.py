"""What an element's own attributes say about how it looks: hidden, a block, spaces kept."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

_NOTHING = re.compile(r"[+-]?0*\.?0+(?:px|pt|em|rem|%|ex|vw|vh)?$")
_FAR_OUT = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|%|pt)?$")
_RELATIVE = re.compile(r"(?:em|%|smaller|larger|inherit|unset)$")
_FLAT = frozenset({"height", "max-height", "width", "max-width"})
_AS_BLOCK = frozenset({"block", "flex", "grid", "table", "list-item", "flow-root", "table-row"})
_AS_WRITTEN = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})


class Look(NamedTuple):
    """How the inside of an element looks."""

    gone: bool = False
    """Nothing inside is shown, whatever it says itself."""
    hidden: bool = False
    """``visibility: hidden``, which something inside can undo."""
    tiny: bool = False
    """``font-size: 0``, which something inside can undo: newsletters are laid out that way."""
    kept: bool = False
    """Line ends count (``pre``)."""
    block: bool = False
    """On lines of its own by its own style."""

    @property
    def seen(self) -> bool:
        """Return whether text that stands directly in it is seen."""
        return not (self.gone or self.hidden or self.tiny)


def look(node: LexborNode, outside: Look) -> Look:
    """Return how the inside of ``node`` looks when what is around it looks like ``outside``."""
    tag, given = node.tag, node.attributes
    hidden, tiny, kept = outside.hidden, outside.tiny, outside.kept or tag in {"pre", "textarea", "listing"}
    if not given:
        return Look(tag == "dialog", hidden, tiny, kept)
    gone = "hidden" in given or (tag == "dialog" and "open" not in given)
    style = _declarations(given.get("style") or "")
    display = style.get("display", "")
    gone = gone or display == "none" or _out_of_sight(style)
    if "visibility" in style:
        hidden = style["visibility"] in {"hidden", "collapse"}
    size = style.get("font-size")
    if size is not None and not (tiny and _RELATIVE.search(size) and not size.endswith("rem")):
        tiny = bool(_NOTHING.match(size))
    if "white-space" in style:
        kept = style["white-space"] in _AS_WRITTEN
    return Look(gone, hidden, tiny, kept, display in _AS_BLOCK)


def _declarations(style: str) -> dict[str, str]:
    """Return the declarations of a style attribute; the last one of a property counts."""
    found = {}
    for declaration in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def _out_of_sight(style: dict[str, str]) -> bool:
    """Return whether an element is transparent, flat, or moved far out of the window."""
    if style.get("mso-hide") == "all" or _is_nothing(style.get("opacity")):
        return True
    if style.get("overflow") in {"hidden", "clip"} and any(_is_nothing(style.get(side)) for side in _FLAT):
        return True
    if _FAR_OUT.match(style.get("text-indent", "")):
        return True
    moved = style.get("position") in {"absolute", "fixed"}
    return moved and any(_FAR_OUT.match(style.get(side, "")) for side in ("left", "top", "right", "margin-left"))


def _is_nothing(value: str | None) -> bool:
    return value is not None and bool(_NOTHING.match(value))
