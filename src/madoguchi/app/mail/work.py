"""The due-time work of the mail: send what is due, and enter in the record what became of it."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from madoguchi.app.accounts.permission import System
from madoguchi.app.due.models import DueWork
from madoguchi.app.due.worker import handles
from madoguchi.app.mail import outbox
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.services import record_deliveries
from madoguchi.app.mail.transport import SmtpConnection

DELIVER = "mail:deliver"
AT_ONCE = 500


@handles(DELIVER)
def deliver(row: DueWork, now: datetime) -> datetime | None:
    """Send up to 500 due mails; due again when the next mail is, done when the outbox is empty."""
    outbox.mark_unsure(now=now)
    if OutgoingMail.objects.filter(state=State.QUEUED, due_at__lte=now).exists():
        with SmtpConnection(settings.HOME.mail) as connection:
            outbox.deliver(connection, sender=settings.HOME.mail.sender, now=timezone.now, limit=AT_ONCE)
    record_all()
    waiting = OutgoingMail.objects.filter(state=State.QUEUED).order_by("due_at").first()
    return waiting.due_at if waiting else None


def record_all() -> None:
    """Enter every end that stands in no record yet, a batch a log."""
    while waiting := OutgoingMail.objects.filter(recorded=False, ended_at__isnull=False).first():
        record_deliveries(log=waiting.log, by=System("mail"))
