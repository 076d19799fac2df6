"""In the answer to which question each sentence of a reply stands: by number, by the question repeated, by heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from madoguchi.reading.questions import Asked, keys, number_of
from madoguchi.reading.reply import words as reply_words
from madoguchi.reading.reply.own import Own
from madoguchi.reading.sentences import Sentence, split
from madoguchi.text.fold import key as compared

_ALIKE = 0.5
_LONGEST = 600  # characters of a sentence in which a question is looked for
_NUMBER = re.compile(r"(?P<number>[0-9]{1,2})|(?P<circled>[①-⑳])|(?P<kanji>[一二三四五六七八九十])|(?P<kana>[ア-コ])")


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence; ``here`` are the questions (by index) that it may answer, ``body`` is where its own words begin.

    ``marked``: it opens the answer to a question; ``explicit``: a mark or a repeated question says so. ``heading`` stands over it.
    """

    sentence: Sentence
    here: frozenset[int]
    body: int
    heading: str
    marked: bool
    explicit: bool


def placed(own: Own, asked: Sequence[Asked]) -> list[Placed]:
    """Return the sentences of a reply's own words, those that only repeat a question left out."""
    found = list(_Walk(own, asked).sentences())
    told = {index for one in found if one.explicit and not _only_overview(one) for index in one.here}
    return [one for one in found if not (_only_overview(one) and one.here & told)]


def _only_overview(one: Placed) -> bool:
    """Return whether a line of a table says only that the question is answered, refused or open (4. 原因：確認中です)."""
    text = one.sentence.text[:_LONGEST]
    return bool(reply_words.stances().overview.search(reply_words.plain(text))) and not _answers(text)


def _answers(text: str) -> bool:
    """Return whether a line says that it answers (回答：…): what follows repeats nothing, however short it is."""
    mark = reply_words.questions().marks.answer.match(text)
    return bool(mark and mark.end())


