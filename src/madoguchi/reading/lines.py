"""Lines of a text as they were before mail, PDF or a page broke them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.reading.flat import Flat, flatten, join
from madoguchi.text import datafile


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    heading_ends: list[str]
    heading_never: list[str]
    label_never: list[str]


_WORDS = datafile.load(_Words, files("madoguchi.reading") / "words" / "headings.yaml")
HEADING_ENDS = tuple(_WORDS.heading_ends)
HEADING_NEVER = re.compile("|".join(map(re.escape, _WORDS.heading_never)))
_LABEL_NEVER = re.compile("|".join(_WORDS.label_never))
_QUOTE = re.compile(r"(?:[>|] ?)+")
_NUMBERED = r"[0-9]{1,2}(?:[.-][0-9]{1,2}){0,2}(?:[.)、:](?![0-9])|(?=[ \t][^0-9年月日件名人時分:]))|\([0-9]{1,2}\)|[①-⑳⑴-⒇❶-❿⓪]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[.、 ]|第?[一二三四五六七八九十]{1,3}[.、 ]|第[0-9]{1,2}[ .、](?!報)|\([一二三四五六七八九十]\)|\([ア-コa-z]\)|[ア-コa-z][.)] ?"
MARK = re.compile(rf"#{{1,6}} |[■◆●▼▶►▲◎□◇○★☆▽△◯◼▪♦⬛➤]|[・･•‣*◦+-](?=[^0-9*+-]|[0-9]+[^0-9:-])|{_NUMBERED}")
FRAMED = re.compile(
    r"(?:\(([^()\n。]{2,12})\)(?=$)|【([^【】\n]{1,60})】|\[([^\[\]\n]{1,40})\]|<([^<>\n]{1,40})>|〔([^〔〕\n]{1,40})〕|《([^《》\n]{1,40})》|〈([^〈〉\n]{1,40})〉|≪([^≪≫\n]{1,40})≫)"
)
_LABEL = re.compile(r"([^:\t。、「」]{1,28}?(?:\([^()]{1,24}\))?) ?(?:[:：] ?|\t)(?!//)")
_SPACED_LABEL = re.compile(r"([^:\t。、「」 0-9]{2,16}) (?=[^ ])")
POLITE = re.compile(
    r"(?:ます|ました|ません|ませんでした|です|でした|ください|下さい|でしょう|となる|である|とする)[。.」)]*$"
)
STOP = re.compile(r"[。!?]|(?<=[ぁ-んァ-ヶ一-龠」)])\.(?![0-9A-Za-z])")
_PARTICLE = re.compile(
    r"[ぁ-んァ-ヴー一-龠](?:は|が|を|に|の|で|と|へ|より|から|及び|および|並びに|ならびに|又は|または)$"
)
# No sentence and no heading begins with a particle that belongs to the word before it.
_HANGS = re.compile(
    r"[をがの](?=[一-龠ァ-ヴーa-zA-Z0-9])|(?:については|につきまして|に関する|による|として|とともに|および|及び)"
)
_GOES_ON = re.compile(
    r"(?!はい|では、|でも|もし(?!れ)|もちろん|もっとも|また|まず|まだ|とくに|ところ|のち|しかし|した|たとえば|ただ|りよう)"
    r"[をはがにのでとへもりるたましすれっ、。)」]"
)
_WHOLE_DAY = re.compile(r"[0-9]日(?: ?\([日月火水木金土](?:曜日?)?\))?(?:から|まで)?$")
_POLITE_VERB = re.compile(r"(?:くだ|いただ|いたし|願い|申し上げ|させていた)[さきくけいまし]")
_NUMBER_GOES_ON = re.compile(r"[0-9年月日件名,]")
_KATAKANA = re.compile(r"[ァ-ヴー]")
_ADDRESSEE = re.compile(r"(?:様|さま|殿|各位|方|皆|みな)へ?$")
_BEGINS = re.compile(
    r"(?:19|20)[0-9]{2}[年/.-]|令和|平成|[0-9]{1,2}月[0-9]|[0-9]{1,2}/[0-9]|同日|翌日|翌[0-9]|なお、|ただし、|また、|※"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its quotation mark; ``mark`` is the kind of its bullet or number (all numbers are one kind)."""

    flat: Flat
    quoted: bool
    after_blank: bool
    mark: str


