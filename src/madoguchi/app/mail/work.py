"""The due-time work of the mail: send what is due, enter what became of it, read the inbox, have each mail sorted."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import System
from madoguchi.app.due.models import DueWork
from madoguchi.app.due.services import plan
from madoguchi.app.due.worker import handles
from madoguchi.app.mail import outbox
from madoguchi.app.mail.imap import Mailbox
from madoguchi.app.mail.incoming import SORT, AlreadyHere
from madoguchi.app.mail.models import InboxPlace, IncomingMail, OutgoingMail, State
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.app.mail.services import NothingToRecord, record_deliveries, remember_place, take_in
from madoguchi.app.mail.transport import SmtpConnection
from madoguchi.problem import Problem

AT_ONCE = 500
FETCH = "mail:fetch"
FETCH_EVERY = timedelta(minutes=5)
MAILS = System("mail")

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
            record_deliveries(log=waiting.log, by=MAILS)


def watch(now: datetime) -> None:
    """Have the home's inbox read from ``now`` on, where one is set up; its mail is that of the home's first organisation."""
    organisation = Organisation.objects.order_by("created_at").first()
    if settings.HOME.inbox.host and organisation is not None:
        plan(organisation=organisation, kind=FETCH, subject=organisation.id, due_at=now)


@handles(FETCH)
def fetch(row: DueWork, now: datetime) -> datetime | None:
    """Take in what is new in the inbox; due again in five minutes, or done where no inbox is set up (any more)."""
    if not settings.HOME.inbox.host:
        return None
    try:
        fetch_all(row.organisation)
    except Problem as problem:
        log.warning("the inbox was not read: %s", problem.say("en"))
    return now + FETCH_EVERY


def fetch_all(organisation: Organisation) -> int:
    """Take in every mail of the home's inbox that was not seen yet; return how many were new. `Problem` from `imap`.

    Killed in between, it goes on where it was: the same bytes are kept once.
    """
    home, taken = settings.HOME, 0
    with Mailbox(home.inbox, home.inbox_password()) as mailbox:
        place = InboxPlace.objects.filter(organisation=organisation, mailbox=mailbox.name[:300]).first()
        seen = place.uid if place and place.validity == mailbox.validity else 0
        for each in mailbox.after(seen):
            if each.raw is None:
                log.warning("mail %s of the inbox is too large and was left there", each.uid)
            else:
                with suppress(AlreadyHere):
                    take_in(organisation=organisation, by=MAILS, raw=each.raw, source="imap")
                    taken += 1
            remember_place(organisation=organisation, mailbox=mailbox.name, validity=mailbox.validity, uid=each.uid)
    return taken


@handles(SORT)
def sort(row: DueWork, now: datetime) -> datetime | None:  # noqa: ARG001 - the form of a handler
    """Have the mode's own sorter find out what a mail to us is about (settings.INCOMING_SORTER)."""
    mail = IncomingMail.objects.filter(id=row.subject).first()
    if mail is not None:
        import_string(settings.INCOMING_SORTER)(mail)
    return None


def _send() -> str:
    """Send what is due and return what is wrong with the server; empty when nothing is."""
    home = settings.HOME
    try:
        with SmtpConnection(home.mail, home.mail_password()) as connection:
            done = outbox.deliver(connection, sender=home.mail.sender, now=timezone.now, limit=AT_ONCE)
    except Problem as problem:
        return problem.say("en")
    return done.stopped
