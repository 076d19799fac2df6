"""Everywhere a page can take its reader, shown now or not: links, forms, buttons, frames, drawings, going on by itself."""

import re

from selectolax.lexbor import LexborHTMLParser

from madoguchi.intake.html.shown import resolve

_ADDRESS = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "form": ("action",),
    "button": ("formaction",),
    "input": ("formaction",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "applet": ("code", "codebase"),
}
_CHOSEN = ", ".join([*_ADDRESS, "meta", "svg *", "math *", "noscript"])
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)


# Outlook alone reads what stands in these comments.
_FOR_ONE_PROGRAM = re.compile(r"<!--\[if[^\]]{0,200}\]>(.*?)<!\[endif\]-->", re.DOTALL | re.IGNORECASE)


def ways(markup: str) -> list[str]:
    """Return those addresses, each once, resolved where the page names a base.

    A link that is hidden here may be shown on a phone, without scripts, or in one program. `html.page` has read
    ``markup`` before: what is larger or deeper than any page never comes here. Pictures and style sheets are left out,
    since nobody is led there.
    """
    for_one = "".join(_FOR_ONE_PROGRAM.findall(markup))
    return list(dict.fromkeys(_ways(markup) + (_ways(for_one) if for_one else [])))


def _ways(markup: str) -> list[str]:
    tree = LexborHTMLParser(markup.encode("utf-8", "replace").replace(b"\0", b""))
    based = tree.css_first("base[href]")
    base = based.attributes.get("href") if based is not None else None
    found: list[str] = []
    for node in tree.css(_CHOSEN):
        given, tag = node.attributes, node.tag or ""
        if tag == "meta":
            if (given.get("http-equiv") or "").strip().lower() == "refresh" and (
                to := _REFRESH.search(given.get("content") or "")
            ):
                found.append(to[1])
            continue
        if tag == "noscript" and not node.css("*"):  # kept as text by the parser
            found += _ways(node.text())
            continue
        # A drawing's elements have any name; only their links lead somewhere, its pictures do not.
        names = _ADDRESS.get(tag) or (() if tag in {"image", "use", "feimage"} else ("href", "xlink:href"))
        found += [value for name in names if (value := given.get(name))]
    return [resolve(base, address) for address in found]
