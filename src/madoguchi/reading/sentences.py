"""A company's text cut into sentences: each with its place, the headings over it, and its label (``発生日：…``)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from madoguchi.problem import Problem
from madoguchi.reading import lines
from madoguchi.reading.flat import Flat, Span
from madoguchi.reading.lines import FRAMED, HEADING_ENDS, HEADING_NEVER, MARK, POLITE, STOP, Line, labelled

LONGEST = 400_000
"""Characters of a text that are read (1 MB of Japanese). A long announcement has 20,000; a book is no announcement."""
SENTENCE = 800
"""Characters of one sentence. A longer one (a table without line ends, a text without 。) is cut, at 、 where there is one."""

Kind = Literal["heading", "item", "prose"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, item of a list, row of a table or heading, folded (`flat.Flat`).

    ``label`` is what stands before the colon of ``発生日：2026年…`` or in ``【対象期間】…``; ``body`` is where the text
    behind it begins. ``under`` are the headings over it, outermost first. ``line`` counts lines as they were before
    somebody broke them; ``quoted`` is a line after ``>``.
    """

    flat: Flat
    kind: Kind
    line: int
    under: tuple[str, ...] = ()
    label: str = ""
    body: int = 0
    quoted: bool = False

    @property
    def text(self) -> str:
        """Return the folded text."""
        return self.flat.text

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of ``text[start:end]`` in the text as it was given."""
        return self.flat.span(start, end)


_TITLE_ENDS = ("について", "お知らせ", "お詫び", "おわび", "ご報告", "に関して")
_QUESTION = re.compile(r"(?:Q[0-9]{0,2}|問[0-9]{0,2})[.:. \t、)]{0,2}[^。]{2,80}(?:か|は)?[。?]?$")
_OPENERS = "「『(【《〈["
_CLOSERS = "」』)】》〉]"
_TURNS = re.compile(rf"[{re.escape(_OPENERS + _CLOSERS)}]|{STOP.pattern}")
_AFTER_STOP = re.compile(rf"[。!?{re.escape(_CLOSERS)}]*")
_LIST_MARKS = "・･•‣*◦+-"


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` (line ends ``\\n``) in their order; `Problem` when it is too long to be read.

    Lines broken in the middle of a sentence (mail, PDF) are joined again. Time grows with the length alone.
    """
    if len(text) > LONGEST:
        raise Problem(
            ja=f"文章が長すぎます（{len(text):,}文字、上限{LONGEST:,}文字）。お知らせの部分だけを渡してください。",
            en=f"the text is too long ({len(text):,} characters, limit {LONGEST:,}); give only the announcement",
        )
    return tuple(_sentences(list(lines.whole(text))))


def _sentences(whole: list[Line]) -> Iterator[Sentence]:
    stack: list[tuple[str, str]] = []
    for number, line in enumerate(whole):
        after = whole[number + 1] if number + 1 < len(whole) else None
        before = whole[number - 1] if number else None
        if style := _heading(line, before, after):
            text = _bare(line.flat.text)
            depth = next((i for i, (known, _) in enumerate(stack) if known == style), len(stack))
            stack = [*stack[: min(depth, 4)], (style, text)]
            yield Sentence(line.flat, "heading", number, tuple(t for _, t in stack[:-1]), quoted=line.quoted)
            continue
        yield from _in_line(line, number, tuple(text for _, text in stack))


def _bare(text: str) -> str:
    """Return a heading without its mark and frame."""
    if mark := MARK.match(text):
        text = text[mark.end() :].strip()
    return text.strip("【】[]<>〔〕《》〈〉≪≫ :■◆●#*")


def _heading(line: Line, before: Line | None, after: Line | None) -> str:
    """Return the style of a heading, or nothing when the line is none."""
    text = line.flat.text
    bare = _bare(text)
    if (_QUESTION.match(text) or _QUESTION.match(bare)) and re.search(r"か[。?]?$|[?]$", text):
        return "Q"
    framed = FRAMED.match(text)
    if framed and framed.end() == len(text):
        return framed[0][0]
    if text.startswith("#"):
        return text.partition(" ")[0]
    mark = MARK.match(text) if line.mark else None
    body = text[mark.end() :].strip() if mark else text
    if not _short(body):
        return ""
    if body[-1] == ":":
        return line.mark or ":"
    if after is None or labelled(text):
        return ""
    if line.mark and line.mark[0] not in _LIST_MARKS:
        if body.endswith(HEADING_ENDS) and len(body) <= 40:
            return line.mark
        alone = (before is None or before.mark != line.mark) and after.mark != line.mark
        return line.mark if alone else ""
    if line.mark or re.search(r"[0-9]{4}|[0-9]+[件名人日]", body) or len(body) > _longest(body, 40):
        return ""
    return "plain" if body.endswith(HEADING_ENDS) and len(body) > 1 else ""


def _short(body: str) -> bool:
    """Return whether a line may be a heading: short, no sentence, no list, no signature."""
    if not body or len(body) > _longest(body, 48) or body[-1] in "。、":
        return False
    if (
        POLITE.search(body)
        or POLITE.search(body.partition(":")[0])
        or STOP.search(body[:-1])
        or HEADING_NEVER.search(body)
    ):
        return False
    return "\t" not in body and "/" not in body and body.count("、") <= 1


def _longest(body: str, usual: int) -> int:
    return 70 if body.endswith(_TITLE_ENDS) else usual


def _in_line(line: Line, number: int, under: tuple[str, ...]) -> Iterator[Sentence]:
    flat = line.flat
    mark = MARK.match(flat.text) if line.mark else None
    start = mark.end() if mark else 0
    framed = FRAMED.match(flat.text, start)
    label, body = "", start
    if framed:
        label, body = next(group for group in framed.groups() if group), framed.end()
    elif found := labelled(flat.text):
        label, body = found[1].strip(), found.end()
    kind: Kind = "item" if mark else "prose"
    first = True
    for begin, end in _cuts(flat.text, body):
        piece = flat.cut(0 if first else begin, end)
        if piece.text:
            offset = max(body - (len(flat.text[:end]) - len(flat.text[:end].lstrip(" \t\n"))), 0) if first else 0
            yield Sentence(piece, kind, number, under, label, min(offset, len(piece.text)), line.quoted)
        first = False


def _cuts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where sentences begin and end: at 。 outside brackets, or inside when they never close or hold very much."""
    begin, depth, opened = start, 0, 0
    for hit in _TURNS.finditer(text, start):
        index, char = hit.start(), hit.group()
        if index < begin:
            continue
        for cut in _too_long(text, begin, index):
            yield begin, cut
            begin, depth = cut, 0
        if char in _OPENERS:
            depth, opened = depth + 1, index if depth == 0 else opened
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
        elif depth == 0 or index - opened > 160:
            after = _AFTER_STOP.match(text, hit.end())
            end = after.end() if after else hit.end()
            yield begin, end
            begin, depth = end, 0
    for cut in _too_long(text, begin, len(text)):
        yield begin, cut
        begin = cut
    if begin < len(text) or begin == start:
        yield begin, len(text)


def _too_long(text: str, begin: int, end: int) -> Iterator[int]:
    """Yield where to cut what goes on without a full stop."""
    while end - begin > SENTENCE:
        comma = text.rfind("、", begin + SENTENCE // 2, begin + SENTENCE)
        begin = comma + 1 if comma > 0 else begin + SENTENCE
        yield begin