def whole(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank, those that somebody broke made whole."""
    physical = list(_physical(text))
    widths = [_width(line.flat.text) for line in physical]
    # A column at which lines were broken shows in several lines; where whole paragraphs stand on one, there is none.
    widest = max(widths, default=0)
    if widest > 120 or sum(width >= widest - 7 for width in widths) < 3:
        widest = 0
    waiting: Line | None = None
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


def _physical(text: str) -> Iterator[Line]:
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
        mark = MARK.match(flat.text)
        yield Line(flat, quoted, blank, _style(mark.group()) if mark else "")
        blank = False


def _style(mark: str) -> str:
    """Return the kind of a mark: numbers are one kind whatever they count."""
    return re.sub(r"[0-9]+|[①-⑳⑴-⒇❶-❿]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[一二三四五六七八九十]+|(?<![^( ])[ア-コa-z]", "1", mark.strip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text[:130])


def _continues(before: Line, line: Line, width: int, widest: int) -> bool:
    """Return whether ``line`` goes on with the sentence of the line before it."""
    if line.after_blank or line.quoted != before.quoted or line.mark or FRAMED.match(line.flat.text):
        return False
    end, text = before.flat.text, line.flat.text
    inside = _inside_a_word(end, text, width)
    if inside is not None:
        return inside
    if width >= 20 and _HANGS.match(text) and not STOP.search(end[-1]):
        return True
    if width >= 30 and (_open(end) or (_POLITE_VERB.match(text) and not STOP.search(end[-1]))):
        return True
    if _ends(before):
        return False
    if width >= 30 and _GOES_ON.match(text) and not _LABEL.match(text):
        return True
    if labelled(text):
        return False
    if end[-1] in "、," or _PARTICLE.search(end):
        return True
    if _BEGINS.match(text):
        return False
    return widest >= 40 and width >= widest - 7 and not HEADING_NEVER.search(text[:20])


def _open(text: str) -> bool:
    """Return whether a bracket that a line opens closes only in the next."""
    return any(text.count(opener) > text.count(closer) for opener, closer in ("()", "「」", "『』"))


def _inside_a_word(end: str, text: str, width: int) -> bool | None:
    """Return whether a number, a clock or a word of katakana was broken; None where it was nothing of the kind."""
    number = end[-1].isdigit() and _NUMBER_GOES_ON.match(text)
    if number or (end[-1] in "-," and text[0].isdigit()):
        return bool(re.search(r"[^0-9,.\s-]", end) or len(end) < 8)  # a column of numbers is no broken number
    if re.search(r"[0-9]日$", end) and re.match(r"[0-9]{1,2}[時:]", text):
        return True
    if re.search(r"[0-9]月$", end) and re.match(r"[0-9]{1,2}日", text):
        return True
    return True if _KATAKANA.match(text) and _KATAKANA.match(end[-1]) and width >= 10 else None


def _ends(line: Line) -> bool:
    """Return whether a line ends by itself: a full stop, a heading, a row of a table, a labelled day, somebody addressed."""
    end = line.flat.text
    if _ADDRESSEE.search(end) or STOP.match(end[-1]) or end[-1] in ":】>》〉" or "\t" in end or "|" in end:
        return True
    if _WHOLE_DAY.search(end) and labelled(end):
        return True  # 対象期間：…から…まで, however wide
    return end.endswith(HEADING_ENDS) and line.mark != "・"


def labelled(text: str) -> re.Match[str] | None:
    """Return the label of a line (its first group) up to where the text behind it begins."""
    mark = MARK.match(text)
    start = mark.end() if mark else 0
    found = _LABEL.match(text, start) or _spaced_label(text, start)
    if not found or found.end() == start or _LABEL_NEVER.search(found[1]) or re.search(r"[0-9]$", found[1]):
        return None
    return found


def _spaced_label(text: str, start: int) -> re.Match[str] | None:
    """Return a label that only a space divides from what follows (・含まれる情報 会社名、部署)."""
    found = _SPACED_LABEL.match(text, start)
    return found if found and found[1].endswith(HEADING_ENDS) and not POLITE.search(found[1]) else None
