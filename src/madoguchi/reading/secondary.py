"""Secondary harm: seen, possible, or none seen so far."""

from collections.abc import Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.sentences import Sentence

_W = patterns.load("story")


def read(sentences: Sequence[Sentence]) -> Said | None:
    """Return ``seen`` where one case is told, else ``none_seen`` where the company says so, else ``possible``."""
    found: dict[str, tuple[int, Said]] = {}
    for sentence in sentences:
        if sentence.quoted or sentence.kind == "heading":
            continue
        headed = any(_W["harm_heading"].search(words) for words in (*sentence.under[-1:], sentence.label) if words)
        value = _value(sentence.text, headed=headed)
        if value == "possible" and any(_W["self_help"].search(words) for words in sentence.under[-1:]):
            continue  # what may come to anybody, told as advice
        if value:
            # the section on harm is the best place, and misuse says more than an odd message
            harm = _W["harm"].search(sentence.text)
            rank = 0 if headed else 2 if harm and _W["harm_mild"].match(harm[0]) else 1
            if value not in found or rank < found[value][0]:
                found[value] = (rank, Said(value, sentence.span()))
    return next((found[value][1] for value in ("seen", "none_seen", "possible") if value in found), None)


def _value(text: str, *, headed: bool) -> str | None:
    harm = _W["harm"].search(text)
    plain = _W["harm_plain"].search(text) or _W["harm_denied"].search(text)
    if _W["harm_open"].search(text) or not (harm or plain or headed):
        return None
    start = min(hit.start() for hit in (harm, plain) if hit) if harm or plain else 0
    told = harm or _W["harm_plain_told"].search(text)
    none = _W["harm_none"].search(text, start)
    seen = _W["harm_seen"].search(text, start) or _W["harm_fact"].search(text, start)
    possible = _W["harm_possible"].search(text, start)
    asks = _W["advice"].search(text, start)
    if none and not (seen and seen.start() < none.start() and "が、" in text[seen.start() : none.start()]):
        return "none_seen"
    if told and seen and not asks and not possible:
        return "seen"
    if headed and _W["harm_unclear"].search(text):
        return "possible"
    return "possible" if told and possible and not (asks and asks.start() < possible.start()) else None
