"""A mail that came back: which of ours it was, and whether for good (RFC 3464, and what servers write instead)."""

import email
import email.policy
import re
from email.message import Message
from typing import NamedTuple

from flufl.bounce import all_failures

from madoguchi.app.mail.server import one_line

# Message-IDs of ours are a UUID at our domain (`message.new_message_id`); only those can name a mail of ours.
_OURS = re.compile(rb"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[A-Za-z0-9.-]{1,253}>")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ADDRESS = re.compile(r"[^\s<>;]+@[^\s<>;]+")
_SYSTEM = re.compile(r"mailer-daemon|postmaster|mail-daemon|mail delivery|mail administrator|\binterscan\b")
_DELAY = re.compile(r"\bdelayed\b|will be retried|still being retried|will keep trying|再送を試み|遅延", re.IGNORECASE)
# A report is short, but for the mail that it returns; what stands behind this is that mail's own body.
LOOKED_AT = 2_000_000
IDS_AT_MOST = 20


class Returned(NamedTuple):
    """What a report says: the Message-IDs that it names, whether it is final, its status (5.1.1) and words, without addresses."""

    message_ids: tuple[str, ...]
    permanent: bool
    status: str
    why: str


def read(raw: bytes) -> Returned | None:
    """Return what the mail ``raw`` says of a returned mail, or None when it is no such report (or only of a delay)."""
    message = email.message_from_bytes(raw[:LOOKED_AT], policy=email.policy.compat32)
    ids = _ours_within(message)
    if any(part.get_content_type() == "message/delivery-status" for part in message.walk()):
        # The server tells it in the standard's own words: nothing is guessed beside them.
        said = _status_report(message)
        return Returned(ids, *said) if said else None
    told = _copied_report(message) or _other_form(message)
    if told is None and ids and _from_a_mail_system(message) and not _DELAY.search(_text(message)):
        told = (True, "", "")
    return Returned(ids, *told) if told else None


def _status_report(message: Message) -> tuple[bool, str, str] | None:
    """Return what the machine-readable part says; None when there is none, or it speaks of success or a delay alone."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if str(block.get("Action", "")).strip().lower() == "failed":
                return _failed(str(block.get("Status", "")), str(block.get("Diagnostic-Code", "")))
    return None


def _copied_report(message: Message) -> tuple[bool, str, str] | None:
    """Return what a report says that its server wrote as plain text (Amazon, and several of Japan's)."""
    text = _text(message)
    if not re.search(r"^Action:\s*failed\b", text, re.IGNORECASE | re.MULTILINE):
        return None
    status = re.search(r"^Status:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    words = re.search(r"^Diagnostic-Code:\s*(.+)", text, re.IGNORECASE | re.MULTILINE)
    return _failed(status[1] if status else "", words[1] if words else "")


def _other_form(message: Message) -> tuple[bool, str, str] | None:
    """Return what flufl.bounce makes of the forms that servers had before the standard."""
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - a stranger's mail; a form that the library stumbles over is one it does not know
        return None
    if not (temporary or permanent):
        return None
    status = _STATUS.search(_text(message))
    return bool(permanent), status.group() if status else "", ""


def _failed(status: str, words: str) -> tuple[bool, str, str]:
    found = _STATUS.search(status)
    code = found.group() if found else ""
    return not code.startswith("4"), code, _words(words)


def _from_a_mail_system(message: Message) -> bool:
    """Tell whether a program that carries mail wrote this: by its address, or since it wants no answer (RFC 5321 4.5.5)."""
    sender = str(message.get("From", "")).lower()
    return bool(_SYSTEM.search(sender)) or str(message.get("Return-Path", "")).strip() == "<>"


def _ours_within(message: Message) -> tuple[str, ...]:
    """Return the Message-IDs of ours in the body: in the headers of any mail they only say what it replies to."""
    found: dict[str, None] = {}
    for part in message.walk():
        if part is not message:
            head = "\n".join(str(value) for _, value in part.items())
            found.update(dict.fromkeys(each.decode() for each in _OURS.findall(head.encode("utf-8", "replace"))))
        if not part.is_multipart():
            found.update(dict.fromkeys(each.decode() for each in _OURS.findall(_content(part))))
    return tuple(found)[:IDS_AT_MOST]


def _text(message: Message) -> str:
    parts = (part for part in message.walk() if not part.is_multipart() and part.get_content_maintype() == "text")
    return "\n".join(_content(part).decode("utf-8", "replace") for part in parts)[:50_000]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _words(text: str) -> str:
    """Return a server's words in one line, without addresses: they are kept in the clear."""
    return _ADDRESS.sub("…", one_line(text.partition(";")[2] or text))[:300]
