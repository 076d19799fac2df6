"""Addresses of pages that stand in a text as people and scammers write them, with or without ``https://``."""

import re
from collections.abc import Iterator

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ｈｔｔｐｓ：／／: one character stays one
_REST = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*"
# A host may be in any script (https://例え.jp); where Japanese follows at once, it is cut off below.
_WITH_SCHEME = r"(?:h?ttps?|hxxps?)://[^\s/?#<>\"'`「」『』（）()【】、。，,;\[\]{}|\\^]+(?:[/?#]" + _REST + r")?"
_USUAL = "jp|com|net|org|info|biz|xyz|top|cn|shop|online|site|icu|vip|club|work|link|live|cc|app|tokyo|store|me|ru|tk"
_HOST = r"(?<![A-Za-z0-9@._/\-=&%])(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,8}"
_BARE = _HOST + r"(?:(?:" + _USUAL + r")(?![A-Za-z0-9.\-@_])|[a-z]{2,24}(?=/))(?:/" + _REST + r")?"
_ADDRESS = re.compile(f"{_WITH_SCHEME}|{_BARE}", re.IGNORECASE)
# Browsers take the full stops of Japanese for dots; at the end of a sentence no name with a usual ending follows one.
_DOTS = re.compile(
    rf"(?<=[a-z0-9])[。｡](?=(?:[a-z0-9\-]{{1,63}}[.。｡]){{0,8}}(?:(?:{_USUAL})(?![a-z0-9.\-@_])|[a-z]{{2,24}}/))",
    re.IGNORECASE,
)
_JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_AFTER = ".,;:!?'*_~"


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each address in ``text`` (with ``http://`` where it had none) and its span in code points."""
    for match in _ADDRESS.finditer(_DOTS.sub(".", text.translate(_WIDE))):
        address = _trimmed(match[0])
        if "." not in address and "://localhost" not in address and "[" not in address:
            continue
        start = match.start()
        yield _with_scheme(address), start, start + len(address)


def _trimmed(address: str) -> str:
    """Return the address without the punctuation and the words that follow it in the sentence."""
    head, mark, rest = address.partition("://")
    start = len(head) + len(mark) if mark else 0
    body = rest if mark else head
    host = re.split(r"[/?#]", body, maxsplit=1)[0]
    last = host.rpartition(".")[2]
    japanese = _JAPANESE.search(last)
    if japanese and (japanese.start() > 0 or host == last):  # jpをご覧ください
        address = address[: start + len(host) - len(last) + japanese.start()]
    while address and (address[-1] in _AFTER or (address[-1] in ")]" and _unopened(address))):
        address = address[:-1]
    return address


def _unopened(address: str) -> bool:
    close = address[-1]
    return address.count(close) > address.count("(" if close == ")" else "[")


def _with_scheme(address: str) -> str:
    if "://" not in address:
        return f"http://{address}"
    scheme, _, rest = address.partition("://")
    return f"{'https' if scheme.lower().endswith('s') else 'http'}://{rest}"
