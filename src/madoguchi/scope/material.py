"""One part of the leaked material as tables of rows, or as lines of text; what it cannot be read as is said."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from madoguchi.intake import text
from madoguchi.intake.limits import Limits
from madoguchi.intake.part import Part
from madoguchi.intake.text import Broken, Line
from madoguchi.problem import Problem
from madoguchi.scope.csvread import Sheet
from madoguchi.scope.shapes import Row
from madoguchi.scope.sqlread import Dump
from madoguchi.scope.sqlschema import Schema

#: Rows of each table that the columns are judged by.
SAMPLE = 200


@dataclass
class Material:
    """A part, with the headings that `--columns` names, and what became of it: ``trouble`` is why it was not read (to its end), ``broken`` the places left out."""

    part: Part
    limits: Limits
    schema: Schema
    headings: Collection[str] = ()
    on_bytes: Callable[[int], None] = lambda _: None
    trouble: Problem | None = None
    broken: list[Broken] = field(default_factory=list)
    #: rows, or lines of text, that were read
    seen: int = 0
    #: rows that speak of somebody: those that tie somebody of the list, and those that tie nobody
    tied: int = 0
    nobody: int = 0

    def hear(self, ties: bool | None) -> None:
        """Count a judged row; None is a row that speaks of nobody."""
        if ties is not None:
            self.tied += ties
            self.nobody += not ties

    @property
    def form(self) -> str:
        """Return how it is read: ``sheet dump lines`` or ``unread``."""
        ending = PurePath(self.part.name).suffix.lower()
        kind = self.part.kind
        if kind == "sql":
            return "dump"
        if kind in ("csv", "tsv") or (kind == "text" and ending in (".csv", ".tsv")):
            return "sheet"
        return "lines" if kind in ("text", "log") and ending != ".sql" else "unread"

    @property
    def was_read(self) -> bool:
        """Return whether anything of it was read, or there was nothing that stood against it."""
        return self.form != "unread" and (self.seen > 0 or not (self.trouble or self.broken))

    def survey(self) -> tuple[dict[str, list[Row]], list[str] | None]:
        """Read what tells the tables: the first rows of each, and for a sheet its headings; the schema is filled.

        Trouble on the way is kept for the reading itself, which meets it again.
        """
        samples: dict[str, list[Row]] = {}
        headings: list[str] | None = None
        try:
            if self.form == "sheet":
                sheet = Sheet(self._lines([]), self.part.name, self.headings)
                headings = sheet.headings
                samples[sheet.table] = []
                for row in sheet.rows():
                    samples[sheet.table].append(row)
                    if len(samples[sheet.table]) >= SAMPLE:
                        break
            elif self.form == "dump":
                for row in self._dump([]).rows(first=SAMPLE):
                    samples.setdefault(row.table, []).append(row)
        except Problem as problem:
            self.trouble = problem
        return samples, headings

    def rows(self, broken: list[Broken] | None = None) -> Iterator[Row]:
        """Yield the rows; trouble ends them and is kept. ``broken`` takes the places that were left out."""
        self.trouble = None
        places = [] if broken is None else broken
        self.seen = 0
        try:
            if self.form == "sheet":
                for row in Sheet(self._lines(places), self.part.name, self.headings).rows():
                    self.seen += 1
                    yield row
            else:
                dump = self._dump(places)
                for row in dump.rows():
                    self.seen += 1
                    yield row
                if not dump.statements:
                    self.trouble = Problem(
                        ja="SQL のダンプではありません（INSERT も COPY も CREATE TABLE もありません）。正しいファイルか確かめてください。",
                        en="this is no SQL dump (no INSERT, COPY or CREATE TABLE in it); check that it is the right file",
                    )
                self.seen += dump.statements
        except Problem as problem:
            self.trouble = problem

    def lines(self, broken: list[Broken]) -> Iterator[Line]:
        """Yield the lines of a text."""
        self.seen = 0
        try:
            for line in self._lines(broken):
                self.seen += 1
                yield line
        except Problem as problem:
            self.trouble = problem

    def _dump(self, broken: list[Broken]) -> Dump:
        return Dump(self._lines(broken), self.part.encoding or "utf-8", self.schema, self.part.name)

    def _lines(self, broken: list[Broken]) -> Iterator[Line]:
        for line in text.lines(self.part, self.limits, broken):
            self.on_bytes(line.offset)
            yield line


def not_yet(part: Part) -> Problem:
    """Return what to say of a part that is not read by this engine."""
    if PurePath(part.name).suffix.lower() == ".sql":
        return Problem(
            ja="名前は .sql ですが、SQL のダンプではありません。正しいファイルか確かめてください。",
            en="it is named .sql but is no SQL dump; check that it is the right file",
            file=part.name,
        )
    if part.kind == "empty" or part.size == 0:
        return Problem(
            ja="空のファイルです。正しいファイルか確かめてください。",
            en="the file is empty; check that it is the right one",
            file=part.name,
        )
    return Problem(
        ja=f"この種類（{part.kind}）の材料はまだ読めません。CSV か SQL のダンプで書き出して加えてください。",
        en=f"this kind of material ({part.kind}) is not read yet; export it as CSV or an SQL dump and add that",
        file=part.name,
    )
