"""A mail, whoever wrote it and however broken: who, when, the text, the links, what is attached."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from madoguchi.intake import html as pages
from madoguchi.intake.html import Link
from madoguchi.intake.limits import Limits
from madoguchi.intake.mail import charset as mail_charset
from madoguchi.intake.mail import headers
from madoguchi.intake.mail import links as mail_links
from madoguchi.intake.mail.headers import Mailbox
from madoguchi.intake.mail.parts import NO_PAGE, Flaw, Leaf, leaves
from madoguchi.problem import Problem


@dataclass(frozen=True)
class Attachment:
    """What came with a mail: a file, a picture, another mail (``message/rfc822``: `read` its data)."""

    name: str
    """As the sender wrote it, without folders; may be empty."""
    type: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """A mail as its reader sees it. Nothing in it is proved: anybody can write any sender."""

    sender: Mailbox | None
    reply_to: Mailbox | None
    return_path: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    subject: str
    date: datetime | None
    message_id: str | None
    """With its angle brackets, like those of ``in_reply_to`` and ``references``."""
    in_reply_to: str | None
    references: tuple[str, ...]
    text: str
    """The plain part, else what the HTML shows; line ends are ``\\n``."""
    html: str | None
    """The markup of the HTML part, where there is one."""
    page: str
    """What that HTML shows; its reader sees this and not ``text``."""
    links: tuple[Link, ...]
    """Addresses in ``text`` with their span there, then the links of the HTML (their span is in what it shows)."""
    attachments: tuple[Attachment, ...]
    flaws: tuple[Flaw, ...]
    raw: bytes


def read(data: bytes, limits: Limits = Limits()) -> Mail:  # noqa: B008 - a frozen dataclass of plain numbers
    """Return the mail in ``data`` (RFC 5322; LF, CRLF or CR), never raising for what a stranger wrote.

    Charsets that are wrong or missing are told by content. What went beyond the limits is left out and stands in
    ``flaws``. An HTML part is read as a browser would (`intake.html`).
    """
    lines = data if b"\n" in data else data.replace(b"\r", b"\n")
    fields, at = headers.fields(lines, limits.mail_fields)
    found, flaws = leaves(fields, lines[at:], limits)
    shown, attached = _sorted(found)
    said = _said(shown)
    attached += [Attachment("", "text/html", page.data) for page in said.refused]
    flaws += [NO_PAGE] if said.refused else []
    return Mail(
        sender=_one(fields, "from"),
        reply_to=_one(fields, "reply-to"),
        return_path=_one(fields, "return-path"),
        to=tuple(_all(fields, "to")),
        cc=tuple(_all(fields, "cc")),
        subject=headers.text(headers.first(fields, "subject")),
        date=headers.date(headers.first(fields, "date")),
        message_id=next(iter(headers.ids(headers.first(fields, "message-id"))), None),
        in_reply_to=next(iter(headers.ids(headers.first(fields, "in-reply-to"))), None),
        references=headers.ids(headers.first(fields, "references")),
        text=said.text,
        html=said.markup,
        page=said.page,
        links=said.links,
        attachments=tuple(attached),
        flaws=tuple(flaws),
        raw=data,
    )


def _one(fields: list[headers.Field], name: str) -> Mailbox | None:
    return next((box for box in headers.mailboxes(headers.first(fields, name)) if box.address), None)


def _all(fields: list[headers.Field], name: str) -> list[Mailbox]:
    return [box for field in fields if field.name == name for box in headers.mailboxes(field.value)]


def _sorted(found: list[Leaf]) -> tuple[list[Leaf], list[Attachment]]:
    """Return the parts that are the mail's text, and the others as attachments."""
    shown, attached = [], []
    for leaf in found:
        named = bool(leaf.name) and len(found) > 1
        if leaf.type in {"text/plain", "text/html"} and not leaf.attached and not named:
            shown.append(leaf)
        elif leaf.data or leaf.name:
            attached.append(Attachment(leaf.name or _name_of(leaf), leaf.type, leaf.data))
    return shown, attached


def _name_of(leaf: Leaf) -> str:
    if leaf.type != "message/rfc822":
        return ""
    fields, _ = headers.fields(leaf.data, 100)
    subject = re.sub(r"[/\\:*?\"<>|]", "_", headers.text(headers.first(fields, "subject")))
    return f"{subject[:80] or 'mail'}.eml"


class _Said(NamedTuple):
    text: str
    markup: str | None
    page: str
    links: tuple[Link, ...]
    refused: list[Leaf]


def _said(shown: list[Leaf]) -> _Said:
    """Return what the parts say: of each group of alternatives the plain part, else the page."""
    texts: list[str] = []
    markups: list[str] = []
    shown_pages: list[str] = []
    links: list[Link] = []
    refused: list[Leaf] = []
    covered: set[str] = set()
    for block in dict.fromkeys(leaf.block for leaf in shown):
        leaves_here = [leaf for leaf in shown if leaf.block == block]
        plain = [text for leaf in leaves_here if leaf.type == "text/plain" and (text := _text(leaf)).strip()]
        seen = []
        for leaf in leaves_here:
            if leaf.type == "text/html":
                markup = _text(leaf)
                try:
                    page = pages.page(markup)
                except Problem:  # larger or deeper than any page
                    refused.append(leaf)
                    continue
                markups.append(markup)
                seen.append(page.text)
                shown_pages.append(page.text)
                links += page.links
        if not plain:
            # On a page the words of a link lead where the link does, whatever address they spell.
            covered |= {link.text.strip() for link in links}
        texts.append("\n".join(plain or seen))
    text = "\n".join(text for text in texts if text)
    found = ((address, text[start:end], (start, end)) for address, start, end in mail_links.find(text))
    bare = [Link(*each) for each in found if each[1] not in covered]
    return _Said(text, "\n".join(markups) if markups else None, "\n".join(shown_pages), (*bare, *links), refused)


def _text(leaf: Leaf) -> str:
    text = mail_charset.decode(leaf.data, leaf.parameters.get("charset"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if leaf.parameters.get("format", "").lower() == "flowed":
        return _flowed(text, delete_space=leaf.parameters.get("delsp", "").lower() == "yes")
    return text


def _flowed(text: str, *, delete_space: bool) -> str:
    """Return text in the form of RFC 3676 with its soft line breaks taken out; the mark of a signature ends a line."""
    out: list[str] = []
    open_line = False
    for line in text.split("\n"):
        body = line.removeprefix(" ")
        if open_line and not body.startswith(">") and body != "-- ":
            out[-1] += body
        else:
            out.append(body)
        open_line = body.endswith(" ") and body != "-- "
        if open_line and delete_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)
