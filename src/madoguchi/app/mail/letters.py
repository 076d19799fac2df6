"""A letter as a row of the outbox: built once, sealed, from this home's own address."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from madoguchi.app.days import JAPAN
from madoguchi.app.log.models import Log
from madoguchi.app.mail import outbox
from madoguchi.app.mail.message import Attachment, build, new_message_id
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.letters import render
from madoguchi.letters.letter import Letter
from madoguchi.problem import Problem


def must_have_a_server(*, else_ja: str, else_en: str) -> None:
    """Refuse where this home has no mail server; ``else_ja`` and ``else_en`` say what can be done without one."""
    if not (settings.HOME.mail.host and settings.HOME.mail.sender):
        raise Problem(
            ja=f"メールサーバーが設定されていません。home.toml の [mail] に host と sender を書くか、{else_ja}",
            en=f"no mail server is set up; write host and sender under [mail] in home.toml, or {else_en}",
            file="home.toml",
            place="[mail]",
        )


def outgoing(
    paper: Letter,
    *,
    text: str,
    to: str,
    sender_name: str,
    log: Log,
    subject: UUID,
    seal_key: str,
    now: datetime,
    attachments: Sequence[Attachment] = (),
    in_reply_to: str | None = None,
    automatic: bool = True,
) -> tuple[OutgoingMail, bytes]:
    """Return the unsaved row of a letter to the address ``to``, due ``now``, and the mail itself.

    ``text`` is ``paper`` as `render.text` has it: most callers have made it already, for a digest. ``subject``, ``log`` and ``seal_key`` as `OutgoingMail` has them; the rest as `message.build` has it. `Problem` where
    ``to`` is no address that mail can be sent to.
    """
    sender = settings.HOME.mail.sender
    message_id = new_message_id(sender)
    raw = build(
        sender=sender,
        sender_name=sender_name,
        recipient=to,
        subject=paper.subject,
        text=text,
        html=render.html(paper),
        message_id=message_id,
        at=now.astimezone(JAPAN),
        attachments=attachments,
        in_reply_to=in_reply_to,
        automatic=automatic,
    )
    row = outbox.put(
        log=log, subject=subject, seal_key=seal_key, recipient=to, raw=raw, message_id=message_id, due_at=now
    )
    return row, raw
