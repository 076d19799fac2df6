"""What the dumps of one run say about their tables: columns, comments, primary and foreign keys, partitions."""

import re
from dataclasses import dataclass, field

from madoguchi.scope.sqltext import NAME, PATH, bare_name, names

_CREATE = re.compile(rf"CREATE\s+(?:\w+\s+)*?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<table>{PATH})", re.IGNORECASE)
_ALTER = re.compile(rf"ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?P<table>{PATH})", re.IGNORECASE)
_ATTACH = re.compile(rf"ATTACH\s+PARTITION\s+(?P<table>{PATH})", re.IGNORECASE)
_CHILD = re.compile(rf"(?:INHERITS\s*\(\s*|PARTITION\s+OF\s+)(?P<table>{PATH})", re.IGNORECASE)
_PRIMARY = re.compile(r"PRIMARY\s+KEY\s*(?:\w+\s+)*(?P<columns>\([^()]*(?:\(\d+\)[^()]*)*\))", re.IGNORECASE)
_REFERENCES = rf"REFERENCES\s+(?P<to>{PATH})\s*(?P<tocolumns>\([^()]*\))?"
_FOREIGN = re.compile(rf"FOREIGN\s+KEY\s*(?:{NAME}\s*)?(?P<columns>\([^()]*\))\s*{_REFERENCES}", re.IGNORECASE)
_INLINE = re.compile(_REFERENCES, re.IGNORECASE)
_COMMENT = re.compile(r"\bCOMMENT\s+'((?:[^'\\]|\\.|'')*)'", re.IGNORECASE)
_COLUMN = re.compile(rf"\s*(?P<column>{NAME})\s+\S", re.IGNORECASE)
_NO_COLUMN = re.compile(
    r"\s*(?:CONSTRAINT|PRIMARY\s+KEY|FOREIGN\s+KEY|UNIQUE(?:\s+(?:KEY|INDEX))?|KEY|INDEX|FULLTEXT|SPATIAL|CHECK|EXCLUDE|LIKE)"
    r"[\s(]",
    re.IGNORECASE,
)


@dataclass
class Table:
    """One table: its columns in order, each with its COMMENT if it has one; single-column keys only."""

    name: str
    columns: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    primary: str | None = None
    foreign: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    base: str | None = None
    #: the files that hold rows of it
    files: set[str] = field(default_factory=set)


class Schema:
    """The tables of all files of a run by name (without schema name; PostgreSQL's partitions are their own tables)."""

    def __init__(self) -> None:
        """Start without tables."""
        self.tables: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """Return the table ``name``, new if it was not known."""
        return self.tables.setdefault(name, Table(name))

    def filled(self, name: str, columns: list[str] | None, file: str) -> str:
        """Note that ``file`` holds rows of ``name``; return the name under which their columns are known.

        Two lists of columns for one table (a mysqldump and a hand-made INSERT) are two tables of one name.
        """
        table = self.table(name)
        if columns and table.columns and columns != table.columns:
            alias = self.tables.setdefault(f"{name}({','.join(columns)})", Table(name, columns))
            alias.base = name
            table = alias
            key = f"{name}({','.join(columns)})"
        else:
            table.columns = table.columns or columns or []
            key = name
        table.files.add(file)
        return key

    def declare(self, statement: str, file: str) -> None:  # noqa: ARG002 - one shape with `filled`
        """Take in a CREATE TABLE or ALTER TABLE statement; what it does not say about keys is left as it is."""
        if match := _CREATE.match(statement):
            self._create(bare_name(match["table"]), statement, match.end())
        elif match := _ALTER.match(statement):
            name = bare_name(match["table"])
            if attached := _ATTACH.search(statement):
                self.table(bare_name(attached["table"])).base = name
            else:
                self._keys(self.table(name), statement[match.end() :])

    def inherited(self, name: str) -> list[Table]:
        """Return the table and those it is a part of, nearest first."""
        found: list[Table] = []
        at: str | None = name
        while at in self.tables and self.tables[at] not in found:
            found.append(self.tables[at])
            at = found[-1].base
        return found

    def columns(self, name: str) -> list[str]:
        """Return the column names of ``name``, from the table it is a part of where it has none of its own."""
        return next((table.columns for table in self.inherited(name) if table.columns), [])

    def _create(self, name: str, statement: str, at: int) -> None:
        table = self.table(name)
        if child := _CHILD.search(statement):
            table.base = bare_name(child["table"])
        start = statement.find("(", at)
        if start < 0 or (child and child.start() < start):
            return
        columns = []
        for piece in _pieces(statement, start):
            if _NO_COLUMN.match(piece):
                self._keys(table, piece)
            elif match := _COLUMN.match(piece):
                column = bare_name(match["column"])
                columns.append(column)
                self._column(table, column, piece)
        table.columns = table.columns or columns

    @staticmethod
    def _column(table: Table, column: str, piece: str) -> None:
        if comment := _COMMENT.search(piece):
            table.comments[column] = comment[1]
        if re.search(r"\bPRIMARY\s+KEY\b", piece, re.IGNORECASE):
            table.primary = column
        if inline := _INLINE.search(piece):
            table.foreign[column] = (bare_name(inline["to"]), _only(inline["tocolumns"]))

    @staticmethod
    def _keys(table: Table, text: str) -> None:
        if (primary := _PRIMARY.search(text)) and (column := _only(primary["columns"])):
            table.primary = column
        for foreign in _FOREIGN.finditer(text):
            if column := _only(foreign["columns"]):
                table.foreign[column] = (bare_name(foreign["to"]), _only(foreign["tocolumns"]))


def _only(listing: str | None) -> str | None:
    found = names(listing) if listing else []
    return found[0] if len(found) == 1 else None


_PIECE = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"[^\"]*\"|`[^`]*`|[(),]|[^'\"`(),]+", re.DOTALL)


def _pieces(statement: str, start: int) -> list[str]:
    """Return what stands between the top-level commas of the parenthesis that opens at ``start``."""
    pieces, depth = [""], 0
    for match in _PIECE.finditer(statement, start):
        piece = match[0]
        depth += (piece == "(") - (piece == ")")
        if depth == 0:
            break
        if piece == "," and depth == 1:
            pieces.append("")
        elif not (piece == "(" and depth == 1):
            pieces[-1] += piece
    return pieces
