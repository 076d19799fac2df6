"""What a company sent or published, whatever it came as: text, web page, PDF or mail, made into text."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from madoguchi.intake import html, kind, pdf
from madoguchi.intake import mail as mails
from madoguchi.intake.html import Link
from madoguchi.intake.limits import Limits
from madoguchi.intake.mail import Mail
from madoguchi.intake.text import decode
from madoguchi.problem import Problem

Kind = Literal["text", "html", "pdf", "mail"]

_HEAD = 64 * 1024
_TAG = re.compile(
    r"<(?:p|div|br|table|h[1-6]|li|span|a|section|article|main|meta|title)\b[^<>]{0,2000}>", re.IGNORECASE
)
_ARCHIVE = re.compile(rb"PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\x00\x00|II\*\x00|MM\x00\*|RIFF....WEBP|....ftyp(?:heic|heix|mif1|avif)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Document:
    """A text that somebody wrote, line ends ``\\n``; ``links`` are the page's or the mail's, ``mail`` its headers and parts."""

    kind: Kind
    text: str
    links: tuple[Link, ...] = ()
    mail: Mail | None = None


def read(data: bytes, name: str = "-", limits: Limits = Limits()) -> Document:  # noqa: B008 - a frozen dataclass of plain numbers
    """Return the document in ``data``, told by its content and, where that is silent, by the ending of ``name``.

    `Problem` (with the name) for what holds no text: an empty file, a picture, an archive, a PDF of scanned pages.
    """
    try:
        found = _read(data, name, limits)
    except Problem as problem:
        raise problem.at(file=name) from None
    if not found.text.strip():
        raise Problem(
            ja="文章が入っていません。お知らせの本文をテキストとして保存し、それを渡してください。",
            en="there is no text in it; save the body of the announcement as text and give that",
            file=name,
        )
    return found


def _read(data: bytes, name: str, limits: Limits) -> Document:
    if not data.strip():
        raise Problem(ja="ファイルが空です。中身を確かめてください。", en="the file is empty; check what is in it")
    if b"%PDF-" in data[:1024]:
        return Document("pdf", pdf.text(data, limits))
    _refuse_what_is_no_text(data)
    ending = PurePosixPath(name.lower()).suffix
    head = _head(data)
    if ending in {".eml", ".mht", ".mhtml"} or kind.of_text(head, complete=len(data) <= _HEAD) == "mail":
        message = mails.read(data, limits)
        return Document("mail", _lines(message.text), tuple(message.links), message)
    if _is_page(head, ending):
        page = html.page(data)
        return Document("html", _lines(page.text), tuple(page.links))
    return Document("text", decode(data).text)


def _head(data: bytes) -> str:
    """Return the beginning as text; a mail in an odd encoding still has its headers in ASCII."""
    try:
        return decode(data[:_HEAD]).text
    except Problem:
        return data[:_HEAD].decode("ascii", "replace").replace("\r\n", "\n")


def _is_page(head: str, ending: str) -> bool:
    if ending in {".html", ".htm", ".xhtml"} or kind.of_text(head, complete=False) == "html":
        return True
    return ending != ".txt" and head.lstrip().startswith("<") and len(_TAG.findall(head)) >= 2


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_what_is_no_text(data: bytes) -> None:
    if _PICTURE.match(data):
        raise Problem(
            ja="画像です。写っている文章を打ち込んで、テキストとして渡してください。",
            en="this is a picture; type the text that it shows and give that",
        )
    if data.startswith(_OLE):
        raise Problem(
            ja="Word・Outlook などの形式で、まだ読めません。PDF・テキスト・EML で保存し直してください。",
            en="a file of Word, Outlook or the like, which cannot be read yet; save it as PDF, text or EML",
        )
    if _ARCHIVE.match(data):
        raise Problem(
            ja="アーカイブ、または Word などの形式です。中のファイルを取り出すか、PDF・テキストで保存し直してください。",
            en="an archive, or a file of Word or the like; take the file out of it, or save it as PDF or text",
        )
