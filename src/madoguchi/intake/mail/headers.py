"""The head of a mail or of one of its parts: fields, words in other charsets, parameters, mailboxes, dates."""

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from madoguchi.intake.mail import charset as mail_charset


class Field(NamedTuple):
    """One header field: ``name`` in small letters, ``value`` the bytes as they stand, folded lines joined."""

    name: str
    value: bytes


class Mailbox(NamedTuple):
    """Somebody's name as they wrote it (may be empty) and the address as written (``taro@example.jp``)."""

    name: str
    address: str


_LINE = re.compile(rb"[^\n]*(?:\n|\Z)")
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")
_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"?|([<>,:;()])|([^"<>,:;()]+)', re.DOTALL)
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', re.DOTALL)
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
_ID = re.compile(r"<[^<>\s]+>")
_UNESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def fields(data: bytes, most: int) -> tuple[list[Field], int]:
    """Return the first ``most`` fields of ``data`` and where the body begins.

    An mbox's ``From `` line and empty lines before the first field are passed over. A line that is no field ends the
    head, as mail programs do it.
    """
    found: list[tuple[str, list[bytes]]] = []
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while at < len(data):
        line = _LINE.match(data, at)
        assert line is not None  # the pattern matches anything
        content = line[0].rstrip(b"\r\n")
        if not content:
            at = line.end()
            if found:
                break
            continue
        if content[:1] in b" \t" and found:
            found[-1][1].append(content)
        elif name := _NAME.match(content):
            if len(found) == most:
                end = re.compile(rb"\n\r?\n").search(data, at)
                return _joined(found), end.end() if end else len(data)
            found.append((name[1].decode("ascii").lower(), [content[name.end() :]]))
        elif not content.startswith((b"From ", b">From ")) or found:
            break
        at = line.end()
    return _joined(found), at


def _joined(found: list[tuple[str, list[bytes]]]) -> list[Field]:
    return [Field(name, b"".join(lines).strip()) for name, lines in found]


def first(found: Iterable[Field], name: str) -> bytes | None:
    """Return the value of the first field called ``name``, the one that mail programs show."""
    return next((field.value for field in found if field.name == name), None)


def text(value: bytes | None) -> str:
    """Return an unstructured field (a subject) as one line of text, its encoded words (RFC 2047) read."""
    return " ".join(_CONTROL.sub(" ", words(raw_text(value))).split())


def raw_text(value: bytes | None) -> str:
    """Return the bytes of a field as text, encoded words left as they are; raw 8-bit text is told by its content.

    What is UTF-8 is UTF-8 (RFC 6532): a field is too short to weigh how likely its characters are.
    """
    if not value:
        return ""
    if b"\x1b" not in value:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return mail_charset.decode(value, None)


def words(value: str) -> str:
    """Return ``value`` with its encoded words read; a character broken across two words is put together again."""
    out: list[str] = []
    run: list[tuple[str, str, str]] = []
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        follows = at > 0 and not between.strip()  # space between two encoded words is no space (RFC 2047 6.2)
        if run and (not follows or run[-1][0] != word[1].lower()):
            out.append(_read(run))
            run = []
        if not follows:
            out.append(between)
        run.append((word[1].lower(), word[2].lower(), word[3]))
        at = word.end()
    if run:
        out.append(_read(run))
    return "".join(out) + value[at:]


def _read(run: list[tuple[str, str, str]]) -> str:
    """Return encoded words of one charset that follow each other, as one text."""
    data = b""
    pending = ""  # base64 that a careless program cut in the middle of a group
    for _, kind, body in run:
        if kind == "q":
            data += base64(pending.encode("ascii", "ignore"))
            data += binascii.a2b_qp(body.encode("utf-8", "surrogateescape"), header=True)
            pending = ""
            continue
        pending += body.strip()
        if len(pending) % 4 == 0 or pending.endswith("="):
            data += base64(pending.encode("ascii", "ignore"))
            pending = ""
    data += base64(pending.encode("ascii", "ignore"))
    return mail_charset.decode(data, run[0][0])


