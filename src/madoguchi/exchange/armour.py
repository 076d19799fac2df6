"""A statement as a block of text, for a form or the body of a mail, that survives what those do to text.

Quoting marks, new line breaks, full-width letters and spaces do no harm: between the two marker lines only the letters
of a compact JWS count. The signature tells whether it came through whole.
"""

import re
import unicodedata

WIDTH = 64
NOTE = "この下の英数字は、書いた人を確かめるための署名です。変えずにそのままお使いください。"
BEGIN = "-----BEGIN MADOGUCHI STATEMENT（署名ここから）-----"
END = "-----END MADOGUCHI STATEMENT（署名ここまで）-----"
MOST_LETTERS = 2**21

_BREAK = r"[\s>|]+"
_MARK = re.compile(rf"\b(BEGIN|END){_BREAK}MADOGUCHI{_BREAK}STATEMENT(?:[\s>|]*\([^()\n]{{0,40}}\))?")
_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}")
_BARE = re.compile(r"(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_.-])")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))


def wrap(jws: str) -> str:
    """Return the block: a line of plain words, the marker lines, and the JWS between them in short lines."""
    lines = []
    while jws:
        # No line starts with what a mail program may take for a list, a signature or an end.
        end = next((at for at in range(WIDTH, 1, -1) if jws[at : at + 1] not in ("-", ".")), WIDTH)
        lines.append(jws[:end])
        jws = jws[end:]
    return "\n".join([NOTE, BEGIN, *lines, END])


def unwrap(text: str, *, most: int) -> list[str]:
    """Return what may be statements in ``text``, in order, each once, at most ``most``: in blocks, or bare.

    Of a longer text only the first two million letters are looked through.
    """
    plain = unicodedata.normalize("NFKC", text[:MOST_LETTERS])
    found = [(bare.start(), bare[0]) for bare in _BARE.finditer(plain)]
    begun: int | None = None
    for mark in _MARK.finditer(plain):
        if mark[1] == "BEGIN":
            begun = mark.end()
        elif begun is not None:
            # Only the letters of a JWS count; the dashes of the markers stand before its first and after its last.
            letters = re.sub(r"[^A-Za-z0-9_.-]+", "", plain[begun : mark.start()].translate(_DASHES))
            if jws := _JWS.match(letters.lstrip("-")):
                found.append((begun, jws[0]))
            begun = None
    return list(dict.fromkeys(jws for _, jws in sorted(found)))[:most]


def without(text: str) -> str:
    """Return ``text`` without its blocks: the letter alone, as `digest.letter_digest` takes it. Line ends become ``\\n``."""
    kept: list[str] = []
    start: int | None = None
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _MARK.search(unicodedata.normalize("NFKC", line[:200]))
        kept.append(line)
        if mark and mark[1] == "BEGIN":
            start = len(kept) - 1
        elif mark and start is not None:
            del kept[start - (start > 0 and kept[start - 1].strip() == NOTE) :]
            start = None
    return "\n".join(kept)
