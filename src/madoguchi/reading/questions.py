"""Which questions a letter asks, and which a reply repeats: keys of `law.questions` by their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from madoguchi.law.questions import QUESTIONS, GroundKey
from madoguchi.reading.reply import words as reply_words
from madoguchi.reading.reply.own import Own, own_words
from madoguchi.reading.sentences import Sentence, split
from madoguchi.text.fold import key as compared
from madoguchi.text.language import LocalText

_INLINE = re.compile("[①-⑳]")
_KANA = "アイウエオカキクケコ"
MOST = 60
"""Questions of one letter that are read."""
LONGEST = 600
"""Characters of one question that are read."""
_KANJI = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
_PIECES = re.compile(r"(?:[^。??\n、]|、(?!(?:また|さらに|加えて|併せて|あわせて)))+[。??]?")
_CONDITION = re.compile(r"[^、。]*(?:場合|とき|際)(?:に|は|には)?、")
_SOURCE = re.compile(r"[((][^()()]{0,60}(?:法|規則|条|項|号|act|article)[^()()]{0,40}[))]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was asked.

    ``key`` is one of `law.questions`, or None for a question of another kind (``other`` in an answer). ``number`` is
    the number it bore; a question with two matters is two `Asked` of one number. ``ground`` overrides the law's own
    (a signed inquiry carries it).
    """

    key: str | None
    text: str
    number: int | None = None
    ground: GroundKey | None = None


def of_letter(text: str) -> list[Asked]:
    """Return what a plain letter of inquiry asks, in its order; nothing where it asks nothing.

    Numbered or dotted questions come first; where there are none, each sentence that asks counts. A question whose
    words fit none of `law.questions` is kept with ``key=None``.
    """
    own = own_words(text)
    return _asked(split(own.text)) or _asked(split(own.quoted))


def quoted(text: str) -> list[Asked]:
    """Return the questions that a reply repeats: the mail quoted in it, else its own 「ご質問1」, Q1, 「…」とのご質問."""
    own = own_words(text)
    return _of_quotes(own) or _repeated(own)


def keys(text: str) -> list[str]:
    """Return the keys of `law.questions` that one question's words fit, in the order in which they are asked."""
    text = text[:LONGEST]
    whole = compared(_SOURCE.sub("", text))
    exact = [key for key, own in _own_texts() if own in whole]
    if exact:
        return list(dict.fromkeys(exact))
    found: list[str] = []
    for piece in _PIECES.findall(reply_words.plain(_SOURCE.sub("", text))):
        found += [key for key in _of_piece(piece) if key not in found]
    return found


def _of_piece(piece: str) -> list[str]:
    without = _CONDITION.sub("", piece)
    asked = without if len(without) > 5 else piece
    hits: dict[str, int] = {}
    for key, known in reply_words.questions().questions.items():
        hit = known.asked.search(asked)
        if hit and not (known.never and known.never.search(asked)):
            hits[key] = hit.start()
    beaten = {other for key in hits for other in reply_words.questions().questions[key].over}
    left = [key for key in hits if key not in beaten] or list(hits)
    return sorted(left, key=hits.__getitem__)


@cache
def _own_texts() -> tuple[tuple[str, str], ...]:
    """Return the law's own wording of each question in every language, as compared."""
    texts: list[tuple[str, LocalText]] = [(question.key, question.text) for question in QUESTIONS]
    return tuple((key, compared(part)) for key, text in texts for part in (text.ja, text.en, text.ja_easy))


def number_of(found: re.Match[str]) -> int | None:
    """Return the number that a mark of `reply_questions.yaml` holds."""
    groups = found.groupdict()
    text = (
        groups.get("number") or groups.get("nth") or groups.get("kanji") or groups.get("circled") or groups.get("kana")
    )
    if not text:
        return None
    if text in _KANJI:
        return _KANJI[text]
    if text in _KANA:
        return _KANA.index(text) + 1
    for first in ("①", "⑴"):
        if len(text) == 1 and 0 <= ord(text) - ord(first) < 20:
            return ord(text) - ord(first) + 1
    return int(text) if text.isdecimal() else None


@dataclass(slots=True)
class _Entry:
    text: str
    number: int | None
    listed: bool
    zone: bool


def _entries(sentences: tuple[Sentence, ...]) -> Iterator[_Entry]:
    """Yield what a letter says, the sentences of one numbered line together."""
    words = reply_words.questions()
    zone = False
    open_entry: _Entry | None = None
    line = -1
    for sentence in sentences:
        text = sentence.text[:LONGEST]
        mark = words.marks.question.match(text)
        mark = mark if mark and mark.groupdict()["number"] else words.marks.number.match(text)
        listed = sentence.kind == "item" or bool(mark)
        apart = open_entry and not open_entry.listed and bool(words.asks.search(open_entry.text))
        if open_entry and sentence.line == line and not (apart and not _INLINE.search(open_entry.text + text)):
            open_entry.text = (open_entry.text + text)[:LONGEST]
            continue
        if open_entry:
            yield open_entry
            open_entry = None
        ends = len(text) < 40 and words.zone_ends.search(text) and not mark
        if ends or (not listed and sentence.kind == "heading"):
            zone = bool(words.zone.search(text)) and not words.zone_ends.search(text)
        elif not listed and words.zone.search(text) and words.asks_for_reply.search(text):
            zone = True
        number = number_of(mark) if mark else None
        body = text[mark.end() :] if mark else text.lstrip("・･•‣*◦+-■◆●□◇○ ")
        open_entry, line = _Entry(body.strip(), number, listed, zone), sentence.line
    if open_entry:
        yield open_entry


