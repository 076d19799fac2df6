"""What the company did and what it will do, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from madoguchi.reading import mentions, patterns
from madoguchi.reading.facts import Measure
from madoguchi.reading.sentences import Sentence

_W = patterns.load("measures")
_DONE_MARK = re.compile(r"[(【\[<](?:実施|対応|完了)?済み?[)】\]>]|実施済|\([^()]{0,14}(?:完了|開始|実施済み?)\)")


_TURN = re.compile(
    r"(?<!対)[しめえいれりきびちみ]、(?=今後|引き続き|来月|来年|年内に|年度内に|[0-9]{1,2}月(?:中|末|上旬|中旬|下旬)に|[0-9]{1,2}月(?:末|[0-9]{1,2}日)?までに|[0-9]{4}年(?:度|[0-9]{1,2}月)(?:中|末|内)?(?:まで)?に)"
    r"|(?:終わり|終え|(?<=[一-龠ァ-ヴ])し)、(?=[^。、]{0,60}(?:ませんでした|判明|分かり|わかり|ことを確認|回答を|返信を|返事を|連絡を(?:いただ|受け)|受理され))"
    r"|(?:まし[たて]|ます)(?:が|ので|ところ|ほか|とともに|一方で?)、?|/(?![/0-9A-Za-z])"
)


def read(text: str, sentences: Sequence[Sentence]) -> list[Measure]:
    """Return the measures, each in the words of the text, in their order.

    A sentence that tells of one done and one to come is cut between them.
    """
    found: list[Measure] = []
    intro: tuple[tuple[str, ...], bool] | None = None
    for sentence in sentences:
        if sentence.quoted or sentence.kind == "heading" or len(sentence.text) > 400:
            continue
        if sentence.kind == "prose" and _W["intro"].search(sentence.text):
            done, planned = _state(sentence.text, sentence)
            intro = (sentence.under, done) if done or planned else None
        said = intro[1] if intro and intro[0] == sentence.under else None
        for start, end, done in _parts(sentence, said):
            span = sentence.span(start, end)
            found.append(Measure(" ".join(text[span.start : span.end].split()), done, span))
    return found


def _parts(sentence: Sentence, said: bool | None) -> Iterator[tuple[int, int, bool]]:
    """Yield the measures of a sentence; ``said`` is whether the line over its list says that they were done."""
    text = sentence.text
    over = [*sentence.under[-2:], sentence.label]
    listed = any(_W["heading"].search(words) for words in over) or _begins_with_day(text)
    answers = any(_W["response"].search(words) for words in over)
    how = not answers and any(_W["how"].search(words) for words in over)
    for start, end in _turns(text):
        piece = text[start:end]
        if how and not _W["act"].search(piece[-28:]):
            continue
        if not (_W["act"].search(piece) or (answers and not _noun(piece))) or _is_none(piece):
            continue
        done, planned = _state(piece, sentence)
        if piece[-1] == "、" and not planned:
            done = True  # …を停止し、今後は…
        if done or planned:
            yield start, end, done or not planned
        elif listed and _W["act"].search(piece) and _noun(piece):
            yield start, end, _listed(sentence, said)


def _is_none(piece: str) -> bool:
    """Return whether a piece asks something of the reader, or tells of the incident and not of an answer to it."""
    tail = piece[-20:]
    last = tail.rfind("、", 0, len(tail) - 1) + 1
    return bool(
        _W["request"].search(piece)
        or _W["no_measure"].search(piece)
        or _W["no_deed_alone"].search(piece)
        or _W["mistake"].search(piece)
        or _W["no_deed"].search(tail[last:])
    )


def _noun(piece: str) -> bool:
    """Return whether a piece ends in a noun, as the items of a list do."""
    return not re.search(r"、$|(?:ます|ません|です|でした|まし[たて])(?:が|ので|ほか)?、?(?:\([^()]*\))?[。)]*$", piece)


def _listed(sentence: Sentence, said: bool | None) -> bool:
    """Return whether an item without a verb was done: as its list says, else by its heading."""
    if said is not None:
        return said
    over = " ".join((*sentence.under[-2:], sentence.label))
    return _begins_with_day(sentence.text) or not _W["prevention_heading"].search(over)


def _begins_with_day(text: str) -> bool:
    found = mentions.find(text[:40])
    return bool(found) and found[0].start < 4


def _turns(text: str) -> list[tuple[int, int]]:
    """Cut where what was done turns into what will be, or into a request: …し、今後は…／…ましたので、…／a slash in a table."""
    marks = [0, *(hit.end() for hit in _TURN.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(marks) if b > a]


def _state(piece: str, sentence: Sentence) -> tuple[bool, bool]:
    """Return whether a piece tells something done, and something planned."""
    around = f"{sentence.label} {' '.join(sentence.under[-1:])}"
    if _DONE_MARK.search(piece) or _DONE_MARK.search(around):
        return True, False
    if _W["to_come"].search(piece[-30:]) or (_W["to_come_heading"].search(around) and _noun(piece)):
        return False, True
    planned = list(_W["planned"].finditer(piece))
    done = list(_W["done"].finditer(piece))
    if planned and done:
        last = planned[-1].end() >= done[-1].end()
        return (not last, last)
    return bool(done), bool(planned)
