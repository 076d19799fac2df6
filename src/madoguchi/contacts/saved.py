"""A folder of saved pages, as browsers and mirroring programs leave them."""

import datetime as dt
import email
import email.policy
import os
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from madoguchi.contacts.page import SECURITY, WELL_KNOWN, Page, host, registrable
from madoguchi.intake.html import resolve
from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem

_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cgi"})
_ARCHIVES = frozenset({".mhtml", ".mht"})
_BESIDE = re.compile(r"(?:_files|\.files|_fichiers|_archivos)$")  # a browser's folder of what a page shows
_MOST = 2_000
"""Pages read from one folder; the sites of people's shops have tens."""
_HEAD = 64 * 1024
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*|Mirrored from )\s*(\S+?)(?=\s|-->)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::[0-9]+)?", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|(?<=/))index\.(?:html?|php)$")


def pages(folder: Path) -> list[Page]:
    """Return the saved pages of a folder, in the order of their names.

    Read are HTML files (``.html``, ``.htm``, ``.php``…, files without an ending that hold HTML, ``.mhtml``), ``security.txt``
    and ``madoguchi.json``. A page's address is that in the browser's comment, its canonical address, ``og:url`` or
    ``base``, else what its place below a folder named like a host tells. It counts as seen on the day the file was
    written (Asia/Tokyo). Links out of the folder are not followed. `Problem` when there is no folder or no page in it.
    """
    if not folder.is_dir():
        raise Problem(
            ja="フォルダーが見つかりません。保存したページのフォルダーか、https:// で始まるアドレスを指定してください。",
            en="no such folder; name a folder of saved pages, or an address that begins with https://",
            file=str(folder),
        )
    found = [page for path in _files(folder) if (page := _page(path, folder)) is not None]
    if not found:
        raise Problem(
            ja="保存したページ（.html、.mhtml）がありません。ブラウザーで会社のページを開き、「名前を付けて保存」で"
            "このフォルダーに入れてください。",
            en="no saved page (.html, .mhtml) in this folder; open the company's pages in a browser and save them here",
            file=str(folder),
        )
    return found


def _files(folder: Path) -> Iterator[Path]:
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not _BESIDE.search(name) and name not in {".git", "node_modules"}
        )
        for name in sorted(files):
            path = Path(place, name)
            if path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > _MOST:
                return
            yield path


def _page(path: Path, folder: Path) -> Page | None:
    file = path.relative_to(folder).as_posix()
    ending = path.suffix.lower()
    special = path.name.lower() in {WELL_KNOWN.rpartition("/")[2], SECURITY[1].lstrip("/")}
    if not (special or ending in _PAGES | _ARCHIVES or not ending or "." not in path.name.strip(".")):
        return None
    try:
        status = path.stat()
        if status.st_size > Limits().page_bytes:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    seen_on = dt.datetime.fromtimestamp(status.st_mtime, ZoneInfo("Asia/Tokyo")).date()
    if special:
        return Page(_by_place(path, folder), data, seen_on, file)
    if ending in _ARCHIVES:
        url, markup = _unarchived(data)
        return Page(url or _by_markup(markup.encode("utf-8", "replace")), markup, seen_on, file) if markup else None
    if not ending and b"<" not in data[:_HEAD]:
        return None
    return Page(_by_markup(data[:_HEAD]) or _by_place(path, folder), data, seen_on, file)


def _by_markup(head: bytes) -> str:
    """Return the address that a page tells of itself; empty when it tells none."""
    if match := _SAVED_FROM.search(head):
        said = match[1].decode("ascii", "replace")
        return said if said.startswith("http") else f"https://{said}"
    tree = LexborHTMLParser(head.replace(b"\0", b""))
    for selector, name in (
        ("link[rel=canonical]", "href"),
        ("meta[property='og:url']", "content"),
        ("base[href]", "href"),
    ):
        node = tree.css_first(selector)
        said = (node.attributes.get(name) or "").strip() if node is not None else ""
        if said.startswith("//"):
            said = f"https:{said}"
        if said.lower().startswith(("http://", "https://")) and host(said):
            return resolve(None, said)
    return ""


def _by_place(path: Path, folder: Path) -> str:
    """Return the address that a file's place tells: ``example.co.jp/privacy/index.html``; empty when it tells none."""
    parts = [folder.resolve().name, *path.relative_to(folder).parts]
    for at in range(len(parts) - 1):
        if _HOST.fullmatch(parts[at]) and "." in registrable(parts[at]):
            return f"https://{parts[at].lower()}/{_INDEX.sub('', '/'.join(parts[at + 1 :]))}"
    return ""


def _unarchived(data: bytes) -> tuple[str, str]:
    """Return the address and the HTML of a page saved as one file (MHTML, RFC 2557)."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
            if isinstance(body, bytes):
                from madoguchi.intake.html.charset import decoded

                return url if url.startswith("http") else "", decoded(body, part.get_content_charset())
    return "", ""
