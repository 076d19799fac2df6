"""What a mail encloses that its reader opens with a press: other mails, pages, texts, invitations."""

from dataclasses import dataclass, field

from madoguchi import exchange
from madoguchi.intake import html as pages
from madoguchi.intake import mail as mails
from madoguchi.intake.html import Link
from madoguchi.intake.html import ways as html_ways
from madoguchi.intake.mail import Attachment, Flaw, Mail
from madoguchi.intake.mail import charset as mail_charset
from madoguchi.intake.mail import links as mail_links
from madoguchi.problem import Problem

_DEEP = 5
_MOST = 200  # mails within mails
_LONGEST = 4_000_000
_MAIL = (".eml", ".mht", ".mhtml")
_PAGE = (".html", ".htm", ".xhtml", ".shtml", ".svg")
_TEXT = (".txt", ".ics", ".vcf", ".md", ".csv", ".url", ".webloc")
_CLOSED = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted", "application/ms-tnef"}
)
CLOSED = Flaw(
    ja="暗号化などで、受け取った人のメールソフトだけが開ける部分があります。その中身は調べていません。",
    en="part of it is encrypted or packed so that only the reader's mail program can open it; it was not looked at",
    left_out=True,
)
TOO_MUCH = Flaw(
    ja="添付されたメールや文書が多すぎるか大きすぎるため、一部だけを調べました。",
    en="the enclosed mails or texts are too many or too large; only some were looked at",
    left_out=True,
)


@dataclass
class Enclosed:
    """The words of what is enclosed, its links, and what could not be read."""

    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def read(mail: Mail) -> Enclosed:
    """Return what the attachments of ``mail`` say and where they lead, those of mails attached to it included.

    Files of other kinds (pictures, PDF) are not opened; a signed statement is for `statement`.
    """
    found = Enclosed()
    waiting = [(attachment, 1) for attachment in mail.attachments]
    for count in range(len(waiting) + _MOST):
        if not waiting:
            break
        attachment, depth = waiting.pop()
        if depth > _DEEP or count >= _MOST or len(attachment.data) > _LONGEST:
            found.flaws.append(TOO_MUCH)
            break
        waiting += [(inner, depth + 1) for inner in _one(attachment, found)]
    return found


def _one(attachment: Attachment, found: Enclosed) -> tuple[Attachment, ...]:
    """Read one attachment into ``found``; return what a mail holds in its turn."""
    name, kind = attachment.name.lower(), attachment.type
    if kind in _CLOSED:
        found.flaws.append(CLOSED)
    elif kind in {"message/rfc822", "message/global"} or name.endswith(_MAIL):
        inner = mails.read(attachment.data)
        found.texts += [inner.subject, inner.text, inner.page]
        found.links += [*inner.links, *_ways(inner.html)]
        found.flaws += inner.flaws
        return inner.attachments
    elif kind in {"text/html", "text/x-amp-html", "application/xhtml+xml", "image/svg+xml"} or name.endswith(_PAGE):
        _page(attachment.data, found)
    elif (kind.startswith("text/") or name.endswith(_TEXT)) and not _is_statement(attachment):
        text = mail_charset.decode(attachment.data, None)
        found.texts.append(text.replace("\r\n ", "").replace("\n ", ""))  # invitations are folded (RFC 5545 3.1)
        found.links += [Link(address, "", (start, end)) for address, start, end in mail_links.find(text)]
    return ()


def _page(data: bytes, found: Enclosed) -> None:
    try:
        page = pages.page(data)
    except Problem:  # larger or deeper than any page
        found.flaws.append(TOO_MUCH)
        return
    found.texts.append(page.text)
    found.links += [*page.links, *_ways(data.decode("utf-8", "replace"))]


def _ways(markup: str | None) -> list[Link]:
    return [Link(address, "", (0, 0)) for address in html_ways.ways(markup)] if markup is not None else []


def _is_statement(attachment: Attachment) -> bool:
    try:
        return bool(exchange.carry.find("", [(attachment.name, attachment.type, attachment.data)]))
    except exchange.NotAccepted:
        return True
