"""One mail as bytes: built once, stored, and sent as it was stored."""

import re
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from madoguchi.problem import Problem
from madoguchi.text.fold import fold

# A document that goes with a mail: its name, its type ("application/pdf"), its bytes.
Attachment = tuple[str, str, bytes]

# RFC 5321: 64 octets before the @, 254 in all (4.5.3.1 with the brackets of a path).
LOCAL_OCTETS, ADDRESS_OCTETS = 64, 254
# RFC 5322 section 2.1.1, without CR LF.
LINE_OCTETS = 998

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|[Xx][Nn]--[A-Za-z0-9-]+)")


def new_message_id(sender: str) -> str:
    """Return a Message-ID that nobody else makes, at the domain of ``sender`` (an address)."""
    return f"<{uuid.uuid4()}@{sender.rpartition('@')[2]}>"


def build(
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    at: datetime,
    attachments: Sequence[Attachment] = (),
    in_reply_to: str | None = None,
    automatic: bool = True,
) -> bytes:
    """Return a mail (RFC 5322, CRLF, ASCII in lines of at most 998 octets) as text with an HTML alternative.

    ``sender`` and ``recipient`` are bare addresses; ``at`` is the aware instant in Date; ``in_reply_to`` is the
    Message-ID that it answers; ``automatic`` is False for a letter that a person wrote. Line breaks and control
    characters in the name and the subject become spaces. `Problem` where an address is none that mail can be sent to.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(sender_name), addr_spec=_address(sender))
    message["To"] = _address(recipient)
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    if in_reply_to:
        message["In-Reply-To"] = message["References"] = in_reply_to
    if automatic:
        # Programs that answer by themselves (holiday notices) should not answer a notice (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    for name, kind, data in attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def deliverable(address: str) -> str | None:
    """Return ``address`` as it stands in headers and in RCPT, or None when mail cannot be sent to it.

    Width and spaces around it are mended, case and ``+tag`` kept. The old addresses of docomo and au with ``..`` or
    ``.@``, which their carriers still serve, are no dot-atoms; they are written as a quoted string
    (``"a..b"@docomo.ne.jp``), which names the same mailbox (RFC 5321 section 4.1.2). A domain has a dot and ends in
    letters; one in another script becomes its ``xn--`` form.
    """
    local, _, domain = fold(address).rpartition("@")
    if len(local) > 2 and local[0] == local[-1] == '"':
        local = local[1:-1]
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if not (_LOCAL.fullmatch(local) and len(local) <= LOCAL_OCTETS and _DOMAIN.fullmatch(domain)):
        return None
    spelled = f"{local}@{domain}" if _DOT_ATOM.fullmatch(local) else f'"{local}"@{domain}'
    return spelled if len(spelled) <= ADDRESS_OCTETS else None


def can_go_out(raw: bytes) -> bool:
    """Tell whether ``raw`` passes every server as it is: ASCII, CR and LF only together, lines of at most 998 octets."""
    return (
        raw.isascii()
        and b"\0" not in raw
        and raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r")
        and max(map(len, raw.split(b"\r\n"))) <= LINE_OCTETS
    )


def _one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text).split())


def _address(address: str) -> str:
    spelled = deliverable(address)
    if spelled is None:
        raise Problem(
            ja="メールアドレスの形になっていません。名簿を確かめてください。",
            en="not an address that mail can be sent to; check the list",
            place=address[:3] + "…",
        )
    return spelled
