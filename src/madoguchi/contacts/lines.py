"""A page as lines that know under which heading they stand, whether they frame the page, and whose window they name."""

import re
from dataclasses import dataclass, field

from madoguchi.contacts import entity, words
from madoguchi.contacts.flat import bare, flat, marked
from madoguchi.contacts.mentions import Mention, mentions
from madoguchi.contacts.spans import Spans
from madoguchi.intake.html import Page

_OURS = re.compile(
    r"当社|弊社|当店|弊店|当会|当法人|当院|当組合|当行|当金庫|当協会|当財団|当サイト|わたしたち|我々|お客[様さ]ま?"
)
_NAMING = re.compile(
    r"電話|窓口|連絡先|申し?出先|名称|お?問い?合わ?せ|ダイヤル|相談|TEL|フリーコール|サイト", re.IGNORECASE
)
_GENERIC = re.compile(
    r"(?:ご?連絡先|お?問い?合わ?せ先?|お?問合せ先?|電話(?:番号)?|住所|所在地|名称|tel|fax|e-?mail|メール(?:アドレス)?|受付時間|営業時間"
    r"|(?:苦情の?)?(?:解決の?)?申し?出先(?:の?名称)?|ホームページ|url)",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"(?:窓口|問い?合わ?せ先?|問合せ先?|連絡先|申し?出先|請求先|送付先|について|方針|相談室|センター|係|団体|ポリシー|表記|表示|概要|フォーム|に関するもの|に関すること)(?:の?ご?案内|一覧|はこちら)?$"
)

_NUMBERED = re.compile(r"\s*(?:(第[0-9]+条)|([0-9]{1,2}[.)、]\s*(?![0-9]))|(\([0-9]{1,2}\))|([①-⑳]))")

_MOST_ON_A_LINE = 200
"""Values of a line that are looked at; a line with more is a list, and nobody's desk."""
_NEAR = 1_000
"""Characters around a number whose words are looked at."""
_MOST = 20_000
"""Lines of a page that are read; the longest policies have a few thousand."""


@dataclass
class Line:
    """One line of a page."""

    number: int
    start: int
    """Where it stands in the page's text."""
    raw: str
    flat: str
    mentions: list[Mention]
    heading: bool
    """A heading of the markup."""
    title: bool
    """A heading, or a line of its own that reads like one."""
    margin: bool
    """Part of what frames every page of the site."""
    section: str = ""
    """The heading of the markup above it, flat."""
    block: int = 0
    """The number of the line that begins what belongs together with it."""
    whose: str | None = None
    """Somebody else, whose window this line names."""
    table: int = 0
    """The number of the first of the rows of a table that a row follows on."""
    cells: list[str] = field(default_factory=list)
    """Flat, of a row of a table."""


def lines(page: Page) -> list[Line]:
    """Return the lines of a page, in order; empty lines too."""
    found: list[Line] = []
    headings, margins = Spans(page.headings), Spans(page.margins)
    at = 0
    for number, raw in enumerate(page.text.split("\n")[:_MOST]):
        text = flat(raw)
        end = at + len(raw)
        heading = headings.touch(at, end)
        seen = mentions(text)[:_MOST_ON_A_LINE]
        cells = [flat(cell).strip() for cell in raw.split("\t")]
        found.append(
            Line(
                number,
                at,
                raw,
                text,
                seen,
                heading,
                title=heading or _is_title(text, cells, seen),
                margin=margins.touch(at, end),
                cells=cells,
            )
        )
        at = end + 1
    _place(found, entity.own_bodies(flat(page.title)))
    return found


def _is_title(text: str, cells: list[str], seen: list[Mention]) -> bool:
    inner = bare(text)
    if seen or len(cells) > 1 or not 2 <= len(inner) <= 45 or "。" in inner or re.search(r"[:：].", inner):
        return False
    return marked(text) or bool(_TITLE_END.search(inner))


