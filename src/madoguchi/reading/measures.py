"""What the company did and what it will do, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from madoguchi.reading import mentions, patterns
from madoguchi.reading.facts import Measure
from madoguchi.reading.sentences import Sentence

_W = patterns.load("measures")
_DONE_MARK = re.compile(r"[(【\[<](?:実施|対応|完了)?済み?[)】\]>]|実施済")


def read(text: str, sentences: Sequence[Sentence]) -> list[Measure]:
    """Return the measures, each in the words of the text, in their order.

    A sentence that tells of one done and one to come is cut between them.
    """
    found: list[Measure] = []
    for sentence in sentences:
        if sentence.quoted or sentence.kind == "heading" or len(sentence.text) > 400:
            continue
        for start, end, done in _parts(sentence):
            span = sentence.span(start, end)
            found.append(Measure(" ".join(text[span.start : span.end].split()), done, span))
    return found


def _parts(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    text = sentence.text
    headed = any(_W["heading"].search(words) for words in sentence.under[-2:])
    labelled = bool(sentence.label and _W["heading"].search(sentence.label))
    for start, end in _turns(text):
        piece = text[start:end]
        if not _W["act"].search(piece) or _W["request"].search(piece) or _W["no_measure"].search(piece):
            continue
        done, planned = _state(piece, sentence)
        listed = (headed or labelled or _begins_with_day(text)) and not text.endswith("。")
        if done or planned or listed:
            yield start, end, done or not planned


def _begins_with_day(text: str) -> bool:
    found = mentions.find(text[:40])
    return bool(found) and found[0].start < 4


def _turns(text: str) -> list[tuple[int, int]]:
    """Cut where what was done turns into what will be: …しました。…／…し、今後は…／a slash in a table."""
    marks = [
        0,
        *(hit.end() for hit in re.finditer(r"(?:ましたが|ており|し)、(?=今後)|/(?![/0-9A-Za-z])", text)),
        len(text),
    ]
    return [(a, b) for a, b in pairwise(marks) if b > a]


def _state(piece: str, sentence: Sentence) -> tuple[bool, bool]:
    """Return whether a piece tells something done, and something planned."""
    around = f"{sentence.label} {' '.join(sentence.under[-1:])}"
    if _DONE_MARK.search(piece) or _DONE_MARK.search(around):
        return True, False
    if re.search(r"今後(?:の)?実施|実施予定", around):
        return False, True
    planned = list(_W["planned"].finditer(piece))
    done = list(_W["done"].finditer(piece))
    if planned and done:
        last = planned[-1].end() >= done[-1].end()
        return (not last, last)
    return bool(done), bool(planned)