def _parts(entry: _Entry) -> list[_Entry]:
    """Return the questions numbered within one running line (①… ②…) apart."""
    marks = list(_INLINE.finditer(entry.text))
    if len(marks) < 2:
        return [entry]
    ends = [mark.start() for mark in marks[1:]] + [len(entry.text)]
    head = [_Entry(entry.text[: marks[0].start()], entry.number, listed=False, zone=False)]
    return head + [
        _Entry(entry.text[mark.end() : end].strip(), ord(mark.group()) - ord("①") + 1, listed=True, zone=True)
        for mark, end in zip(marks, ends, strict=True)
    ]


def _asks(entry: _Entry) -> bool:
    return bool(reply_words.questions().asks.search(entry.text) or keys(entry.text))


def _asked(sentences: tuple[Sentence, ...]) -> list[Asked]:
    words = reply_words.questions()
    entries = [part for entry in _entries(sentences) for part in _parts(entry) if part.text]
    listed = [entry for entry in entries if entry.listed]
    zoned = any(entry.zone for entry in listed)
    numbered = sum(entry.number is not None and _asks(entry) for entry in listed) >= 2
    found: list[Asked] = []
    loose: list[Asked] = []
    for entry in entries:
        if words.about_asker.search(entry.text):
            continue
        said = words.states.search(entry.text) and not words.asks.search(entry.text)
        named = _asks(entry) or entry.zone or (numbered and entry.number is not None)
        if entry.listed and named and not said and (entry.zone or not zoned or words.asks.search(entry.text)):
            found += _each(entry)
        elif words.asks.search(entry.text):
            loose += _each(_Entry(entry.text, None, listed=False, zone=entry.zone))
    known = {asked.key for asked in found}
    if found:  # a question in passing beside the numbered ones
        loose = [asked for asked in loose if asked.key and asked.key not in known and _interrogative(asked.text)]
    loose = [asked for asked in loose if asked.key or _asks_something(asked.text)]
    found += list({asked.key or asked.text: asked for asked in loose}.values())
    return found[:MOST]


def _asks_something(text: str) -> bool:
    """Return whether a sentence asks for a fact, and not only for a reply or for kindness."""
    words = reply_words.questions()
    return not words.asks_for_reply.search(text) and (_interrogative(text) or bool(words.asks_for_fact.search(text)))


def _interrogative(text: str) -> bool:
    return bool(re.search(r"か[。.??]*$|[??]$", text))


def _each(entry: _Entry) -> list[Asked]:
    matched: list[str | None] = [*keys(entry.text)]
    return [Asked(key, entry.text, entry.number) for key in matched or [None]]


def _of_quotes(own: Own) -> list[Asked]:
    return _asked(split(own.quoted)) if own.quoted.strip() else []


def _repeated(own: Own) -> list[Asked]:
    """Return the questions that the reply's own lines repeat."""
    words = reply_words.questions()
    marked: list[Asked] = []
    headed: list[Asked] = []
    for sentence in split(own.text):
        text = sentence.text[:LONGEST]
        mark = words.marks.question.match(text)
        if mark and (mark.groupdict()["number"] or mark.end() < len(text)) and not sentence.quoted:
            rest = text[mark.end() :].strip("「」『』: ")
            if rest and (mark.groupdict()["number"] or mark.group().rstrip()[-1:] in "::】].)"):
                marked += _each(_Entry(rest, number_of(mark), listed=True, zone=True))
                continue
        for inner in re.findall(
            r"「([^」]{4,160})」(?=(?:と|に|の)[^。]{0,12}(?:質問|尋ね|問い?合わせ|照会|請求|件|点|つ))", text
        ):
            marked += _each(_Entry(inner, None, listed=True, zone=True))
        number = words.marks.number.match(text)
        body = text[number.end() :] if number else text.strip("■◆●▼【】[]<>・ ")
        short = len(body) <= 60
        if short and (sentence.kind == "heading" or number or text[0] in "■◆●▼□◇") and _is_repeat(body):
            headed += [
                Asked(key, body, number_of(number) if number else None)
                for key in keys(body)
                if key not in {"window", "publication"} or number
            ]
    return _once(marked or headed)


def _is_repeat(body: str) -> bool:
    return bool(reply_words.questions().marks.about.search(body)) or _interrogative(body)


def _once(asked: list[Asked]) -> list[Asked]:
    return list({(one.key or one.text, one.number if one.key is None else 0): one for one in asked}.values())[:MOST]
