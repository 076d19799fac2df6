"""The queued mails, opened."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest


@pytest.fixture
def queued() -> Callable[..., dict[str, EmailMessage]]:
    """Return a function that returns the mails in the outbox by the id on the list of whom they are about."""
    from madoguchi.app.company.services.scans import contact_of
    from madoguchi.app.mail import outbox
    from madoguchi.app.mail.models import OutgoingMail
    from madoguchi.app.notices.models import Notice

    def read() -> dict[str, EmailMessage]:
        found = {}
        for row in OutgoingMail.objects.all():
            person = Notice.objects.get(id=row.subject).person
            message = message_from_bytes(outbox.raw_of(row), policy=SMTP)
            assert str(message["To"]) == outbox.recipient_of(row)
            found[contact_of(person).id] = message
        return found

    return read
