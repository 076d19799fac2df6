"""The bytes of a mail's part or header as text: the charset it claims, and what it really is where the two differ."""

import codecs
import re

from madoguchi.intake import decode as codec
from madoguchi.intake.encoding import guess

_JAPANESE = {
    "iso2022jp": "iso2022_jp",
    "csiso2022jp": "iso2022_jp",
    "iso2022jp1": "iso2022_jp",
    "iso2022jp2": "iso2022_jp",
    "iso2022jp3": "iso2022_jp",
    "iso2022jpms": "iso2022_jp",
    "jis": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "cp50222": "iso2022_jp",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "xsjis": "cp932",
    "xsjisjp": "cp932",
    "mskanji": "cp932",
    "windows31j": "cp932",
    "cswindows31j": "cp932",
    "cp932": "cp932",
    "ms932": "cp932",
    "eucjp": "euc_jp",
    "xeucjp": "euc_jp",
    "eucjpms": "euc_jp",
    "cp51932": "euc_jp",
    "ujis": "euc_jp",
    "utf8": "utf-8",
    "unicode11utf8": "utf-8",
}
"""What senders write, without its punctuation, and the codec of `intake.decode` that reads it."""
_SAYS_NOTHING = {"usascii", "ascii", "unknown8bit", "unknown", "default", "8bit", "xunknown", "none", ""}
_WESTERN = {"iso88591", "latin1", "windows1252", "cp1252", "iso885915"}
"""Written by programs that know no other; every run of bytes is valid in them, so validity proves nothing."""
_JIS = re.compile(rb"\x1b(?:\$[@BD(]|\(I)")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_STRANGE = re.compile("[\ufffd\uff61-\uff9f\ue000-\uf8ff]")
"""What another encoding looks like in a wrong one: half-width kana, private characters, nothing at all."""
_HALF = re.compile("[\ud800-\udfff]")
_MAY_BE_STRANGE = 0.3
_MAY_BE_BROKEN = 0.02
"""Share of unreadable characters that a truthful label may leave; more, and the content is asked."""


def decode(data: bytes, label: str | None) -> str:
    """Return ``data`` as text; unreadable bytes are U+FFFD, line ends stay, nothing is raised.

    ``label`` is the charset as the sender wrote it, or None. It is believed when what it gives is readable. Halves of
    characters, which UTF-7 can spell, are U+FFFD too: no file and no database takes them.
    """
    return _HALF.sub("\ufffd", _decoded(data, label))


def _decoded(data: bytes, label: str | None) -> str:
    if data.isascii() and not _JIS.search(data) and not _shifts(label):
        return data.decode("ascii")
    name = re.sub(r"[^a-z0-9]", "", (label or "").partition("*")[0].lower())
    if name in _SAYS_NOTHING:
        return _by_content(data) or data.decode("utf-8", "replace")
    if name in _WESTERN:
        found = _by_content(data)
        if found is not None and (_JIS.search(data) or _KANA.search(found)):
            return found
    text = _by_label(data, name, label or "")
    if text is not None and _readable(text) and not _jis_in_text(data, name):
        return text
    found = _by_content(data)
    if found is not None and (text is None or len(_STRANGE.findall(found)) <= len(_STRANGE.findall(text))):
        return found
    return text if text is not None else data.decode("utf-8", "replace")


def _readable(text: str) -> bool:
    return len(_STRANGE.findall(text)) <= len(text) * _MAY_BE_STRANGE and (
        text.count("\ufffd") <= len(text) * _MAY_BE_BROKEN
    )


def _shifts(label: str | None) -> bool:
    """Return whether ASCII bytes may mean something else (UTF-7, HZ, ISO-2022-KR, UTF-16)."""
    return label is not None and label.lower().startswith(("utf-7", "hz", "iso-2022-kr", "iso-2022-cn", "utf-16"))


def _jis_in_text(data: bytes, name: str) -> bool:
    """Return whether ISO-2022-JP stands under another name: its escapes are control characters anywhere else."""
    return not name.startswith("iso2022") and _JIS.search(data) is not None


def _by_label(data: bytes, name: str, label: str) -> str | None:
    if japanese := _JAPANESE.get(name):
        body = data.removeprefix(b"\xef\xbb\xbf") if japanese == "utf-8" else data
        return codec.show(codec.decode_escaped(body, japanese))
    try:
        found = codecs.lookup(label.strip())
        if not found._is_text_encoding:  # noqa: SLF001 - `base64` and `zip` are codecs too
            return None
        return data.decode(found.name, "replace")
    except (LookupError, ValueError, UnicodeError):
        return None


def _by_content(data: bytes) -> str | None:
    encoding = guess(data).encoding
    if encoding is None:
        return None
    return codec.show(codec.decode_escaped(data, encoding)).removeprefix("\ufeff")
