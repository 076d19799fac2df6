"""Where a mail to a person belongs: to a letter of ours that came back, to a case whose thread it is in, or to the holding place."""

from madoguchi.app.accounts.permission import System
from madoguchi.app.mail import bounce, incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.mail.services import record_bounce
from madoguchi.app.person.models import Message, Role
from madoguchi.app.person.queries import holding_place
from madoguchi.app.person.services.messages import file_mail
from madoguchi.intake import mail as mails

SORTER = System("sorting")
# A thread has some dozens of mails; the last ones are enough to know it.
NAMED_AT_MOST = 50


def sort(mail: IncomingMail) -> None:
    """Enter a bounce of ours; file it, and a mail that answers a letter of ours, in its case as *other*; leave all else.

    Whoever knows the thread can write into it: that a mail is in the case says nothing of who sent it. What it is, and
    whether it is from the company, is found out by `check_message` and said by the person. May be called again.
    """
    if not holding_place(mail.organisation).filter(id=mail.id).exists():
        return
    raw = incoming.raw_of(mail)
    returned = bounce.read(raw)
    if returned is not None:
        ours = incoming.ours(mail.organisation, returned.message_ids)
        if ours is not None and not ours.bounces.filter(told_by=mail).exists():
            record_bounce(mail=ours, by=SORTER, told_by=mail, returned=returned)
        asked = Message.objects.filter(sent=ours).first() if ours else None
    else:
        asked = _answered(mail, mails.read(raw))
    if asked is not None and asked.case.closed_at is None:
        file_mail(case=asked.case, by=SORTER, mail=mail, role=Role.OTHER, answers=asked)


def _answered(mail: IncomingMail, read: mails.Mail) -> Message | None:
    """Return the message of ours that a mail answers: the nearest in its thread."""
    named = [name for name in (read.in_reply_to, *reversed(read.references)) if name][:NAMED_AT_MOST]
    found = Message.objects.filter(organisation=mail.organisation, sent__message_id__in=named).select_related("sent")
    return min(found, key=lambda message: named.index(message.sent.message_id), default=None)
