"""Secondary harm: seen, possible, or none seen so far."""

from collections.abc import Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.sentences import Sentence

_W = patterns.load("story")


def read(sentences: Sequence[Sentence]) -> Said | None:
    """Return ``seen`` where one case is told, else ``none_seen`` where the company says so, else ``possible``."""
    found: dict[str, Said] = {}
    under: dict[str, Said] = {}
    for sentence in sentences:
        if sentence.quoted or sentence.kind == "heading":
            continue
        headed = any(_W["harm_heading"].search(words) for words in (*sentence.under[-1:], sentence.label) if words)
        value = _value(sentence.text, headed=headed)
        if value:
            (under if headed else found).setdefault(value, Said(value, sentence.span()))
    found |= under  # where both tell it, the section on harm is the better place
    return next((found[value] for value in ("seen", "none_seen", "possible") if value in found), None)


def _value(text: str, *, headed: bool) -> str | None:
    harm = _W["harm"].search(text)
    if harm is None and not headed:
        return None
    start = harm.start() if harm else 0
    none = _W["harm_none"].search(text, start)
    seen = _W["harm_seen"].search(text, start)
    possible = _W["harm_possible"].search(text, start)
    asks = _W["advice"].search(text, start)
    if none and not (seen and seen.start() < none.start() and "が、" in text[seen.start() : none.start()]):
        return "none_seen"
    if harm and seen and not asks and not possible:
        return "seen"
    if headed and _W["harm_unclear"].search(text):
        return "possible"
    return "possible" if harm and possible and not (asks and asks.start() < possible.start()) else None
