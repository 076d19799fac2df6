"""The writers of due-time work. They leave no entry: what a handler does is a service, and that one does."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.due.models import DueWork
from madoguchi.app.service import silent

# A claim older than this belongs to a worker that died.
LEASE = timedelta(minutes=15)
# An error pushes the row so far on, so that one bad row never stops the rest.
PUSH = timedelta(hours=1)

BOOK_KEEPING = "which worker does what when is no fact of an incident"


@silent(BOOK_KEEPING)
def plan(*, organisation: Organisation, kind: str, subject: UUID | str, due_at: datetime) -> None:
    """Have ``kind`` done about ``subject`` at ``due_at`` (UTC). Planned already: its time is moved.

    A worker that is at it just then finishes, and the new time stands.
    """
    DueWork.objects.update_or_create(
        kind=kind,
        subject=str(subject),
        defaults={
            "organisation": organisation,
            "due_at": due_at,
            "claimed_until": None,
            "attempts": 0,
            "last_error": "",
        },
    )


@silent(BOOK_KEEPING)
def cancel(*, kind: str, subject: UUID | str) -> bool:
    """Take planned work off the list; return whether there was any."""
    return bool(DueWork.objects.filter(kind=kind, subject=str(subject)).delete()[0])


@silent(BOOK_KEEPING)
def claim(*, now: datetime) -> DueWork | None:
    """Return the longest due row, which now is ours until ``claimed_until``; None when nothing is due.

    The row count of a conditional UPDATE says who won; whoever lost looks for the next.
    """
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    while row := DueWork.objects.filter(free, due_at__lte=now).order_by("due_at", "id").first():
        mine = now + LEASE
        seen = DueWork.objects.filter(free, id=row.id, due_at=row.due_at, attempts=row.attempts)
        if seen.update(claimed_until=mine, attempts=F("attempts") + 1):
            row.claimed_until, row.attempts = mine, row.attempts + 1
            return row
    return None


@silent(BOOK_KEEPING)
def finish(*, row: DueWork, again_at: datetime | None = None) -> bool:
    """End our claim: the row is done, or due again at ``again_at``. False when it was planned anew or claimed meanwhile."""
    if again_at is None:
        return bool(_ours(row).delete()[0])
    return bool(_ours(row).update(due_at=again_at, claimed_until=None, attempts=0, last_error=""))


@silent(BOOK_KEEPING)
def push(*, row: DueWork, now: datetime, error: str) -> bool:
    """End our claim after an error: the row is due again in an hour, and keeps what went wrong (200 characters)."""
    return bool(_ours(row).update(due_at=now + PUSH, claimed_until=None, last_error=error[:200]))


def _ours(row: DueWork):
    return DueWork.objects.filter(id=row.id, claimed_until=row.claimed_until, attempts=row.attempts)
