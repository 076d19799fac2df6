"""Named companies and bodies: which names are the site's own, and whose a number is that stands right after a name."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from madoguchi.contacts import words

_OWN_LABEL = re.compile(
    r"商号|会社名|社名|販売業者|販売元|販売事業者|事業者(?:の名称|名)?|法人名|運営(?:会社|元|者)|名称|屋号"
)
_SO_CALLED = re.compile(r"\(以下[、,]?\s*「?(?:当|弊|わたし|本法人|本会)")

_LONGEST = 2_000
"""Characters of a line in which the site names itself."""
_NEAR = 300
"""Characters before a number among which the name it belongs to stands."""


class Own(NamedTuple):
    """The site's own names, small letters, without their legal form; ``sure``: at least one is said to be its own."""

    names: frozenset[str] = frozenset()
    sure: bool = False

    def and_(self, other: "Own") -> "Own":
        """Return both together."""
        return Own(self.names | other.names, self.sure or other.sure)


def names(text: str) -> list[tuple[int, int, str]]:
    """Return the legal names in a flat text, ``(start, end, core)``: ``core`` is the name without its legal form."""
    found = []
    for match in words.pattern(*words.others().legal_name).finditer(text):
        core = words.pattern(*words.others().legal_form).sub("", match[0]).strip(" ,.・")
        if len(core) >= 2:
            found.append((match.start(), match.end(), core.casefold()))
    return found


def own_names(title: str, rows: Iterable[tuple[str, list[str], bool]]) -> Own:
    """Return the site's own names; a row is a flat line, its cells, and whether it frames the page.

    Surely own are the names in the title, after a label such as 販売業者, and those that the text itself calls 当社; own
    are also those in the frame of the page or alone on a line.
    """
    sure = {core for _, _, core in names(title)} | own_bodies(title)
    other = set()
    for text, cells, framing in rows:
        for start, end, core in names(text[:_LONGEST]):
            label = text[:start].strip(" :：")
            labelled = len(label) <= 12 and _OWN_LABEL.search(cells[0] if len(cells) > 1 else label)
            alone = not text[:start].strip(" ■●・©") and not text[end:].strip()
            if labelled or _SO_CALLED.match(text, end) or core in title.casefold():
                sure.add(core)
            elif framing or alone:
                other.add(core)
    return Own(frozenset(sure | other), bool(sure))


def own_bodies(title: str) -> frozenset[str]:
    """Return the names in ``others.yaml`` that a part of a page's title ends with: a body's own site."""
    bodies = words.pattern(*(each for body in words.others().bodies for each in body.words))
    parts = (part.strip() for part in re.split(r"[|/<>»«:：]|\s-\s", title))
    return frozenset(
        match[0].casefold() for part in parts for match in bodies.finditer(part) if match.end() == len(part)
    )


def somebody_else(left: str, own: Own) -> bool:
    """Return whether the last legal name in ``left`` (the words before a number, flat) is another's and the number its.

    It is when the site's own name is known and another stands in the same sentence, when number and name share a
    bracket, or when the sentence says what that company does for us.
    """
    left = left[-_NEAR:]
    found = names(left)
    if not found:
        return False
    start, end, core = found[-1]
    if _is_in(core, own):
        return False
    between = left[end:]
    if words.pattern(words.others().ours).search(between):
        return False
    bracketed = between.count("(") > between.count(")") or left[:start].count("(") > left[:start].count(")")
    related = words.pattern(words.others().relation).search(left)
    comparable = any(core.isascii() == mine.isascii() for mine in own.names)  # the same company in English is no other
    return bool(related) or (comparable and (bracketed or (own.sure and "。" not in between)))


def is_own(left: str, own: Own) -> bool:
    """Return whether the last legal name in ``left`` is the site's own."""
    found = names(left[-_NEAR:])
    return bool(found) and _is_in(found[-1][2], own)


def _is_in(core: str, own: Own) -> bool:
    return any(core in mine or mine in core for mine in own.names)
