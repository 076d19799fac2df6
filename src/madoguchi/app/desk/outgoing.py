"""A mail of the desk: put into the outbox, sealed under its inquiry, in the thread of what it answers."""

from uuid import UUID

from django.utils import timezone

from madoguchi.app.desk.models import Inquiry
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.due.services import plan
from madoguchi.app.mail.letters import must_have_a_server, outgoing
from madoguchi.app.mail.message import Attachment
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.letters import render
from madoguchi.letters.letter import Letter


def queue(
    inquiry: Inquiry, *, to: str, paper: Letter, subject: UUID, attachments: tuple[Attachment, ...] = ()
) -> OutgoingMail:
    """Put ``paper`` to the address ``to`` into the outbox and return its row; ``subject`` is the id of what it is.

    `Problem` when this home has no mail server.
    """
    must_have_a_server(else_ja="回答を印刷してお送りください。", else_en="print the answer and post it")
    now = timezone.now()
    row, _ = outgoing(
        paper,
        text=render.text(paper),
        to=to,
        sender_name=inquiry.organisation.name,
        log=inquiry.record_log(),
        subject=subject,
        seal_key=inquiry.seal_key,
        now=now,
        attachments=attachments,
        in_reply_to=arrival_of(inquiry).message_id,
    )
    row.save(force_insert=True)
    plan(organisation=inquiry.organisation, kind=DELIVER, subject=inquiry.organisation_id, due_at=now)
    return row
