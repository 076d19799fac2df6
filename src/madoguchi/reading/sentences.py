"""A company's text cut into sentences: each with its place, the headings over it, and its label (``発生日：…``)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from madoguchi.problem import Problem
from madoguchi.reading.flat import Flat, Span, flatten, join
from madoguchi.text import datafile

LONGEST = 1_000_000
"""Characters of a text that are read. A long announcement has 20,000; a book is no announcement."""

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


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    heading_ends: list[str]
    heading_never: list[str]
    label_never: list[str]


_WORDS = datafile.load(_Words, files("madoguchi.reading") / "words" / "headings.yaml")
_HEADING_ENDS = tuple(_WORDS.heading_ends)
_TITLE_ENDS = ("について", "お知らせ", "お詫び", "おわび", "ご報告", "に関して")
_HEADING_NEVER = re.compile("|".join(map(re.escape, _WORDS.heading_never)))
_LABEL_NEVER = re.compile("|".join(_WORDS.label_never))

_QUOTE = re.compile(r"(?:[>|] ?)+")
_NUMBERED = r"[0-9]{1,2}(?:[.-][0-9]{1,2}){0,2}(?:[.)、:](?![0-9])|(?=[ \t][^0-9年月日件名人時分:]))|\([0-9]{1,2}\)|[①-⑳⑴-⒇❶-❿⓪]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[.、 ]|第?[一二三四五六七八九十]{1,3}[.、 ]|第[0-9]{1,2}[ .、](?!報)|\([一二三四五六七八九十]\)|\([ア-コa-z]\)|[ア-コa-z][.)] ?"
_MARK = re.compile(rf"#{{1,6}} |[■◆●▼▶►▲◎□◇○★☆▽△◯◼▪♦⬛➤]|[・･•‣*◦+-](?=[^0-9*+-]|[0-9]+[^0-9:-])|{_NUMBERED}")
_FRAMED = re.compile(
    r"(?:\(([^()\n。]{2,12})\)(?=$)|【([^【】\n]{1,60})】|\[([^\[\]\n]{1,40})\]|<([^<>\n]{1,40})>|〔([^〔〕\n]{1,40})〕|《([^《》\n]{1,40})》|〈([^〈〉\n]{1,40})〉|≪([^≪≫\n]{1,40})≫)"
)
_LABEL = re.compile(r"([^:\t。、「」]{1,28}?(?:\([^()]{1,24}\))?) ?(?:[:：] ?|\t)(?!//)")
_SPACED_LABEL = re.compile(r"([^:\t。、「」 0-9]{2,16}) (?=[^ ])")
_QUESTION = re.compile(r"(?:Q[0-9]{0,2}|問[0-9]{0,2})[.:. \t、)]{0,2}[^。]{2,80}(?:か|は)?[。?]?$")
_POLITE = re.compile(
    r"(?:ます|ました|ません|ませんでした|です|でした|ください|下さい|でしょう|となる|である|とする)[。.」)]*$"
)
_STOP = re.compile(r"[。!?]|(?<=[ぁ-んァ-ヶ一-龠」)])\.(?![0-9A-Za-z])")
_KATAKANA = re.compile(r"[ァ-ヴー]")
_ADDRESSEE = re.compile(r"(?:様|さま|殿|各位|方|皆|みな)へ?$")
_DAY_FIRST = re.compile(r"(?:(?:19|20)[0-9]{2}[年/.-]|令和|平成|[0-9]{1,2}月[0-9]|[0-9]{1,2}/[0-9]|同日|翌日|翌[0-9])")
_CLOSERS = "」』)】》〉]"
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
    lines = list(_whole_lines(text))
    return tuple(_sentences(lines))


@dataclass(frozen=True, slots=True)
class _Line:
    flat: Flat
    quoted: bool
    after_blank: bool
    mark: str


def _whole_lines(text: str) -> Iterator[_Line]:
    """Yield the lines that are not blank, those that somebody broke made whole."""
    physical = list(_physical(text))
    widths = [_width(line.flat.text) for line in physical]
    # where whole paragraphs stand on one line, nobody broke lines at a column
    widest = 0 if any(width > 120 for width in widths) else max(widths, default=0)
    waiting: _Line | None = None
    pieces: list[Flat] = []
    for index, line in enumerate(physical):
        before = physical[index - 1] if index else None
        if waiting is not None and before is not None and _continues(before, line, widths[index - 1], widest):
            pieces.append(line.flat)
            continue
        if waiting is not None:
            yield replace(waiting, flat=_joined(pieces))
        waiting, pieces = line, [line.flat]
    if waiting is not None:
        yield replace(waiting, flat=_joined(pieces))


def _joined(pieces: Sequence[Flat]) -> Flat:
    # in pairs, so that ten thousand pieces are not copied ten thousand times
    while len(pieces) > 1:
        pieces = [
            join(pieces[i], pieces[i + 1]) if i + 1 < len(pieces) else pieces[i] for i in range(0, len(pieces), 2)
        ]
    return pieces[0]


def _physical(text: str) -> Iterator[_Line]:
    blank = True
    for found in re.finditer(r"[^\n]+", text):
        if found.start() and text[found.start() - 2 : found.start()] == "\n\n":
            blank = True
        flat = flatten(text, found.start(), found.end())
        flat = flat.cut(0, len(flat.text))
        quote = _QUOTE.match(flat.text)
        quoted = bool(quote and flat.text[0] == ">")
        if quote:
            flat = flat.cut(quote.end(), len(flat.text))
        if not flat.text.strip("-=*_~#・.|+ ─━═"):
            blank = True
            continue
        mark = _MARK.match(flat.text)
        yield _Line(flat, quoted, blank, _style(mark.group()) if mark else "")
        blank = False


def _style(mark: str) -> str:
    """Return the kind of a mark: numbers are one kind whatever they count."""
    return re.sub(r"[0-9]+|[①-⑳⑴-⒇❶-❿]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[一二三四五六七八九十]+|(?<![^( ])[ア-コa-z]", "1", mark.strip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text[:130])


def _continues(before: _Line, line: _Line, width: int, widest: int) -> bool:
    """Return whether ``line`` goes on with the sentence of the line before it."""
    if line.after_blank or line.quoted != before.quoted or line.mark or _FRAMED.match(line.flat.text):
        return False
    end = before.flat.text
    if (end[-1].isdigit() and re.match(r"[0-9年月日件名,]", line.flat.text)) or (
        end[-1] in "-," and line.flat.text[0].isdigit()
    ):
        return bool(re.search(r"[^0-9,.\s-]", end) or len(end) < 8)
    if re.search(r"[0-9]日$", end) and re.match(r"[0-9]{1,2}[時:]", line.flat.text):
        return True
    if _KATAKANA.match(line.flat.text) and _KATAKANA.match(end[-1]) and width >= 10:
        return True
    if _ADDRESSEE.search(end):
        return False
    if _STOP.match(end[-1]) or end[-1] in ":】>》〉" or _labelled(line.flat.text) or "\t" in end or "|" in end:
        return False
    if end.endswith(_HEADING_ENDS) and before.mark != "・":
        return False
    if end[-1] in "、," or re.search(
        r"[ぁ-ん一-龠](?:は|が|を|に|の|で|と|へ|より|から|及び|および|並びに|ならびに|又は|または)$", end
    ):
        return True
    if _DAY_FIRST.match(line.flat.text) or re.match(r"なお、|ただし、|また、|※", line.flat.text):
        return False
    if re.match(r"[をはがにのでとへもりるたましすれっ、。)」]", line.flat.text) and width >= 30:
        return True
    return widest >= 40 and width >= widest - 7 and not _HEADING_NEVER.search(line.flat.text[:20])


def _labelled(text: str) -> re.Match[str] | None:
    mark = _MARK.match(text)
    start = mark.end() if mark else 0
    found = _LABEL.match(text, start) or _spaced_label(text, start)
    if not found or found.end() == start or _LABEL_NEVER.search(found[1]) or re.search(r"[0-9]$", found[1]):
        return None
    return found


def _spaced_label(text: str, start: int) -> re.Match[str] | None:
    """Return a label that only a space divides from what follows (・含まれる情報 会社名、部署)."""
    found = _SPACED_LABEL.match(text, start)
    return found if found and found[1].endswith(_HEADING_ENDS) and not _POLITE.search(found[1]) else None


def _sentences(lines: list[_Line]) -> Iterator[Sentence]:
    stack: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        before = lines[number - 1] if number else None
        if style := _heading(line, before, after):
            text = _bare(line.flat.text)
            depth = next((i for i, (known, _) in enumerate(stack) if known == style), len(stack))
            stack = [*stack[: min(depth, 4)], (style, text)]
            yield Sentence(line.flat, "heading", number, tuple(t for _, t in stack[:-1]), quoted=line.quoted)
            continue
        yield from _in_line(line, number, tuple(text for _, text in stack))


def _bare(text: str) -> str:
    """Return a heading without its mark and frame."""
    if mark := _MARK.match(text):
        text = text[mark.end() :].strip()
    return text.strip("【】[]<>〔〕《》〈〉≪≫ :■◆●#*")


def _heading(line: _Line, before: _Line | None, after: _Line | None) -> str:
    """Return the style of a heading, or nothing when the line is none."""
    text = line.flat.text
    if _QUESTION.match(text) and re.search(r"か[。?]?$|[?]$", text):
        return "Q"
    framed = _FRAMED.match(text)
    if framed and framed.end() == len(text):
        return framed[0][0]
    if text.startswith("#"):
        return text.partition(" ")[0]
    body = text[len(_MARK.match(text)[0]) :].strip() if line.mark else text  # type: ignore[index]
    if (
        not body
        or len(body) > (70 if body.endswith(_TITLE_ENDS) else 48)
        or _POLITE.search(body)
        or _STOP.search(body[:-1])
        or body[-1] in "。、"
    ):
        return ""
    if _HEADING_NEVER.search(body) or "\t" in body or body.count("、") > 1 or "/" in body.replace("Q/A", ""):
        return ""
    if body[-1] == ":":
        return line.mark or ":"
    if _labelled(text):
        return ""
    if line.mark and line.mark[0] not in _LIST_MARKS:
        if (body.endswith(_HEADING_ENDS) and len(body) <= 40) or after is None:
            return line.mark if after is not None else ""
        alone = (before is None or before.mark != line.mark) and after.mark != line.mark
        return line.mark if alone and not line.mark.startswith("#") else ""
    if (
        line.mark
        or after is None
        or re.search(r"[0-9]{4}|[0-9]+[件名人日]", body)
        or len(body) > (70 if body.endswith(_TITLE_ENDS) else 40)
    ):
        return ""
    return "plain" if body.endswith(_HEADING_ENDS) and len(body) > 1 else ""


def _in_line(line: _Line, number: int, under: tuple[str, ...]) -> Iterator[Sentence]:
    flat = line.flat
    mark = _MARK.match(flat.text) if line.mark else None
    start = mark.end() if mark else 0
    framed = _FRAMED.match(flat.text, start)
    label, body = "", start
    if framed:
        label, body = next(group for group in framed.groups() if group), framed.end()
    elif found := _labelled(flat.text):
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
    """Yield the ends of sentences: at 。 outside brackets, or inside when they never close or hold very much."""
    begin, depth, opened = start, 0, 0
    index = start
    while index < len(text):
        char = text[index]
        if char in "「『(【《〈[":
            depth, opened = depth + 1, index if depth == 0 else opened
        elif char in _CLOSERS:
            depth = max(depth - 1, 0)
        elif _STOP.match(text, index) and (depth == 0 or index - opened > 160):
            index += 1
            while index < len(text) and text[index] in "。!?" + _CLOSERS:
                index += 1
            yield begin, index
            begin, depth = index, 0
            continue
        index += 1
    if begin < len(text) or begin == start:
        yield begin, len(text)
