"""Tables: the heading of the column in which a value stands, found for rows that miss a cell too."""

import re

from madoguchi.contacts.flat import bare
from madoguchi.contacts.lines import Line
from madoguchi.contacts.mentions import Mention

_LABELS = {
    "fax": re.compile(r"fax|ファックス|ファクス|ファクシミリ", re.IGNORECASE),
    "phone": re.compile(r"tel|電話|phone|ダイヤル", re.IGNORECASE),
    "email": re.compile(r"mail|メール", re.IGNORECASE),
    "post": re.compile(r"住所|所在地|address|おところ|郵送先", re.IGNORECASE),
}


def header(line: Line, lines: list[Line]) -> Line | None:
    """Return the row with the headings of the table that a row is in; None when it has none, or is it."""
    if len(line.cells) < 2:
        return None
    top = lines[line.table]
    headings = [cell for cell in top.cells if cell]
    if top is line or top.mentions or len(top.cells) < 2 or any(len(cell) > 30 for cell in headings):
        return None
    if len(line.cells) == 2 and len(top.cells) == 2 and any(_label(cell) is None for cell in top.cells[1:]):
        return None  # a table of labels and values: its first row is one of them
    return top


def heading_at(line: Line, at: int, top: Line) -> str:
    """Return the heading of the column of the cell in which the place ``at`` of a row lies."""
    column = line.raw.count("\t", 0, at)
    return _headings(line, top)[column]


def cell_under(line: Line, top: Line, wanted: re.Pattern[str]) -> str | None:
    """Return the cell of a row whose column is headed so."""
    pairs = zip(line.cells, _headings(line, top), strict=True)
    return next((cell for cell, heading in pairs if heading and wanted.search(heading)), None)


def place_under(line: Line, top: Line) -> str | None:
    """Return the cell of a row that stands in a column of addresses."""
    return cell_under(line, top, _LABELS["post"])


def is_under_fax(line: Line, mention: Mention, top: Line) -> bool:
    """Return whether a number stands in a column for fax numbers alone."""
    return _label(heading_at(line, mention.start, top)) == "fax"


def is_label(cell: str) -> bool:
    """Return whether a cell is the heading of a column of values, and no desk."""
    return _label(cell) is not None or (len(bare(cell)) <= 6 and bool(re.search(r"時間|受付|対応", cell)))


def _label(cell: str) -> str | None:
    if _LABELS["fax"].search(cell) and _LABELS["phone"].search(cell):
        return "phone"
    return next((key for key, pattern in _LABELS.items() if pattern.search(cell)), None)


def _headings(line: Line, top: Line) -> list[str]:
    """Return a heading for each cell of a row: a row that misses cells lacks those at its end or at its beginning."""
    short = len(top.cells) - len(line.cells)
    right = top.cells[short:] if short >= 0 else [""] * -short + top.cells
    left = (top.cells + [""] * len(line.cells))[: len(line.cells)]
    return right if _fits(line, right) >= _fits(line, left) else left


def _fits(line: Line, headings: list[str]) -> int:
    score = 0
    for mention in line.mentions:
        label = _label(headings[line.raw.count("\t", 0, mention.start)])
        score += (label == mention.channel) + (label == "fax" and mention.channel == "phone")
        score -= 2 * (label is not None and label != mention.channel and (label, mention.channel) != ("fax", "phone"))
    return score
