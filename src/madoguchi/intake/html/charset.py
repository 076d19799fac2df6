"""The encoding of a page's bytes: its BOM, what it declares where that fits, else what its content says."""

import codecs
import re

from madoguchi.intake import decode as codec
from madoguchi.intake.encoding import guess
from madoguchi.problem import Problem

_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,300}?|\?xml[^>]{0,100}?en)c(?:harset|oding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_PRESCAN = 4_096
"""Bytes in which a declaration is looked for. Browsers look at 1,024; saved pages put comments before it."""
_JAPANESE = {
    "shift_jis": "cp932 shift-jis sjis x-sjis ms_kanji windows-31j ms932 cp932 csshiftjis",
    "euc_jp": "euc-jp x-euc-jp eucjp cseucpkdfmtjapanese",
    "iso2022_jp": "iso-2022-jp csiso2022jp",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 utf-16 utf-16le utf-16be",
    "cp1252": "iso-8859-1 latin1 us-ascii ascii windows-1252",
}
_LABELS = {
    label: "cp932" if name == "shift_jis" else name
    for name, all_ in _JAPANESE.items()
    for label in [name, *all_.split()]
}


def decoded(data: bytes, declared: str | None = None) -> str:
    """Return the text of a page's bytes; ``declared`` is what came with them (HTTP, MIME) and outweighs the page.

    A declaration that the bytes contradict gives way to what the content says, since saved and forwarded pages often
    keep the declaration of another encoding. Unreadable bytes become U+FFFD. `Problem` when it is no text.
    """
    if not data:
        return ""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return codec.show(codec.decode_escaped(data[len(mark) :], name))
    found = _DECLARED.search(data, 0, _PRESCAN)
    label = named(declared) or named(found[1].decode("ascii") if found else None)
    if label:
        text = _decode(data, label)
        if "\ufffd" not in text:
            return text
    content = guess(data)
    if content.encoding:
        return _decode(data, content.encoding)
    if label and not data[:_PRESCAN].count(0):
        return _decode(data, label)
    raise Problem(
        ja="文字のページではありません。ブラウザーで開いて「名前を付けて保存」（HTML）したものを指定してください。",
        en="this is no page of text; open it in a browser, save it as HTML and name that",
    )


def named(label: str | None) -> str | None:
    """Return Python's name for a label as pages write it (``Shift_JIS`` is CP932), None for one that is not known."""
    label = (label or "").strip().strip("\"'").lower()
    if label in _LABELS:
        return _LABELS[label]
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", False) and info.name not in _UNUSABLE else None


_UNUSABLE = frozenset({"utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"})


def _decode(data: bytes, encoding: str) -> str:
    if encoding in {"utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"}:
        return codec.show(codec.decode_escaped(data, encoding))
    return data.decode(encoding, "replace")
