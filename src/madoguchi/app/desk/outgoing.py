"""A mail of the desk: put into the outbox, sealed under its inquiry, in the thread of what it answers."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone

from madoguchi.app.days import JAPAN
from madoguchi.app.desk.models import Inquiry
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.due.services import plan
from madoguchi.app.mail import outbox
from madoguchi.app.mail.message import Attachment, build, new_message_id
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.letters import render
from madoguchi.letters.letter import Letter
from madoguchi.problem import Problem


def queue(
    inquiry: Inquiry, *, to: str, paper: Letter, subject: UUID, attachments: tuple[Attachment, ...] = ()
) -> OutgoingMail:
    """Put ``paper`` to the address ``to`` into the outbox and return its row; ``subject`` is the id of what it is.

    `Problem` when this home has no mail server.
    """
    home, now = settings.HOME, timezone.now()
    if not (home.mail.host and home.mail.sender):
        raise Problem(
            ja="メールサーバーが設定されていません。home.toml の [mail] に host と sender を書くか、回答を印刷してお送りください。",
            en="no mail server is set up; write host and sender under [mail] in home.toml, or print the answer and post it",
            file="home.toml",
            place="[mail]",
        )
    message_id = new_message_id(home.mail.sender)
    raw = build(
        sender=home.mail.sender,
        sender_name=inquiry.organisation.name,
        recipient=to,
        subject=paper.subject,
        text=render.text(paper),
        html=render.html(paper),
        message_id=message_id,
        at=now.astimezone(JAPAN),
        attachments=attachments,
        in_reply_to=arrival_of(inquiry).message_id,
    )
    row = outbox.put(
        log=inquiry.record_log(),
        subject=subject,
        seal_key=inquiry.seal_key,
        recipient=to,
        raw=raw,
        message_id=message_id,
        due_at=now,
    )
    row.save(force_insert=True)
    plan(organisation=inquiry.organisation, kind=outbox.DELIVER, subject=inquiry.organisation_id, due_at=now)
    return row