def base64(data: bytes) -> bytes:
    """Return what base64 holds, whatever stands between its letters; half a group at the end is dropped."""
    out = b""
    for piece in re.split(rb"=+", data):  # some programs join several encoded pieces
        letters = _NOT_BASE64.sub(b"", piece)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        out += binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    return out


def parameters(value: bytes | None) -> tuple[str, dict[str, str]]:
    """Return ``text/plain; charset=…`` as the first word in small letters and its parameters (RFC 2231 read)."""
    line = _CONTROL.sub(" ", raw_text(value))
    head, _, _ = line.partition(";")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(line):
        name = _CONTINUED.fullmatch(match[1].lower())
        if name is None:
            continue
        content = _UNESCAPE.sub(r"\1", match[2]) if match[2] is not None else (match[3] or "").strip()
        pieces.setdefault(name[1], []).append((int(name[2] or 0), bool(name[3]), content))
    return head.strip().lower(), {name: _parameter(parts) for name, parts in pieces.items()}


def _parameter(parts: list[tuple[int, bool, str]]) -> str:
    """Return one parameter from its numbered and percent-encoded pieces; the plain writing only where it stands alone."""
    extended = [part for part in parts if part[1]]
    if not extended:
        return words("".join(content for _, _, content in sorted(parts, key=lambda part: part[0])))
    numbered = sorted(extended if len({n for n, _, _ in parts}) == 1 else parts, key=lambda part: part[0])
    charset, data = None, b""
    for index, (_, encoded, content) in enumerate(numbered):
        body = content
        if index == 0 and encoded and content.count("'") >= 2:
            charset, _, body = content.split("'", 2)
        data += unquote_to_bytes(body) if encoded else body.encode("utf-8", "surrogateescape")
    return mail_charset.decode(data, charset or None)


def mailboxes(value: bytes | None) -> list[Mailbox]:
    """Return the mailboxes of From, To and the like, in order; a group's members stand for themselves.

    Names are read after the line was cut apart, so that no encoded word can smuggle in an address.
    """
    reader = _Mailboxes()
    for match in _PIECE.finditer(_CONTROL.sub(" ", raw_text(value))):
        reader.take(match)
    reader.close()
    return reader.found


class _Mailboxes:
    """Reads the pieces of an address list one by one."""

    def __init__(self) -> None:
        self.found: list[Mailbox] = []
        self.inside = ""  # the bracket that is open
        self.name: list[str] = []
        self.address: list[str] = []
        self.comment: list[str] = []

    def take(self, piece: re.Match[str]) -> None:
        quoted, mark, _ = piece.groups()
        if self.inside == "(":
            self._comment(piece[0])
        elif self.inside == "<" and mark != ">":
            self.address.append(piece[0])
        elif mark:
            self._mark(mark)
        elif quoted is not None:
            self.name.append(_UNESCAPE.sub(r"\1", quoted))
        elif piece[0].strip():
            self.name.append(piece[0].strip())

    def _comment(self, written: str) -> None:
        if written == ")":
            self.inside = ""
        else:
            self.comment.append(written)

    def _mark(self, mark: str) -> None:
        if mark in "(<":
            self.inside = mark
            if mark == "<":
                self.address = []
        elif mark in ",;":
            self.close()
        elif mark == ":":
            self.name = []  # it was the name of a group
        else:
            self.inside = ""

    def close(self) -> None:
        """Finish the mailbox that was being read."""
        name = " ".join(words(" ".join(self.name)).split())
        address = "".join("".join(self.address).split())
        if not address and "@" in "".join(self.name):
            address, name = "".join("".join(self.name).split()), ""
        if address or name:
            note = " ".join(words(" ".join(self.comment)).split())
            self.found.append(Mailbox(_CONTROL.sub(" ", name or note), address))
        self.inside, self.name, self.address, self.comment = "", [], [], []


def ids(value: bytes | None) -> tuple[str, ...]:
    """Return the message ids of a field in order, each with its angle brackets."""
    return tuple(_ID.findall(raw_text(value)))


def date(value: bytes | None) -> datetime | None:
    """Return the instant of a Date field (UTC where the zone is not told), or None when it is none."""
    try:
        instant = parsedate_to_datetime(text(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
