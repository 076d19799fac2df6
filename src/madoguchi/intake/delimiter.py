"""Which character separates the columns of a table, found from its first rows."""

import csv
import io
from collections import Counter
from typing import NamedTuple

_CANDIDATES = ",\t;|"
_ROWS = 200


class Table(NamedTuple):
    """What the first rows agree on."""

    delimiter: str
    columns: int


def find(text: str, *, complete: bool) -> Table | None:
    """Return the delimiter with which the rows of ``text`` have the same number of columns, two or more.

    Quotes and line breaks inside them are respected. ``complete`` says that the text is not cut at its end.
    """
    best: tuple[float, int, Table] | None = None
    for delimiter in _CANDIDATES:
        if delimiter not in text:
            continue
        rows = _rows(text, delimiter, complete=complete)
        if not rows:
            continue
        columns, count = Counter(len(row) for row in rows).most_common(1)[0]
        agreed = count / len(rows)
        if columns < 2 or agreed < 0.8 or _prose(rows, delimiter):
            continue
        if best is None or (agreed, columns) > best[:2]:
            best = (agreed, columns, Table(delimiter, columns))
    return best[2] if best else None


def _rows(text: str, delimiter: str, *, complete: bool) -> list[list[str]]:
    """Return the first rows that are not blank; a last one that may be cut is left out."""
    rows: list[list[str]] = []
    longest = csv.field_size_limit()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(len(cell) > longest // 2 for cell in row):
                return []
            if row:
                rows.append(row)
            if len(rows) > _ROWS:
                return rows[:-1]
    except csv.Error:
        return []  # a cell longer than any table has: an opened quote that never closes
    return rows if complete or len(rows) < 2 else rows[:-1]


def _prose(rows: list[list[str]], delimiter: str) -> bool:
    """Return whether the rows look like sentences: a space or nothing follows nearly every comma, and the rows are few."""
    if len(rows) > 3 or delimiter in "\t|":
        return False
    after = [cell for row in rows for cell in row[1:]]
    return sum(not cell or cell.startswith(" ") for cell in after) > len(after) * 0.8
