"""A mail to us: kept as it came, sealed, once; and opened again."""

import email.policy
import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime
from email.parser import BytesHeaderParser

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.mail.models import IncomingMail, OutgoingMail, Source
from madoguchi.app.vault import seal
from madoguchi.problem import Problem

# The due work that finds out what a mail to us is about; its subject is the mail. Each mode has its own (settings).
SORT = "mail:sort"
# What servers commonly let through; a larger one stays in the mailbox and is taken in from a file in parts, or on paper.
RAW_BYTES = 40_000_000


class AlreadyHere(Problem):
    """The very same bytes were kept before; ``mail`` is their row."""

    def __init__(self, mail: IncomingMail) -> None:
        """Say so."""
        super().__init__(
            ja="このメールは、すでに取り込まれています。何も加えていません。",
            en="this mail is here already; nothing was added",
        )
        self.mail = mail


def new(*, organisation: Organisation, raw: bytes, source: Source, now: datetime) -> IncomingMail:
    """Return the unsaved row of a mail (any bytes), sealed. `AlreadyHere`; `Problem` for an empty or too large one."""
    if not raw.strip():
        raise Problem(ja="メールの中身がありません。保存し直してください。", en="the mail is empty; save it again")
    if len(raw) > RAW_BYTES:
        raise Problem(
            ja=f"メールが大きすぎます（{len(raw):,} バイト）。{RAW_BYTES:,} バイトまでです。添付を除いて保存し直してください。",
            en=f"the mail is too large ({len(raw):,} bytes, at most {RAW_BYTES:,}); save it again without its attachments",
        )
    digest = hashlib.sha256(raw).hexdigest()
    if known := IncomingMail.objects.filter(organisation=organisation, sha256=digest).first():
        raise AlreadyHere(known)
    row = IncomingMail(
        id=uuid.uuid4(), organisation=organisation, source=source, taken_at=now, sha256=digest, size=len(raw)
    )
    name = message_id_of(raw)
    row.by_message_id = index(organisation.id, name) if name else None
    row.raw = seal.seal(row.seal_key, _place(row), raw)
    return row


def raw_of(row: IncomingMail) -> bytes:
    """Return the mail as it came; `Problem` when its key was destroyed."""
    return seal.open_(row.seal_key, _place(row), bytes(row.raw))


def index(organisation_id: uuid.UUID, message_id: str) -> bytes:
    """Return the blind index of a Message-ID."""
    return seal.blind_index(f"mail:index:{organisation_id}", "message_id", message_id)


def message_id_of(raw: bytes) -> str | None:
    """Return the Message-ID of a mail with its angle brackets, or None."""
    # compat32: a stranger's headers make the newer policy raise.
    told = BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw[:200_000]).get("Message-ID")
    name = str(told).strip() if told else ""
    return name if name.startswith("<") and name.endswith(">") and len(name) <= 998 else None


def ours(organisation: Organisation, message_ids: Iterable[str]) -> OutgoingMail | None:
    """Return the mail of ours that the first of ``message_ids`` names which names one, or None.

    Give what a mail answers nearest first: In-Reply-To, then References from their end (RFC 5322 section 3.6.4).
    """
    named = list(dict.fromkeys(message_ids))
    found = {
        row.message_id: row for row in OutgoingMail.objects.filter(organisation=organisation, message_id__in=named)
    }
    return next((found[name] for name in named if name in found), None)


def _place(row: IncomingMail) -> str:
    return seal.place("mail_incomingmail", row.id, "raw")
