"""The worker: does what is due, one row at a time, and stops cleanly. Any number may run."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from madoguchi.app.due import services
from madoguchi.app.due.models import DueWork

# A handler does the work of a row. It may be called again after a crash, so it must bear that; it returns the time at
# which the row is due again, or None when it is done.
Handler = Callable[[DueWork, datetime], datetime | None]
HANDLERS: dict[str, Handler] = {}

PAUSE_SECONDS = 1.0
PAUSE_AFTER_ERROR_SECONDS = 5.0

log = logging.getLogger(__name__)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Make a function the handler of ``kind``; it stands in its app's ``work.py``."""

    def decorate(handler: Handler) -> Handler:
        if HANDLERS.setdefault(kind, handler) is not handler:
            raise TypeError(f"{kind} has two handlers")
        return handler

    return decorate


def run_due(*, now: datetime, limit: int = 100, stop: Event | None = None) -> int:
    """Do at most ``limit`` rows that are due at ``now`` (UTC) and return how many were taken up, bad ones included."""
    done = 0
    while done < limit and not (stop and stop.is_set()):
        row = services.claim(now=now)
        if row is None:
            break
        done += 1
        try:
            again_at = HANDLERS[row.kind](row, now)
        except Exception as error:
            if isinstance(error, DatabaseError | InterfaceError) and not connection.is_usable():
                raise  # the database itself is gone; the claim runs out by itself
            log.exception("due work %s %s failed", row.kind, row.subject)
            # The kind of error alone: its sentence may quote somebody's data.
            services.push(row=row, now=now, error=type(error).__name__)
        else:
            services.finish(row=row, again_at=again_at)
    return done


def work(*, stop: Event, pause: float = PAUSE_SECONDS) -> None:
    """Do what is due until ``stop`` is set; the row at hand is finished first."""
    while not stop.is_set():
        try:
            # One row a turn, so that each claim runs from its own start.
            wait = 0.0 if run_due(now=timezone.now(), limit=1) else pause
        except (DatabaseError, InterfaceError):
            log.exception("the database does not answer; trying again")
            wait = PAUSE_AFTER_ERROR_SECONDS
        close_old_connections()
        if wait:
            stop.wait(wait)
