"""The only writers about mail in the record: what became of ours, what a person decided, and what came in."""

from collections import Counter

from django.utils import timezone

from madoguchi.app.accounts.models import Member, Organisation
from madoguchi.app.accounts.permission import Actor, System
from madoguchi.app.due.services import plan
from madoguchi.app.log.models import Log
from madoguchi.app.mail import incoming
from madoguchi.app.mail.bounce import Returned
from madoguchi.app.mail.models import Bounce, InboxPlace, IncomingMail, OutgoingMail, Source, State
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.app.service import Done, service, silent
from madoguchi.problem import Problem

BATCH = 1000


class NothingToRecord(Problem):
    """Every end of the log's mails stands in the record already."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            ja="配達の結果は、すべて記録に入っています。何も加えていません。",
            en="every delivery stands in the record already; nothing was added",
        )


@service(kind="mail:deliveries:recorded", action="paper.send", on="log")
def record_deliveries(*, log: Log, by: System) -> Done:
    """Enter the ends of up to 1,000 mails of ``log`` that stand in no record yet; each is a part of the batch.

    `NothingToRecord` when there are none.
    """
    waiting = OutgoingMail.objects.filter(log=log, recorded=False, ended_at__isnull=False).order_by("ended_at", "id")
    # Locked: of two workers that come at once, the second waits and then finds these entered.
    rows = list(waiting.select_for_update()[:BATCH])
    if not rows:
        raise NothingToRecord
    OutgoingMail.objects.filter(id__in=[row.id for row in rows]).update(recorded=True)
    counts = Counter(row.state for row in rows)
    parts = [
        {
            "subject": str(row.subject),
            "message_id": row.message_id,
            "state": row.state,
            "at": row.ended_at.isoformat(),
            "answer": row.answer,
        }
        for row in rows
    ]
    return Done(len(rows), {"mails": len(rows), **dict(sorted(counts.items()))}, parts=parts)


@service(kind="mail:unsure:settled", action="paper.send", on="mail")
def settle_unsure(*, mail: OutgoingMail, by: Member, was_sent: bool, reason: str) -> Done:
    """Decide about an *unsure* mail: it was sent (the server's log says so), or it is to be sent again.

    ``reason`` says what the decision rests on. `Problem` when the mail is not unsure.
    """
    now = timezone.now()
    state = (
        {"state": State.SENT, "ended_at": now} if was_sent else {"state": State.QUEUED, "due_at": now, "ended_at": None}
    )
    if not OutgoingMail.objects.filter(id=mail.id, state=State.UNSURE).update(**state, recorded=was_sent):
        raise Problem(
            ja="このメールは「不明」ではありません。何も変えていません。",
            en="this mail is not unsure; nothing was changed",
            place=str(mail.id),
        )
    if not was_sent:
        plan(organisation=mail.organisation, kind=DELIVER, subject=mail.organisation_id, due_at=now)
    mail.refresh_from_db()
    return Done(mail, {"mail": str(mail.id), "message_id": mail.message_id, "was_sent": was_sent, "reason": reason})


@service(kind="mail:incoming:taken", action="mail.take", on="organisation")
def take_in(*, organisation: Organisation, by: Actor, raw: bytes, source: str) -> Done:
    """Keep a mail to us exactly as it came (``raw``), and plan to have it sorted; return its row.

    `incoming.AlreadyHere` for bytes that were kept before, `Problem` for an empty or too large one.
    """
    now = timezone.now()
    row = incoming.new(organisation=organisation, raw=raw, source=Source(source), now=now)
    row.save(force_insert=True)
    plan(organisation=organisation, kind=incoming.SORT, subject=row.id, due_at=now)
    payload = {"mail": str(row.id), "source": row.source, "sha256": row.sha256, "size": row.size}
    return Done(row, payload)


@service(kind="mail:bounce:recorded", action="mail.take", on="mail")
def record_bounce(*, mail: OutgoingMail, by: Actor, told_by: IncomingMail, returned: Returned) -> Done:
    """Enter that one of our mails came back, as the report in ``told_by`` says; return the `Bounce`.

    The mail stays *sent*: the first server took it. `Problem` when this report was entered before.
    """
    bounce, new = Bounce.objects.get_or_create(
        mail=mail,
        told_by=told_by,
        defaults={
            "at": timezone.now(),
            "permanent": returned.permanent,
            "status": returned.status,
            "why": returned.why,
        },
    )
    if not new:
        raise Problem(
            ja="この不達の連絡は、すでに記録に入っています。何も加えていません。",
            en="this report of a returned mail stands in the record already; nothing was added",
        )
    payload = {
        "subject": str(mail.subject),
        "message_id": mail.message_id,
        "permanent": returned.permanent,
        "status": returned.status,
        "answer": returned.why,
        "report_sha256": told_by.sha256,
    }
    return Done(bounce, payload)


@silent("how far a mailbox was read is no fact of an incident or a case")
def remember_place(*, organisation: Organisation, mailbox: str, validity: int, uid: int) -> None:
    """Remember that ``mailbox`` was read up to ``uid`` under ``validity``."""
    InboxPlace.objects.update_or_create(
        organisation=organisation, mailbox=mailbox[:300], defaults={"validity": validity, "uid": uid}
    )
