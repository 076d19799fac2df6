"""What a file is, by its content and never by its name (which only settles what content leaves open)."""

import json
import re
import zipfile
from pathlib import Path

from madoguchi.intake import delimiter

ARCHIVES = frozenset({"zip", "gz", "tar", "bz2", "xz"})
CLOSED = {
    "7z": b"7z\xbc\xaf\x27\x1c",
    "zst": b"\x28\xb5\x2f\xfd",
    "rar": b"Rar!\x1a\x07",
    "cab": b"MSCF\x00\x00\x00\x00",
    "lz4": b"\x04\x22\x4d\x18",
    "lzh": b"",
}
"""Archives that we recognise and cannot open, with their first bytes (``lzh`` is told by its third to seventh)."""
_MAGIC = {"gz": b"\x1f\x8b\x08", "xz": b"\xfd7zXZ\x00", "unknown": b"\xd0\xcf\x11\xe0"}
_MAC_LEFTOVERS = (b"\x00\x05\x16\x07", b"\x00\x00\x00\x01Bud1")

_OFFICE_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/", b"customXml/", b"mimetype")

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[ \t]?\S?.*")
_MAIL_HEADERS = re.compile(
    r"^(?:From|To|Cc|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Reply-To|Content-Type|"
    r"X-[A-Za-z-]+|DKIM-Signature|Authentication-Results):",
    re.IGNORECASE | re.MULTILINE,
)
_MBOX = re.compile(r"From \S+ +\w{3} \w{3} +\d{1,2} .*\d{4}")
_SQL_LEAD = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*\n|/\*(?!!).*?\*/;?)*", re.DOTALL)
# Each needs more than its first word, since letters also begin with "Select", "Use" or "Create".
_SQL = re.compile(
    r"(?:CREATE\s+(?:\w+\s+){0,2}TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[^\s(]+\s*(?:\(|AS\b|LIKE\b)|"
    r"(?:INSERT|REPLACE)\s+(?:IGNORE\s+|OR\s+\w+\s+)?INTO\s+\S|INSERT\s+ALL\s+INTO\s|INSERT\s+\[?\w+\]?(?:\.\[?\w+\]?)?\s*\(|"
    r"COPY\s+\S[^\n]*FROM\s+stdin|LOCK\s+TABLES?\s|USE\s+[`\[]?\w+[`\]]?\s*(?:;|$|GO\b)|GO\s*$|"
    r"SET\s+(?:NAMES\s|[@\w\[`][^=\n]{0,120}?(?:=|\sON\b|\sOFF\b|\sTO\s|'))|"
    r"BEGIN\s*(?:TRANSACTION|WORK)?\s*;|START\s+TRANSACTION|PRAGMA\s+\w+|/\*!\d{5}|\\connect\s|\\restrict\s|"
    r"(?:CREATE|DROP|ALTER|COMMENT|GRANT|REVOKE|TRUNCATE|SELECT|UPDATE|DELETE|WITH|IF|DECLARE|EXEC)\b[^;]{0,800};\s*(?:$|--|/\*)|"
    r"(?-i:REM\s|PROMPT\s))",
    re.IGNORECASE | re.MULTILINE,
)
_SQL_STRONG = re.compile(
    r"^[ \t]*(?:CREATE\s+TABLE\s+\S[^\n]*?\n?\(|INSERT\s+INTO\s+\S[^\n]*?(?:VALUES|SELECT|\()|COPY\s+\S[^\n]*?FROM\s+stdin;)",
    re.IGNORECASE | re.MULTILINE,
)
_LOG_LINE = re.compile(
    r"\S+ \S+ \S+ \[\d{1,2}/\w{3}/\d{4}:"  # common and combined log format
    r"|(?:<\d+>)?(?:1 )?[A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} "  # syslog
    r"|[\w-]+:[^\t]*(?:\t[\w-]+:[^\t]*)+$"  # LTSV
    r"|\[\w{3} \w{3} +\d{1,2} \d{2}:\d{2}:\d{2}"  # Apache's error log
)
_W3C = re.compile(r"#(?:Software|Version|Date|Fields): ")
_STAMPED_LINE = re.compile(r"[\[(\"']?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}(?::\d{2})?")
_JSON_START = re.compile(
    r'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*$)|\[\s*(?:[{\["\]]|(?:-?\d[\d.eE+-]*|true|false|null)\s*,))'
)
_ONE_SHAPE = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]+|[+\d][\d\s()－-]{6,}\d|\d+")


