"""The outbox: put in, claimed one by one, and what is known about each after a crash.

A message is put in as a row, sealed and complete, in the transaction of the decision to send it. The sender claims a
row by a conditional UPDATE, hands it over, and writes the end of this one and the claim of the next in one transaction.
So at any moment at most one row a worker is *sending*; if the worker dies there, the row becomes *unsure* and is never
sent again unless somebody decides so.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from madoguchi.app.log.models import Log
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.transport import Outcome, SmtpConnection
from madoguchi.app.vault import seal
from madoguchi.problem import Problem

# The due work that sends what is due; its subject is the organisation.
DELIVER = "mail:deliver"
# A claim older than this belongs to a worker that died: to connect, log in and hand one message over takes 24 minutes
# at the very worst (`server.TIMEOUT_SECONDS` a command, `transport.ANSWER_SECONDS` for the answer to the message).
CLAIM = timedelta(minutes=30)
# After a refusal that may pass (4xx, no server), try again after so long; at the end say that it failed.
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8), timedelta(hours=24))
# So many refused in a row are no matter of ten people: the server is full, or has a quarrel with us.
REFUSED_IN_A_ROW = 10


@dataclass
class Delivered:
    """What one run of the sender did, by count, the first refusals, and why it gave up early if it did (``stopped``)."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    unsure: int = 0
    stopped: str = ""
    reasons: list[str] = field(default_factory=list)


def put(*, log: Log, subject: uuid.UUID, seal_key: str, recipient: str, raw: bytes, message_id: str, due_at: datetime):
    """Return a new unsaved row of the outbox with ``recipient`` and ``raw`` sealed under ``seal_key``.

    The caller saves it (many at once by ``bulk_create``) in the transaction of the decision.
    """
    row = OutgoingMail(
        organisation_id=log.organisation_id,
        log=log,
        subject=subject,
        message_id=message_id,
        seal_key=seal_key,
        due_at=due_at,
    )
    row.recipient = seal.seal(seal_key, _aad(row, "recipient"), recipient)
    row.raw = seal.seal(seal_key, _aad(row, "raw"), raw)
    return row


def recipient_of(row: OutgoingMail) -> str:
    """Return the address a row goes to."""
    return seal.open_(row.seal_key, _aad(row, "recipient"), bytes(row.recipient)).decode()


def raw_of(row: OutgoingMail) -> bytes:
    """Return the message of a row as it goes out."""
    return seal.open_(row.seal_key, _aad(row, "raw"), bytes(row.raw))


def deliver(connection: SmtpConnection, *, sender: str, now, limit: int = 1000) -> Delivered:
    """Send what is due, at most ``limit`` messages; ``now`` is a callable that returns the aware instant.

    ``sender`` is the envelope's address (bounces go there). Gives up early when the server sends everything away or
    cannot be reached again; what was not tried stays queued.
    """
    done, refused = Delivered(), 0
    row = _turn(None, None, now())
    while row is not None:
        outcome = _hand_over(connection, sender, row)
        setattr(done, outcome.state, getattr(done, outcome.state) + 1)
        limit -= 1
        refused = 0 if outcome.state == "sent" else refused + 1
        if connection.gone or refused >= REFUSED_IN_A_ROW:
            done.stopped = outcome.answer
        stop = limit <= 0 or done.stopped
        if outcome.state != "sent" and len(done.reasons) < 5:
            done.reasons.append(outcome.answer)
        row = _turn(row, outcome, now(), claim=not stop)
    return done


def mark_unsure(*, now: datetime) -> int:
    """Make every row whose worker died while sending *unsure*; return how many."""
    return OutgoingMail.objects.filter(state=State.SENDING, claimed_at__lte=now - CLAIM).update(
        state=State.UNSURE, ended_at=now, answer="the program stopped between handing over and the answer"
    )


def next_due() -> datetime | None:
    """Return when there is something to do: the next mail is due, or a claim runs out. None when all have ended."""
    queued = OutgoingMail.objects.filter(state=State.QUEUED).order_by("due_at").values_list("due_at", flat=True)
    claimed = OutgoingMail.objects.filter(state=State.SENDING).order_by("claimed_at")
    ends = [at + CLAIM for at in claimed.values_list("claimed_at", flat=True)[:1]]
    return min([*queued[:1], *ends], default=None)


def _hand_over(connection: SmtpConnection, sender: str, row: OutgoingMail) -> Outcome:
    try:
        recipient, raw = recipient_of(row), raw_of(row)
    except Problem as problem:  # its key was destroyed, or the row altered: there is nothing left to send
        return Outcome("failed", problem.say("en"))
    return connection.send(sender=sender, recipient=recipient, raw=raw)


@transaction.atomic
def _turn(
    row: OutgoingMail | None, outcome: Outcome | None, now: datetime, *, claim: bool = True
) -> OutgoingMail | None:
    """Write the end of ``row`` and claim the next, which is returned, in one transaction: one commit a message."""
    if row is not None and outcome is not None:
        _end(row, outcome, now)
    while claim:
        next_row = OutgoingMail.objects.filter(state=State.QUEUED, due_at__lte=now).order_by("due_at", "id").first()
        if next_row is None:
            break
        won = OutgoingMail.objects.filter(id=next_row.id, state=State.QUEUED).update(
            state=State.SENDING, claimed_at=now, attempts=next_row.attempts + 1
        )
        if won:
            next_row.attempts, next_row.claimed_at = next_row.attempts + 1, now
            return next_row
    return None


def _end(row: OutgoingMail, outcome: Outcome, now: datetime) -> None:
    fields: dict[str, object] = {"answer": outcome.answer[:300]}
    if outcome.state == "later" and row.attempts <= len(WAITS):
        fields |= {"state": State.QUEUED, "due_at": now + WAITS[row.attempts - 1], "claimed_at": None}
    else:
        fields |= {"state": State.FAILED if outcome.state == "later" else outcome.state, "ended_at": now}
    # Only the worker whose claim still stands ends the row; one that was found *unsure* meanwhile stays so.
    OutgoingMail.objects.filter(id=row.id, state=State.SENDING, claimed_at=row.claimed_at).update(**fields)


def _aad(row: OutgoingMail, name: str) -> str:
    return seal.place("mail_outgoingmail", row.id, name)
