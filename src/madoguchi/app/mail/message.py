"""One mail as bytes: built once, stored, and sent as it was stored."""

import uuid
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from madoguchi.problem import Problem


def new_message_id(sender: str) -> str:
    """Return a Message-ID that nobody else makes, at the domain of ``sender`` (an address)."""
    return f"<{uuid.uuid4()}@{sender.rpartition('@')[2]}>"


def build(
    *, sender: str, sender_name: str, recipient: str, subject: str, text: str, html: str, message_id: str, at: datetime
) -> bytes:
    """Return a mail (RFC 5322, CRLF) as text with an HTML alternative.

    ``sender`` and ``recipient`` are bare addresses; ``at`` is the aware instant in Date. `Problem` where an address
    cannot stand in a header (line breaks, no ``@``).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender_name, addr_spec=_address(sender))
    message["To"] = Address(addr_spec=_address(recipient))
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    # Programs that answer by themselves (holiday notices) should not answer a notice (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    return message.as_bytes()


def usable_address(address: str) -> bool:
    """Tell whether mail can be sent to ``address``: one ASCII address with a domain that has a dot, nothing else."""
    try:
        parsed = Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        return False
    return bool(parsed.username) and "." in parsed.domain.strip(".") and address.isascii()


def _address(address: str) -> str:
    if not usable_address(address):
        raise Problem(
            ja="メールアドレスの形になっていません。名簿を確かめてください。",
            en="not an address that mail can be sent to; check the list",
            place=address[:3] + "…",
        )
    return address