class _Walk:
    def __init__(self, own: Own, asked: Sequence[Asked]) -> None:
        self.own, self.asked = own, asked
        self.texts = [_pairs(compared(one.text)) for one in asked]
        self.numbers: dict[int, frozenset[int]] = {}
        for index, one in enumerate(asked):
            if one.number is not None:
                self.numbers[one.number] = self.numbers.get(one.number, frozenset()) | {index}
        self.here: frozenset[int] = frozenset(range(len(asked))) if len({a.text for a in asked}) == 1 else frozenset()
        self.heading = ""
        self.explicit = False
        self.style = ""
        self.last = 0
        self.repeating = -1

    def sentences(self) -> Iterator[Placed]:
        quotes = sorted(self.own.lines)
        at = 0
        for sentence in split(self.own.text):
            block: list[str] = []
            while at < len(quotes) and quotes[at] < sentence.span().start:
                block.append(self.own.lines[quotes[at]])
                at += 1
            if block:
                self._quoted(block)
            if (one := self._place(sentence)) is not None:
                yield one

    def _quoted(self, block: list[str]) -> None:
        """What stands below a quoted question answers it; below several, none in particular."""
        found: frozenset[int] = frozenset()
        if len(block) <= 12:
            for line in ("".join(block), *block):
                found |= self._alike(line)
        few = len({self.asked[index].text for index in found}) <= 3
        self.here, self.heading = (found if few else frozenset()), ""
        self.explicit = few and bool(found)
        self.style, self.last = "", 0

    def _place(self, sentence: Sentence) -> Placed | None:
        text, body = sentence.text[:_LONGEST], 0
        if self.repeating >= 0 and not sentence.quoted:
            goes_on = compared(text)
            if sentence.line == self.repeating or any(goes_on in compared(self.asked[i].text) for i in self.here):
                return None  # the question goes on
            self.repeating = -1
        if reply_words.questions().closes.search(text) and not reply_words.questions().marks.question.match(text):
            self._now(self._only(), explicit=False)
        opened = self._opened(text)
        if opened is not None:
            found, body = opened
            answers = bool(body) and _answers(text)
            says_so = not answers and self._asked_word(text)
            only_repeats = not text[body:].strip() if answers else says_so or self._repeats(text[body:])
            self._now(found, explicit=bool(found), heading=text[body:] if only_repeats else "")
            if only_repeats:
                self.repeating = sentence.line if says_so else -1
                return None
        elif sentence.kind == "heading":
            named = self._of(text, None)
            self._now(named or self._only(), explicit=bool(named), heading=text.strip("【】[]<>■◆●▼□◇ :"))
            return None
        elif self._is_echo(text):
            self._now(self._alike(text) or self._by_key(text), explicit=True)
            return None
        elif sentence.label and (labelled := self._by_key(sentence.label)):
            self._now(labelled, explicit=self.explicit, heading=self.heading)
        if not body and text[:1] in "[【":
            body = sentence.body  # who speaks in a chat
        spoken = self._spoken_of(sentence, body)
        here = self.here | spoken
        heading = self.heading or (sentence.label if body else "")
        return Placed(sentence, here, body, heading, opened is not None, bool(spoken or (self.explicit and self.here)))

    @staticmethod
    def _asked_word(text: str) -> bool:
        """Return whether a line says that it repeats a question (ご質問：…): then all of it does."""
        mark = reply_words.questions().marks.question.match(text)
        if not mark or not mark.group().rstrip().endswith((":", "】:", "]:")):
            return False
        return not reply_words.term("contact").search(text) and not re.search("回答 ?:", text)

    def _now(self, here: frozenset[int], *, explicit: bool, heading: str = "") -> None:
        self.here, self.explicit, self.heading = here, explicit, heading

    def _opened(self, text: str) -> tuple[frozenset[int], int] | None:
        """Return whose answer a mark at the beginning opens, and where the mark ends; None where there is no mark."""
        marks = reply_words.questions().marks
        cell, tab, _ = text.partition("\t")  # a row of a table: the question, the answer
        if tab and (found := self._close(cell, 0.6)):
            return found, len(cell) + 1
        if (mark := marks.several.match(text)) and (found := self._counted(mark["numbers"])):
            return found, mark.end()
        if (mark := marks.answer.match(text)) and mark.end():
            return self.numbers.get(number_of(mark) or 0, self.here), mark.end()
        mark = marks.question.match(text)
        if mark and (number_of(mark) or self._asked_word(text) or self._repeats(text[mark.end() :])):
            return self._of(text[mark.end() :], number_of(mark)), mark.end()
        if mark := marks.number.match(text) or marks.nth.match(text):
            numbered = self._numbered(text[mark.end() :], number_of(mark), _style(mark.group()))
            return None if numbered is None else (numbered, mark.end())
        return None

    def _counted(self, text: str) -> frozenset[int]:
        """Return the questions whose numbers a sentence names at its beginning (一と二のお尋ねについては)."""
        numbers = {n for mark in _NUMBER.finditer(text) if (n := number_of(mark))}
        if numbers - set(self.numbers):
            return frozenset()
        return frozenset(index for number in numbers for index in self.numbers[number])

    def _only(self) -> frozenset[int]:
        return frozenset(range(len(self.asked))) if len({one.text for one in self.asked}) == 1 else frozenset()

    def _repeats(self, rest: str) -> bool:
        """Return whether what follows a mark repeats the question, rather than answering it."""
        rest = rest.strip("「」『』 ")
        words = reply_words.questions()
        if rest.endswith(":") and len(rest) <= 60 and not words.states.search(rest[:-1]):
            return True
        if not rest.strip() or words.marks.about.search(rest) or rest.rstrip("。.」 ").endswith(("か", "?")):
            return True
        if words.asks.search(rest):
            return bool(self._close(rest, 0.6))
        return len(rest) <= 40 and not words.states.search(rest) and bool(self._alike(rest) or self._by_key(rest))

    def _is_echo(self, text: str) -> bool:
        """Return whether a sentence without any mark is a question put again."""
        if not reply_words.questions().asks.search(text):
            return False
        if reply_words.stances().requests.search(text) and not text.rstrip("。」 ").endswith("か"):
            return bool(self._close(text, 0.8))  # the reply asks for something of its own
        return bool(self._alike(text) or self._by_key(text))

    def _of(self, rest: str, number: int | None) -> frozenset[int]:
        found = self._alike(rest) or self._by_key(rest)
        by_number = self.numbers.get(number or 0, frozenset())
        if found and by_number & found:
            return by_number & found if len(by_number) > 1 else by_number
        return found or by_number

    def _numbered(self, rest: str, number: int | None, style: str) -> frozenset[int] | None:
        """Return the questions that a numbered line opens, or None where it is only an item of a list."""
        if number is None or (self.style and (style != self.style or number <= self.last)):
            return None
        short = len(rest) <= 60
        found = self._close(rest, 0.6) or (self._by_key(rest) if short and self._repeats(rest) else frozenset())
        if not found and number in self.numbers and (self.last or number == min(self.numbers)):
            found = self.numbers[number]
        if not found:
            return None
        self.style, self.last = style, number
        return found

    def _by_key(self, text: str) -> frozenset[int]:
        known = set(keys(text[:200]))
        return frozenset(index for index, one in enumerate(self.asked) if one.key in known)

    def _alike(self, text: str) -> frozenset[int]:
        return self._close(text, _ALIKE)

    def _close(self, text: str, least: float) -> frozenset[int]:
        """Return the questions whose words are about those of ``text``: the nearest, and what shares its text."""
        mine = _pairs(compared(text[:400]))
        scores = [_dice(mine, theirs) for theirs in self.texts]
        best = max(scores, default=0.0)
        return frozenset(i for i, score in enumerate(scores) if score == best) if best >= least else frozenset()

    def _spoken_of(self, sentence: Sentence, body: int) -> frozenset[int]:
        """Return the questions that a sentence itself names: 「…」とのご質問, 原因につきましては."""
        text = reply_words.plain(sentence.text[body : body + 400])
        named = [
            found.group()
            for pattern in reply_words.stances().repeated[1:4]
            for found in [pattern.search(text)]
            if found
        ]
        head, mark, _ = text[:90].partition("つきまして")
        head = head if mark else text[:90].partition("ついては")[0] if "ついては" in text[:90] else ""
        named += [head] if head else []
        found: frozenset[int] = frozenset()
        for part in named:
            found |= self._close(part, 0.6) or self._by_key(part)
        return found


def _style(mark: str) -> str:
    return "".join(
        "1" if char.isdigit() or char in "一二三四五六七八九十アイウエオカキクケコ" else char for char in mark.strip()
    ).replace("11", "1")


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
