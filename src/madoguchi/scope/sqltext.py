"""How SQL dumps write names and values: the regular expressions and the way back from a literal to its text."""

import re
from enum import Enum


class Dialect(Enum):
    """How plain string literals are read: MySQL escapes with backslashes, standard SQL (PostgreSQL, SQLite) does not."""

    BACKSLASH = "backslash"
    STANDARD = "standard"


NAME = r"(?:`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\"|\[[^\]]+\]|[^\W\d][\w$]*)"
PATH = rf"{NAME}(?:\s*\.\s*{NAME}){{0,2}}"

_ESCAPED = r"'(?P<e>[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+)'"
_PLAIN = r"'(?P<p>[^']*+(?:''[^']*+)*+)'"
_DOUBLE = r"\"(?P<d>[^\"\\]*+(?:(?:\\.|\"\")[^\"\\]*+)*+)\""


def _nameless(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def string(dialect: Dialect) -> str:
    """Return the pattern of any quoted piece in which a semicolon or a parenthesis means nothing."""
    plain = rf"[eE]{_ESCAPED}|{_PLAIN}" if dialect is Dialect.STANDARD else _ESCAPED
    return _nameless(rf"{plain}|\"(?:[^\"\\]|\\.|\"\")*+\"|`[^`]*+`")


def value(dialect: Dialect) -> re.Pattern[str]:
    """Return the pattern of one value of a VALUES row with what ends it (``n``: a comma or the closing parenthesis).

    Groups: ``e``, ``p``, ``d`` the inside of a string (escaped, plain, double-quoted), ``x`` hex digits, ``b`` a bare
    word or number, ``c`` any other expression.
    """
    text = (
        rf"[eE]{_ESCAPED}|(?:[nN]|_\w+\s*)?{_PLAIN}"
        if dialect is Dialect.STANDARD
        else (rf"(?:[nNeE]|_\w+\s*)?{_ESCAPED}|{_DOUBLE}")
    )
    quoted = string(dialect)
    return re.compile(
        rf"\s*(?:(?:_\w+\s*)?(?:0x(?P<x>[0-9a-fA-F]+)|[xX]'(?P<X>[0-9a-fA-F]*)')|{text}|(?P<b>[^'\"`,()\s;:]+))"
        rf"(?:::[\w ]+(?:\(\d+\))?(?:\[\])?)?\s*(?P<n>[,)])"
        rf"|\s*(?P<c>(?:[^'\"`(),;]|{quoted}|\((?:[^'\"`()]|{quoted}|\([^()]*\))*\))+?)\s*(?P<m>[,)])",
        re.DOTALL,
    )


_SIMPLE = {"0": "\0", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "Z": "\x1a", "f": "\f", "v": "\v"}
_MYSQL = re.compile(r"\\(.)|''|\"\"", re.DOTALL)
_POSTGRES = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|''", re.DOTALL)


def mysql_text(inside: str, quote: str = "'") -> str:
    """Return the text of a MySQL string literal from what stands between its quotes."""

    def one(match: re.Match[str]) -> str:
        if match[1] is None:
            return quote if match[0] == quote * 2 else match[0]
        return "\\" + match[1] if match[1] in "%_" else _SIMPLE.get(match[1], match[1])

    return _MYSQL.sub(one, inside) if "\\" in inside or quote * 2 in inside else inside


def postgres_text(inside: str) -> str:
    """Return the text of an E'' literal, or of a COPY field, from what stands in the file (numbers are UTF-8 bytes)."""
    if "\\" not in inside and "''" not in inside:
        return inside

    def one(match: re.Match[str]) -> str:
        octal, hexed, short, long, char = match.groups()
        if octal or hexed:
            return chr(int(octal, 8) & 0xFF if octal else int(hexed, 16))
        if short or long:
            return chr(min(int(short or long, 16), 0x10FFFF))
        if char is None:
            return "'"
        # \0 and \Z are MySQL's own; everything else means itself.
        return _SIMPLE[char] if char in "nrtbfv" else char

    return _POSTGRES.sub(one, inside)


def copy_text(inside: str) -> str | None:
    r"""Return the text of one COPY field; ``\N`` is NULL. Quotes mean nothing here."""
    if inside == r"\N":
        return None
    return inside if "\\" not in inside else postgres_text(inside.replace("''", "'\0'")).replace("'\0'", "''")


def plain_text(inside: str) -> str:
    """Return the text of a standard literal."""
    return inside.replace("''", "'")


def hex_text(digits: str, encoding: str) -> str:
    """Return the text that hex digits write in ``encoding`` or UTF-8, or the digits as they stand when it is no text."""
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        return f"0x{digits}"
    for name in dict.fromkeys(("utf-8", encoding)):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        # A full-width space and a line break are no "printable" characters to Python.
        if all(char.isprintable() or char.isspace() for char in text):
            return text
    return f"0x{digits}"


def bare_name(path: str) -> str:
    """Return the last part of a dotted name without its quotes: ``public."User"`` is ``User``."""
    last = re.findall(NAME, path)[-1] if re.findall(NAME, path) else path
    if last[0] in '`"[':
        inner = last[1:-1]
        return inner.replace(last[0] * 2, last[0])
    return str(last)


def names(listing: str) -> list[str]:
    """Return the names of a parenthesised list such as ``(`a`, b(10), "c" DESC)``."""
    return [bare_name(match) for match in re.findall(rf"(?:^|[(,])\s*({NAME})", listing)]


def detect(head: str) -> Dialect:
    """Return how a dump's strings are read, from its first lines.

    PostgreSQL, SQLite, SQL Server and Oracle dumps say themselves; everything else is read as MySQL, by far the
    commonest in shops.
    """
    if re.search(r"standard_conforming_strings\s*=\s*off", head, re.IGNORECASE):
        return Dialect.BACKSLASH
    standard = r"^GO\s*$|\[dbo\]|^REM INSERTING|^SET DEFINE OFF|"
    standard += r"PostgreSQL database dump|^\s*COPY\s.+FROM\s+stdin|standard_conforming_strings|^PRAGMA\s|search_path"
    if re.search(standard, head, re.IGNORECASE | re.MULTILINE) and "`" not in head:
        return Dialect.STANDARD
    return Dialect.BACKSLASH