def of_bytes(head: bytes, path: Path) -> str | None:
    """Return the kind that the first bytes tell for certain, else None: text, or nothing known.

    Beside the kinds of `part.Part` and `ARCHIVES` this is a key of `CLOSED` or ``leftover`` (what macOS
    adds to folders and archives: no content of anybody's).
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_family(path) if head[30:].startswith(_OFFICE_FIRST) else "zip"
    for table in (_MAGIC, CLOSED):
        for name, magic in table.items():
            if magic and head.startswith(magic):
                return name
    if head.startswith(_MAC_LEFTOVERS):
        return "leftover"
    if head[2:5] == b"-lh" and head[6:7] == b"-":
        return "lzh"
    if re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", head):
        return "bz2"
    if _is_tar(head):
        return "tar"
    return "pdf" if b"%PDF-" in head[:1024] else None


def _zip_family(path: Path) -> str:
    """Tell a workbook, which is a zip, from a zip; other Office files are of no kind we read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:1000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"  # opening it will say what is wrong
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
            return "unknown"
    return "unknown" if {"mimetype", "META-INF/manifest.xml"} <= names else "zip"


def _is_tar(head: bytes) -> bool:
    """Return whether the first block is a tar header: its check sum is right."""
    block = head[:512]
    if len(block) < 512 or not block[0]:
        return False
    field = block[148:156].strip(b" \x00")
    if not field or field.strip(b"01234567"):
        return False
    return sum(block[:148]) + 8 * 32 + sum(block[156:]) == int(field, 8)


def of_text(head: str, *, complete: bool, name: str = "") -> str:
    """Return the kind of a text from its beginning; ``complete`` says that it is the whole text.

    A table of one column looks like a list of lines: there the file's name may settle it.
    """
    head = head.lstrip("\ufeff")
    if _HTML.match(head):
        return "html"
    if _is_mail(head):
        return "mail"
    rows = [line for line in head.splitlines() if line.strip()]
    if not complete and len(rows) > 1:
        rows.pop()
    shape = _json(head, rows, complete=complete)
    if shape:
        return shape
    if _W3C.match(head) or _share(_LOG_LINE, rows) >= 0.6:
        return "log"
    if _SQL.match(_first_statement(head)):
        return "sql"
    table = delimiter.find(head, complete=complete)
    if table and not (_share(_STAMPED_LINE, rows) >= 0.6 and rows[0].startswith("[")):
        return "tsv" if table.delimiter == "\t" else "csv"
    if _SQL_STRONG.search(head):
        return "sql"
    if _share(_STAMPED_LINE, rows) >= 0.6:
        return "log"
    return _one_column(rows, name)


def _first_statement(head: str) -> str:
    """Return the start of the first SQL statement, after the comments; short, since patterns take longer over more."""
    lead = _SQL_LEAD.match(head)
    start = lead.end() if lead else 0
    return head[start : start + 1000]


def _is_mail(head: str) -> bool:
    """Return whether the text starts as a mail or a mailbox: an unbroken block of headers, two of them well known."""
    if _MBOX.match(head):
        head = head.split("\n", 1)[-1]
    block = re.split(r"\r?\n\r?\n", head.lstrip("\r\n"), maxsplit=1)[0]
    lines = block.splitlines()
    if not lines or not all(_HEADER.match(line) or line[:1] in {" ", "\t"} for line in lines[:-1] or lines):
        return False
    return len({found.lower() for found in _MAIL_HEADERS.findall(block)}) >= 2


def _json(head: str, rows: list[str], *, complete: bool) -> str | None:
    """Return ``json`` or ``jsonl``: each line a document of its own, two at least."""
    if not _JSON_START.match(head) or not rows:
        return None
    first = rows[:20]
    if len(first) > 1 and all(_parses(row) for row in first) and all(row.lstrip()[:1] in "{[" for row in first):
        return "jsonl"
    if complete:
        return "json" if _parses(head) else ("jsonl" if _parses(rows[0]) and len(rows) > 1 else None)
    return "json"


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _share(pattern: re.Pattern[str], rows: list[str]) -> float:
    first = rows[:50]
    return sum(bool(pattern.match(row)) for row in first) / len(first) if first else 0.0


def _one_column(rows: list[str], name: str) -> str:
    """Tell a table of one column from a text: a heading over values that all have one shape, or its name."""
    same = [bool(_ONE_SHAPE.fullmatch(row.strip('" '))) for row in rows[:50]]
    if len(same) > 1 and not same[0] and all(same[1:]):
        return "csv"
    suffix = Path(name).suffix.lower()
    return suffix[1:] if suffix in {".csv", ".tsv"} and rows else "text"
