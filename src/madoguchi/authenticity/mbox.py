"""The mails of an mbox file, one at a time."""

import re
from collections.abc import Iterator

_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n")
_STUFFED = re.compile(rb"^>(>*From )", re.MULTILINE)


_BEGINS = re.compile(rb"[\r\n]*From [^\n]*\n(?:>From [^\n]*\n)*[!-9;-~]+[ \t]*:")


def is_one(data: bytes) -> bool:
    """Tell whether a file begins as an mbox does; a letter may begin with the word "From" too."""
    return _BEGINS.match(data) is not None


def split(data: bytes) -> Iterator[bytes]:
    """Yield each mail as it was before it was put into the file (mboxrd: one ``>`` off the lines ``>From ``)."""
    start: int | None = None
    body = data.lstrip(b"\r\n")
    for line in _START.finditer(body):
        if start is not None:
            yield _taken_out(body[start : line.start()])
        start = line.end()
    if start is not None:
        yield _taken_out(body[start:])


def _taken_out(mail: bytes) -> bytes:
    # The empty line before the next "From " belongs to the file.
    return _STUFFED.sub(rb"\1", re.sub(rb"(?<=\n)\r?\n\Z", b"", mail))
