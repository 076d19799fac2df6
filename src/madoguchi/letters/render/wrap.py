"""Lines of a plain mail: Japanese characters are two columns wide, and some may not begin or end a line (禁則)."""

import re
import unicodedata
from itertools import pairwise

COLUMNS = 70  # 35 full-width characters, what Japanese mail readers show without wrapping again

_NOT_FIRST = set("、。，．・：；？！」』）］｝】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%％")
_NOT_LAST = set("「『（［｛【〔〈《([{")
_GLUED = 6  # so many characters that may not stand alone stay with their neighbour; a run of brackets is broken
_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)


def width(text: str) -> int:
    """Return the columns that ``text`` takes; combining marks take none, full-width and ambiguous characters two."""
    return sum(_columns(char) for char in text)


def wrap(text: str, *, first: str = "", rest: str = "", columns: int = COLUMNS) -> list[str]:
    """Return ``text`` as lines of at most ``columns``, the first after ``first`` and the others after ``rest``.

    ``\\n`` begins a new line. Addresses and words stay whole, even where they are longer than the line: a broken
    address cannot be used. No line begins with 。 or 」 or ends with 「; the character before goes to the next line.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        lead = rest if lines else first
        lines += _wrap_line(line, lead, rest, columns)
    return lines


def _wrap_line(text: str, first: str, rest: str, columns: int) -> list[str]:
    lines, line, used = [], first, width(first)
    empty = True
    for unit in _units(text):
        wide = width(unit)
        if not empty and used + wide > columns:
            if unit == " ":
                continue
            lines.append(line.rstrip(" "))
            line, used = rest, width(rest)
        line += unit
        used += wide
        empty = False
    return [*lines, line.rstrip(" ")]


def _units(text: str) -> list[str]:
    """Return the pieces between which a line may end: words, and single characters with what may not leave them."""
    pieces = _PIECE.findall(text)
    units: list[str] = pieces[:1]
    glued = 0
    for before, piece in pairwise(pieces):
        mark = _columns(piece[0]) == 0
        bound = before[-1] in _NOT_LAST or (piece[0] in _NOT_FIRST and before != " ")
        if mark or (bound and glued < _GLUED):
            units[-1] += piece
            glued += not mark
        else:
            units.append(piece)
            glued = 0
    return units


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
