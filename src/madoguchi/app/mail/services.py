"""The only writers about mail in the record: what became of it, and what a person decided about an unsure one."""

from collections import Counter

from django.utils import timezone

from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import System
from madoguchi.app.due.services import plan
from madoguchi.app.log.models import Log
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.app.service import Done, service
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
