"""CSV and TSV, read row by row with places: any delimiter, quoted line breaks, headings or none."""

import re
from collections.abc import Collection, Iterator

from madoguchi.catalogue import columns as catalogue
from madoguchi.intake import delimiter
from madoguchi.intake.text import Line
from madoguchi.problem import Problem
from madoguchi.scope.places import Window
from madoguchi.scope.shapes import Row, Span, Spot
from madoguchi.text import emails, phones

#: Lines looked at to tell the delimiter and to find the headings (a title or a date may stand above them).
HEAD, TITLES = 50, 6
#: A quoted cell that runs on for more lines than this is taken for a stray quote.
LONGEST_CELL = 1_000

Cells = tuple[list[str], list[tuple[int, int]]]


class Sheet:
    """One CSV file. ``headings`` are its first real row, or ``column1``… where there is none; `rows` gives the rest."""

    def __init__(self, lines: Iterator[Line], table: str, known: Collection[str] = ()) -> None:
        """Read the beginning; ``table`` is the name that its rows carry, ``known`` are headings that `--columns` names.

        `Problem` when there is not one row.
        """
        self._known = frozenset(catalogue.fold(heading.rpartition(".")[2]) for heading in known)
        self.table = table
        self._lines = lines
        self._ahead: list[Line] = []
        self._trouble: Problem | None = None
        self._fill(HEAD)
        found = delimiter.find("".join(f"{line.text}\n" for line in self._ahead), complete=len(self._ahead) < HEAD)
        self.delimiter = found.delimiter if found else ","
        self._plain = re.compile(rf"[^{re.escape(self.delimiter)}]*")
        self._top: list[tuple[Window, Cells]] = []
        self.headings = self._headings()

    def rows(self) -> Iterator[Row]:
        """Yield the rows after the headings; blank lines are passed over."""
        while self._top:
            yield self._row(*self._top.pop(0))
        while record := self._record():
            yield self._row(*record)
        if self._trouble:
            raise self._trouble

    def _headings(self) -> list[str]:
        """Find the row of headings among the first rows; rows above it are a title and are dropped."""
        for _ in range(TITLES):
            if record := self._record():
                self._top.append(record)
        for i, (_, (texts, _spans)) in enumerate(self._top):
            if is_heading(texts, self._known):
                self._top = self._top[i + 1 :]
                return [text.strip() for text in texts]
        if not self._top:
            raise self._trouble or Problem(
                ja="中身がありません。正しいファイルか確かめてください。",
                en="the file holds no row; check that it is the right one",
            )
        width = max(len(texts) for _, (texts, _spans) in self._top)
        return [f"column{i + 1}" for i in range(width)]

    def _row(self, window: Window, cells: Cells) -> Row:
        texts, spans = cells

        def place(cell: int, within: Span | None) -> Spot:
            return window.cell(spans[cell], texts[cell], within)

        return Row(self.table, list(texts), place)

    def _fill(self, count: int) -> None:
        try:
            while len(self._ahead) < count and (line := next(self._lines, None)) is not None:
                self._ahead.append(line)
        except Problem as problem:
            self._trouble = problem
            self._lines = iter(())

    def _record(self) -> tuple[Window, Cells] | None:
        """Return the next row that holds anything, with the lines it stands on."""
        while True:
            self._fill(1)
            if not self._ahead:
                return None
            line = self._ahead.pop(0)
            if not line.text.strip(f" {self.delimiter}"):
                continue
            window = Window()
            window.extend([line])
            cells = self._split(line.text, 0) if '"' not in line.text else self._quoted(window)
            if cells is not None:
                return window, cells

    def _split(self, text: str, at: int) -> Cells:
        texts = text.split(self.delimiter)
        spans = []
        for cell in texts:
            spans.append((at, at + len(cell)))
            at += len(cell) + 1
        return texts, spans

    def _quoted(self, window: Window) -> Cells:
        """Cut a line with quotes, taking in the lines that a quoted cell runs over; a stray quote is a plain letter."""
        taken = 0
        first = window.text[:-1]
        cells = self._cut(first)
        while cells is None:
            self._fill(taken + 1)
            if taken == len(self._ahead) or taken >= LONGEST_CELL:
                return self._split(first, 0)
            line = self._ahead[taken]
            window.extend([line])
            taken += 1
            if '"' in line.text:
                cells = self._cut(window.text[:-1])
        del self._ahead[:taken]
        return cells

    def _cut(self, text: str) -> Cells | None:
        """Cut one record; None when a quoted cell is not closed."""
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        at = 0
        while True:
            if match := _OPEN.match(text, at):
                closed = _QUOTED.match(text, match.end() - 1)
                if closed is None:
                    return None
                texts.append(closed[1].replace('""', '"'))
                spans.append(closed.span(1))
                rest = self._plain.match(text, closed.end())
                assert rest is not None  # matches nothing at least
                at = rest.end()
            else:
                plain = self._plain.match(text, at)
                assert plain is not None
                texts.append(plain[0])
                spans.append(plain.span())
                at = plain.end()
            if at >= len(text):
                return texts, spans
            at += 1
            if at == len(text):
                return [*texts, ""], [*spans, (at, at)]


_OPEN = re.compile(r' *"')
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')


def is_heading(texts: list[str], named: Collection[str] = ()) -> bool:
    """Return whether a row is headings: an item's heading stands in it, none twice, and nothing that is a value."""
    cells = [text.strip() for text in texts if text.strip()]
    if not cells or len(cells) < len(texts) / 2 or any(_is_value(cell) for cell in cells):
        return False
    known = sum(catalogue.column_part(cell) is not None or catalogue.fold(cell) in {"id", *named} for cell in cells)
    return known >= (2 if len(cells) > 3 and any(len(cell) > 30 for cell in cells) else 1)


def _is_value(cell: str) -> bool:
    return (
        emails.canonical(cell) is not None
        or phones.canonical(cell) is not None
        or re.fullmatch(r"[\d\s\-/:.,]+", cell) is not None
    )
