"""Where an announcement stands: a page on the official domain, and the file that is put there."""

import re
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urlsplit

from madoguchi.problem import Problem

LONGEST = 2000
# What a link may be written with (RFC 3986); a backslash is none of it, since browsers take it for a slash.
_WRITTEN = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
# What no file system takes in a name, ours or that of the machine from which it is put on the web site.
_NO_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|[. ]$')
_PAGES = (".html", ".htm")


def checked(url: str, domain: str) -> str:
    """Return ``url`` in its one writing; `Problem` unless it is https on ``domain`` or a name below it."""
    if not domain:
        raise Problem(
            ja="公式のドメインがまだ登録されていません。組織の情報に「ドメイン」を記入してから、公表文を作ってください。",
            en="no official domain is told yet; enter the organisation's domain, then prepare the announcement",
            place="domain",
        )
    written = quote(url.strip(), safe="%:/?#[]@!$&'()*+,;=~-._\\\"<> ", errors="replace").partition("#")[0]
    parts = _split(written)
    host = (parts.hostname or "").rstrip(".") if parts else ""
    official = host == domain or host.endswith(f".{domain}")
    if parts is None or parts.scheme != "https" or not official or parts.username is not None or _port(parts):
        raise Problem(
            ja=f"公表文の置き場所は、公式のドメイン（{domain}）の https のアドレスにしてください。例：https://{domain}/news/oshirase.html",
            en=f"an announcement stands on the official domain ({domain}) over https, as https://{domain}/news/notice.html",
            place="url",
        )
    page_file(written)
    return parts._replace(netloc=host).geturl()


def page_file(url: str) -> PurePosixPath:
    """Return which file of the web site is the page at ``url``; an address without a file name has index.html.

    `Problem` for a path that leads out of the site or into what it keeps hidden, or that no file can be named by.
    """
    names = [unquote(name) for name in urlsplit(url).path.split("/") if name]
    if any(name.startswith(".") or "/" in name or _NO_NAME.search(name) or len(name.encode()) > 200 for name in names):
        raise Problem(
            ja="このアドレスには、ファイルを置けない名前が含まれています。英数字とハイフンの短い名前にしてください。",
            en="this address holds a name that no file can have; use a short one of letters, digits and hyphens",
            place="url",
        )
    path = PurePosixPath(*names)
    return path if path.suffix.lower() in _PAGES else path / "index.html"


def _split(url: str) -> SplitResult | None:
    if len(url) > LONGEST or not _WRITTEN.fullmatch(url):
        return None
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _port(parts: SplitResult) -> bool:
    """Tell whether another port is named than that of https; one that is no number is another."""
    try:
        return parts.port not in (None, 443)
    except ValueError:
        return True
