"""Why the company tells it only now."""

from collections.abc import Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.flat import Span
from madoguchi.reading.sentences import Sentence

_W = patterns.load("story")


def read(text: str, sentences: Sequence[Sentence]) -> Said | None:
    """Return the sentence that gives the reason: under a heading of the delay, or beside one that admits it."""
    for number, sentence in enumerate(sentences):
        if sentence.quoted:
            continue
        headed = any(_W["late"].search(words) for words in sentence.under[-1:])
        if not headed and not _W["late"].search(sentence.text):
            continue
        if sentence.kind == "heading":
            continue
        near = [s for s in sentences[number : number + 3] if s.kind != "heading" and s.under == sentence.under]
        reasons = [s for s in near if _W["late_reason"].search(s.text) and not s.text.endswith("お詫び申し上げます。")]
        if reasons and (headed or reasons[0] is sentence or _W["late"].search(sentence.text)):
            first, last = reasons[0].span(), reasons[-1].span()
            span = Span(first.start, first.end if len(reasons) == 1 else last.end)
            return Said(" ".join(text[span.start : span.end].split()), span)
    return None