def _place(found: list[Line], own: frozenset[str]) -> None:
    """Tell each line its section and block, and whose window it names."""
    section, block = "", 0
    owner = _Owner(own)
    for line in found:
        if line.heading:
            section = line.flat
        if line.title or (line.flat.strip() and _counted(line.flat) == _counted(found[block].flat) is not None):
            block = line.number
        before = found[line.number - 1] if line.number else line
        line.table = before.table if len(line.cells) > 1 and len(before.cells) > 1 else line.number
        owner.pass_(line)
        line.section, line.block, line.whose = section, block, owner.whose


def _counted(text: str) -> int | None:
    """Return in which way a flat line is numbered (``1.``, ``(1)``, ``①``), None when it is not."""
    match = _NUMBERED.match(text)
    return match.lastindex if match else None


class _Owner:
    """Whose windows the lines name, going down a page: a heading decides, a sentence only for the lines after it."""

    def __init__(self, own: frozenset[str]) -> None:
        self._own = own
        self.whose: str | None = None
        self._by_heading = False  # a heading of the markup said so: it holds until the next one
        self._sentence: int | None = None  # the number of the sentence that said so

    def pass_(self, line: Line) -> None:
        body = body_named(line.flat, self._own)
        if line.heading:
            body = _named_by_title(line, self._own)
            self._by_heading = body is not None
            self._set(body)
        elif line.title:
            body = _named_by_title(line, self._own) or body
            if body or not (self._by_heading or _GENERIC.fullmatch(bare(line.flat))):
                self._set(body)
        elif body and not line.mentions and _names_it(line):
            self._set(body, line.number if len(line.flat) > 40 else None)
        elif self._sentence is not None and (not line.flat.strip() or line.number > self._sentence + 2):
            self._set(None)

    def _set(self, whose: str | None, sentence: int | None = None) -> None:
        self.whose, self._sentence = whose, sentence


def _named_by_title(line: Line, own: frozenset[str]) -> str | None:
    """Return whose numbers stand below a heading: a body's, or those of companies that a section is about."""
    if _OURS.search(line.flat):
        return None
    if body := body_named(line.flat, own):
        return body
    announces = re.search(
        r"漏えい|漏洩|流出|不正アクセス|お詫び", line.flat
    )  # 「委託先における漏えいについて」 names our desk
    return "ほかの会社" if not announces and words.pattern(words.others().sections).search(bare(line.flat)) else None


def _names_it(line: Line) -> bool:
    """Return whether a line without a number introduces somebody else, so that the number after it is theirs."""
    if len(line.cells) > 1:
        return bool(re.match(r"(?:名称|団体|認定)", bare(line.cells[0])))
    text = line.flat.strip()
    if len(text) <= 40 and not text.endswith("。"):
        return True
    return bool(_NAMING.search(text)) and (not text.endswith("。") or bool(re.search(r"下記|以下|次の", text)))


def body_named(text: str, own: frozenset[str] = frozenset()) -> str | None:
    """Return whose name stands in a flat text, when it is that of a body others turn to, and not of the site itself."""
    for body in words.others().bodies:
        if any(match[0].casefold() not in own for match in words.pattern(*body.words).finditer(text)):
            return body.whose
    return None


def whose_at(line: Line, mention: Mention, own_names: entity.Own) -> str | None:
    """Return whose number or address a mention is, where it is not the company's own: by the words nearest to it."""
    left, right = line.flat[: mention.start][-_NEAR:], line.flat[mention.end :][:_NEAR]
    before = [
        (match.end(), body.whose)
        for body in words.others().bodies
        for match in words.pattern(*body.words).finditer(left)
        if match[0].casefold() not in own_names.names
    ]
    own = max((match.end() for match in _OURS.finditer(left)), default=-1)
    opened = "(" if right and line.flat[mention.start] == "(" else ""  # a number is read with a bracket before it
    if entity.somebody_else(left + opened, own_names):
        return "ほかの会社"
    if before:
        at, whose = max(before)
        if at > own or re.search(r"以外", left[at:]):
            return whose
        return None
    after = re.match(r"\s*\(([^()]{2,40})\)", right)
    if after and (whose_after := body_named(after[1], own_names.names)):
        return whose_after
    return None if entity.is_own(left, own_names) else line.whose
