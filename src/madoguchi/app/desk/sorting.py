"""What a mail to the company is: one of ours that came back, a code returned, an inquiry, or nothing for the desk."""

import re

from madoguchi.app.accounts.permission import System
from madoguchi.app.desk.models import Means, Proof, State
from madoguchi.app.desk.services.inquiries import receive, return_code
from madoguchi.app.mail import bounce, incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.mail.services import record_bounce
from madoguchi.intake import mail as mails
from madoguchi.text.fold import fold

SORTER = System("sorting")
_CODE = re.compile(r"(?<!\d)\d{8}(?!\d)")
# RFC 3834, and what programs wrote before it: they answer by themselves, and nobody waits for an answer of ours.
_AUTOMATIC = re.compile(
    rb"^(auto-submitted:(?!\s*no\b)|x-auto-response-suppress:|precedence:\s*(bulk|list|junk))",
    re.IGNORECASE | re.MULTILINE,
)


def sort(mail: IncomingMail) -> None:
    """Enter a bounce; hold a returned code against the one sent; receive everything else that a human wrote."""
    raw = incoming.raw_of(mail)
    returned = bounce.read(raw)
    if returned is not None:
        ours = incoming.ours(mail.organisation, returned.message_ids)
        if ours is not None and not ours.bounces.filter(told_by=mail).exists():
            record_bounce(mail=ours, by=SORTER, told_by=mail, returned=returned)
        return
    read = mails.read(raw)
    if proof := _code_sent(mail, tuple(filter(None, (read.in_reply_to, *read.references)))):
        if code := _CODE.search(fold(_own_words(read.text))):
            return_code(inquiry=proof.inquiry, by=SORTER, code=code.group())
        return
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    if not _AUTOMATIC.search(head) and not hasattr(mail, "inquiry"):
        receive(organisation=mail.organisation, by=SORTER, mail=mail)


def _own_words(text: str) -> str:
    """Return a reply without what it quotes: our own mail, code included, stands there too."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith((">", "＞")))


def _code_sent(mail: IncomingMail, message_ids: tuple[str, ...]) -> Proof | None:
    """Return the code that a mail of ours carried which this one replies to, or None."""
    ours = incoming.ours(mail.organisation, message_ids)
    if ours is None:
        return None
    return Proof.objects.filter(id=ours.subject, means=Means.CODE_SENT).exclude(inquiry__state=State.CLOSED).first()
