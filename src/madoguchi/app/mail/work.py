"""The due-time work of the mail: send what is due, and enter in the record what became of it."""

import logging
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from madoguchi.app.accounts.permission import System
from madoguchi.app.due.models import DueWork
from madoguchi.app.due.worker import handles
from madoguchi.app.mail import outbox
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.app.mail.services import NothingToRecord, record_deliveries
from madoguchi.app.mail.transport import SmtpConnection
from madoguchi.problem import Problem

AT_ONCE = 500

log = logging.getLogger(__name__)


@handles(DELIVER)
def deliver(row: DueWork, now: datetime) -> datetime | None:  # noqa: ARG001 - the form of a handler; it sends for all
    """Send up to 500 due mails; due again when the next mail is, or a claim runs out; done when all have ended.

    Where the server cannot be used, or refuses everything, one line is logged and the rest is tried in five minutes.
    """
    outbox.mark_unsure(now=now)
    trouble = _send() if OutgoingMail.objects.filter(state=State.QUEUED, due_at__lte=now).exists() else ""
    record_all()
    again = outbox.next_due()
    if trouble and again:
        log.warning("mail is waiting: %s", trouble)
        return max(again, now + outbox.WAITS[0])
    return again


def record_all() -> None:
    """Enter every end that stands in no record yet, a batch a log."""
    while waiting := OutgoingMail.objects.filter(recorded=False, ended_at__isnull=False).first():
        with suppress(NothingToRecord):  # another worker has just entered them
            record_deliveries(log=waiting.log, by=System("mail"))


def _send() -> str:
    """Send what is due and return what is wrong with the server; empty when nothing is."""
    home = settings.HOME
    try:
        with SmtpConnection(home.mail, home.mail_password()) as connection:
            done = outbox.deliver(connection, sender=home.mail.sender, now=timezone.now, limit=AT_ONCE)
    except Problem as problem:
        return problem.say("en")
    return done.stopped
