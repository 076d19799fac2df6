"""The company's own words in a reply, apart from the inquiry that is quoted in it."""

import re
from typing import NamedTuple

from madoguchi.reading.reply import words as reply_words
from madoguchi.text.fold import fold

_QUOTE = re.compile(r"[ \t]{0,3}(?:[>>|][ \t]?)+")
_RULE = re.compile(r"^[ \t]*([-=_*─━―~・#+])(?:[ \t]*\1){5,}[ \t]*$")
_FRAME = re.compile(r"^[ \t]*[【\[■◆●▼□◇=]")
_LONGEST = 400


class Own(NamedTuple):
    """``text``: the reply with everything else blanked, places unchanged; ``quoted``: the quoted lines without marks.

    ``lines`` are the quoted lines by the place at which they begin, without marks: between two of them an answer may
    stand.
    """

    text: str
    quoted: str
    lines: dict[int, str]


def own_words(text: str) -> Own:
    """Return a reply's own words and what it quotes (``> ``, -----Original Message-----, On … wrote:, …のメール:).

    ``text`` has line ends ``\\n``. Lines after ``>`` are quoted wherever they stand. After a line that opens a quoted
    mail everything is, unless nothing of the company's own stands before it (then it is a reply passed on whole).
    """
    own: list[str] = []
    lines: dict[int, str] = {}
    at = 0
    state = _State()
    physical = text.split("\n")
    for index, line in enumerate(physical):
        kept = state.own(physical, index)
        own.append(line if kept else " " * len(line))
        if not kept and line.strip():
            lines[at] = _spoken(_QUOTE.sub("", line, count=1))
        at += len(line) + 1
    quoted = "\n".join(lines.get(place, "") for place in _places(physical))
    return Own("\n".join(own), quoted if lines else "", lines)


def _spoken(line: str) -> str:
    """Return what the person says in a line of a chat, without who speaks and when."""
    found = reply_words.mail().asker_speaks.match(fold(line)) if len(line) <= _LONGEST else None
    return fold(line)[found.end() :].rstrip("」 ") if found else line


def _places(physical: list[str]) -> list[int]:
    places, at = [], 0
    for line in physical:
        places.append(at)
        at += len(line) + 1
    return places


class _State:
    """What has been seen on the way down."""

    def __init__(self) -> None:
        self.said = 0
        self.rest = False
        self.inquiry = False

    def own(self, physical: list[str], index: int) -> bool:
        """Return whether line ``index`` is the company's own."""
        line = physical[index]
        folded = fold(line) if len(line) <= _LONGEST else line
        if self.rest:
            return False
        if _QUOTE.match(line) and folded.startswith((">", "|")) and not folded.startswith(">>> "):
            return folded.startswith("|") and folded.count("|") > 1  # a row of a table
        words = reply_words.mail()
        if words.asker_speaks.search(folded):
            return False
        if words.inquiry_heads.search(folded):
            self.inquiry = True
            return False
        if self.inquiry:
            self.inquiry = not (_FRAME.match(line) or (_RULE.match(line) and self._inside(physical, index)))
            if self.inquiry:
                return False
        if words.begins.search(folded) or (words.head.search(folded) and self._block(physical, index)):
            return not self._opens(physical, index)
        self.said += len(folded)
        return True

    @staticmethod
    def _inside(physical: list[str], index: int) -> bool:
        """Return whether a rule ends the inquiry above it, rather than opening it."""
        return not reply_words.mail().inquiry_heads.search(fold(physical[index - 1][:_LONGEST]))

    @staticmethod
    def _block(physical: list[str], index: int) -> bool:
        near = [fold(line) for line in physical[index : index + 4] if len(line) <= _LONGEST]
        return sum(bool(reply_words.mail().head.search(line)) for line in near) >= 3

    def _opens(self, physical: list[str], index: int) -> bool:
        """Return whether the line is a mark of quoting; from it on all is quoted unless the lines below bear ``>``."""
        below = next((line for line in physical[index + 1 : index + 4] if line.strip()), "")
        if self.said < 20:
            return True  # the reply itself, passed on; only this line is not its own
        if not _QUOTE.match(below):
            self.rest = bool(below) or index + 1 < len(physical)
        return True
