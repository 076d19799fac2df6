"""SQL dumps, read row by row: INSERT and REPLACE (MySQL and standard SQL) and COPY … FROM stdin (PostgreSQL)."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from madoguchi.intake.text import Line
from madoguchi.problem import Problem
from madoguchi.scope import sqltext
from madoguchi.scope.places import Window
from madoguchi.scope.shapes import Row, Span, Spot
from madoguchi.scope.sqlschema import Schema
from madoguchi.scope.sqltext import PATH, Dialect

#: Lines are taken in pieces of this many characters, so that a statement of many lines is not copied line by line.
PIECE = 1 << 16
#: Characters of one statement, or one row, held in memory: several of the longest lines that are read at all.
STATEMENT = 1 << 26
#: Lines looked at to tell the dialect.
HEAD = 200

_INSERT = re.compile(
    rf"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+)\s+)*(?:INTO\s+)?(?P<table>{PATH})"
    r"\s*(?P<columns>\((?:[^()]|\(\d+\))*\))?\s*(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
_COPY = re.compile(
    rf"COPY\s+(?:ONLY\s+)?(?P<table>{PATH})\s*(?P<columns>\([^()]*\))?\s*FROM\s+stdin\b(?P<options>[^;]*);[^\n]*\n",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?:CREATE\s+(?:\w+\s+)*?TABLE|ALTER\s+TABLE)\b", re.IGNORECASE)
_MORE = re.compile(r"\s*(?:ON|RETURNING|AS)\b", re.IGNORECASE)
_OPEN = re.compile(r"(?:INSERT|REPLACE)\s+INTO\b|COPY\s|CREATE\s+TABLE\b|ALTER\s+TABLE\b", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*(?=\()")
_ROUTINE = re.compile(r".*?^DELIMITER[ \t]+;[^\n]*\n", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_DELIMITER = re.compile(r"DELIMITER[ \t]+(\S+)[^\n]*\n", re.IGNORECASE)


class Dump:
    """One SQL file. `rows` gives its rows and fills ``schema`` with the tables it declares on the way."""

    def __init__(self, lines: Iterator[Line], encoding: str, schema: Schema, file: str) -> None:
        """Read from ``lines``; ``file`` is the name that tables of this file are remembered with."""
        head = list(itertools.islice(lines, HEAD))
        self.dialect = sqltext.detect("\n".join(line.text for line in head))
        self.schema = schema
        self.statements = 0
        self._file = file
        self._encoding = encoding
        self._lines = itertools.chain(head, lines)
        self._window = Window()
        self._at = 0
        self._trouble: Problem | None = None
        self._first: int | None = None
        self._given: Counter[str] = Counter()
        self._compile()

    def _compile(self) -> None:
        quoted = sqltext.string(self.dialect)
        comment = r"--[^\n]*+" + (r"|\#[^\n]*+" if self.dialect is Dialect.BACKSLASH else "")
        # psql's own commands (\\restrict) are lines. SQL Server ends a batch with a line GO and often leaves the semicolons out.
        self._skip = re.compile(
            rf"(?:\s++|{comment}|/\*.*?\*/|;|GO(?=[ \t]*\n)|\\[a-z]\w*+[^\n]*+)++", re.DOTALL | re.IGNORECASE
        )
        self._rest = re.compile(
            rf"(?:[^;'\"`$/\-\#\n]++|\n(?![ \t]*GO[ \t]*\n)|{quoted}|\$(?P<t>\w*)\$.*?\$(?P=t)\$|{comment}|/\*.*?\*/|[$/\-\#])*+[;\n]",
            re.DOTALL | re.IGNORECASE,
        )
        self._value = sqltext.value(self.dialect)
        self._kinds = [kind for kind in ("e", "b", "p", "d", "x", "X", "c") if kind in self._value.groupindex]
        self._row = re.compile(rf"\((?:[^'\"`()]++|{quoted}|\([^()'\"]*+\))*+\)", re.DOTALL)

    def rows(self, first: int | None = None) -> Iterator[Row]:
        """Yield the rows in their order, with ``first`` only so many of each table (the others are passed over quickly).

        Raises `Problem` with the place where the file is cut off, or where its lines cannot be read.
        """
        self._first = first
        while True:
            self._match(self._skip, take=True)
            self._forget()
            if self._at >= len(self._window.text) and not self._more():
                break
            if insert := self._match(_INSERT, take=True):
                yield from self._insert(insert)
            elif copy := self._match(_COPY, take=True):
                yield from self._copy(copy)
            elif delimiter := self._match(_DELIMITER, take=True):
                self._routine(delimiter[1])
            else:
                self._other()
        if self._trouble:
            raise self._trouble

    def _other(self) -> None:
        """Pass over a statement that holds no rows; tables are remembered."""
        table = self._match(_TABLE)
        start, line = self._at, self._window.line(self._at)
        if not self._match(self._rest, take=True):
            # A text that is no SQL has no semicolon; a dump that was cut off has a statement open that mattered.
            open_one = _OPEN.match(self._window.text, start)
            self._at = len(self._window.text)
            if self._trouble is None and open_one:
                raise cut_off(line)
            return
        statement = self._window.text[start : self._at]
        if table:
            self.statements += 1
            self.schema.declare(statement, self._file)
        elif re.match(
            r"(?:SET|USE|LOCK|UNLOCK|DROP|BEGIN|COMMIT|START|SELECT|CREATE|PRAGMA|GRANT)\b", statement, re.IGNORECASE
        ):
            self.statements += 1
        if "standard_conforming_strings" in statement:
            off = re.search(r"=\s*'?off", statement, re.IGNORECASE)
            self.dialect = Dialect.BACKSLASH if off else Dialect.STANDARD
            self._compile()

    def _routine(self, mark: str) -> None:
        """Pass over what stands between ``DELIMITER ;;`` and ``DELIMITER ;``: triggers, not data."""
        if mark != ";":
            self._match(_ROUTINE, take=True)

    def _insert(self, match: re.Match[str]) -> Iterator[Row]:
        self.statements += 1
        table = self._table(match)
        while True:
            if self._enough(table) and self._match(self._row, take=True):
                pass
            elif (cells := self._tuple()) is None:
                return
            elif not self._enough(table):
                self._given[table] += 1
                yield self._placed(table, *cells)
            self._forget()
            if not self._match(_COMMA, take=True):
                break
        # ON DUPLICATE KEY UPDATE …, RETURNING …; where nothing of that follows, the next statement may, unmarked.
        if self._match(_MORE) and not self._match(self._rest, take=True):
            self._at = len(self._window.text)

    def _enough(self, table: str) -> bool:
        return self._first is not None and self._given[table] >= self._first

    def _placed(self, table: str, texts: list[str | None], spans: list[tuple[int, int]]) -> Row:
        return Row(table, texts, lambda cell, within: self._window.cell(spans[cell], texts[cell], within))

    def _forget(self) -> None:
        if self._at > PIECE:
            self._at -= self._window.drop(self._at)

    def _tuple(self) -> tuple[list[str | None], list[tuple[int, int]]] | None:
        """Read one parenthesised row at the current position; `Problem` where the file ends inside it."""
        while True:
            text, at = self._window.text, self._at + 1
            texts: list[str | None] = []
            spans: list[tuple[int, int]] = []
            while match := self._value.match(text, at):
                found, span = self._text(match)
                texts.append(found)
                spans.append(span)
                at = match.end()
                if text[at - 1] == ")":
                    self._at = at
                    return texts, spans
            if not self._more():
                if self._trouble is None:
                    raise cut_off(self._window.line(self._at))
                return None

    def _text(self, match: re.Match[str]) -> tuple[str | None, tuple[int, int]]:
        """Return a value as text and where its inside stands."""
        kind = next(k for k in self._kinds if match[k] is not None)
        inside = match[kind]
        found: str | None = inside
        if kind == "e":
            mysql = self.dialect is Dialect.BACKSLASH
            found = sqltext.mysql_text(inside) if mysql else sqltext.postgres_text(inside)
        elif kind == "d":
            found = sqltext.mysql_text(inside, '"')
        elif kind == "p":
            found = sqltext.plain_text(inside)
        elif kind == "b":
            found = None if inside.upper() in ("NULL", "DEFAULT") else inside
        elif kind in ("x", "X"):
            found = sqltext.hex_text(inside, self._encoding)
        return found, match.span(kind)

    def _copy(self, match: re.Match[str]) -> Iterator[Row]:
        self.statements += 1
        table = self._table(match)
        if re.search(r"csv|delimiter|binary", match["options"], re.IGNORECASE):
            raise Problem(
                ja="COPY の CSV・バイナリ形式はまだ読めません。標準の形式（pg_dump の既定）で書き出してください。",
                en="COPY in CSV or binary format is not read yet; export in pg_dump's default text format",
                place=f"line {self._window.line(match.start())}",
            )
        while True:
            end = self._window.text.find("\n", self._at)
            if end < 0:
                if not self._more():
                    if self._trouble is None:
                        raise cut_off(self._window.line(max(self._at - 1, 0)))
                    return
                continue
            line, start = self._window.text[self._at : end], self._at
            self._at = end + 1
            if line == r"\.":
                return
            if not self._enough(table):
                self._given[table] += 1
                yield self._fields(table, line, start)
            self._forget()

    def _fields(self, table: str, line: str, start: int) -> Row:
        fields = line.split("\t")

        texts = [sqltext.copy_text(field) for field in fields]

        def place(cell: int, within: Span | None) -> Spot:
            at = start + sum(len(field) + 1 for field in fields[:cell])
            return self._window.cell((at, at + len(fields[cell])), texts[cell], within)

        return Row(table, texts, place)

    def _table(self, match: re.Match[str]) -> str:
        columns = sqltext.names(match["columns"]) if match["columns"] else None
        return self.schema.filled(sqltext.bare_name(match["table"]), columns, self._file)

    def _match(self, pattern: re.Pattern[str], *, take: bool = False) -> re.Match[str] | None:
        """Match here; a match that reaches the end of what is read so far may go on, so more is read and it is tried again."""
        while True:
            match = pattern.match(self._window.text, self._at)
            if (match is not None and match.end() < len(self._window.text)) or not self._may_go_on(pattern, match):
                break
            if not self._more():
                break
        if match and take:
            self._at = match.end()
        return match

    def _may_go_on(self, pattern: re.Pattern[str], match: re.Match[str] | None) -> bool:
        if match is not None or pattern in (self._rest, self._row, _ROUTINE):
            return True
        # A head (INSERT … VALUES, COPY …) that does not match within a whole piece will not match later either.
        return len(self._window.text) - self._at < PIECE

    def _more(self) -> bool:
        """Take another piece of lines; False at the end. A line that cannot be read is told after what stands before it."""
        taken: list[Line] = []
        size = 0
        # What is read grows with what is open, so that a long statement is tried a few times, not thousands.
        enough = max(PIECE, len(self._window.text) - self._at)
        if enough > STATEMENT:
            raise Problem(
                ja="1つの文が長すぎます。SQL のダンプではないか、引用符が壊れています。",
                en="a statement is too long; this is no SQL dump, or a quote in it is broken",
                place=f"line {self._window.line(self._at)}",
            )
        try:
            while size < enough and (line := next(self._lines, None)) is not None:
                taken.append(line)
                size += len(line.text) + 1
        except Problem as problem:
            self._trouble = problem
            self._lines = itertools.chain()
        self._window.extend(taken)
        return bool(taken)


def cut_off(line: int) -> Problem:
    """Return what to say of a dump that ends inside a statement."""
    return Problem(
        ja="ダンプがこの文の途中で終わっています。ここまでは読みました。欠けのない写しがあれば、そちらで実行してください。",
        en="the dump ends inside this statement; what stands before was read; use a complete copy if there is one",
        place=f"line {line}",
    )
