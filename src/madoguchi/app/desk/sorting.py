"""What a mail to the company is: one of ours that came back, a code returned, an inquiry, or nothing for the desk."""

import re
from contextlib import suppress

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import System
from madoguchi.app.desk.automatic import by_a_program
from madoguchi.app.desk.models import Means, Proof, State
from madoguchi.app.desk.services.inquiries import AlreadyTaken, receive, return_code
from madoguchi.app.mail import bounce, incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.mail.services import record_bounce
from madoguchi.intake import mail as mails
from madoguchi.reading.reply.own import own_words
from madoguchi.text.fold import fold

SORTER = System("sorting")
# Eight digits, however they are set apart; no part of a longer number (a phone's).
_CODE = re.compile(r"(?<!\d)(?<!\d[ -])\d{4}[ -]?\d{4}(?![ -]?\d)")
# `own_words` takes a mail that begins with a quotation for one passed on, and all of it for its sender's own. Behind a
# line of ours it begins with none: our own mail, code included, stands in the quotation.
_BEFORE = "・" * 20 + "\n"
MOST_THREAD = 50


def sort(mail: IncomingMail) -> None:
    """Enter a bounce; hold a returned code against the one sent; receive everything else that a human wrote.

    Sorting a mail again changes nothing.
    """
    raw = incoming.raw_of(mail)
    returned = bounce.read(raw)
    if returned is not None:
        ours = incoming.ours(mail.organisation, returned.message_ids)
        if ours is not None and not ours.bounces.filter(told_by=mail).exists():
            record_bounce(mail=ours, by=SORTER, told_by=mail, returned=returned)
        return
    # Asked first: a program that answers our code by itself, code and all, is not the person who reads it there.
    if by_a_program(raw, ours=_domains(mail.organisation)):
        return
    read = mails.read(raw)
    proof = _code_sent(mail, tuple(filter(None, (read.in_reply_to, *read.references)))[:MOST_THREAD])
    code = _code_in(read.text) if proof else None
    with suppress(AlreadyTaken):
        if proof and code:
            return_code(inquiry=proof.inquiry, by=SORTER, code=code.group(), mail=mail)
        else:
            receive(mail=mail, by=SORTER)


def _code_in(text: str) -> re.Match[str] | None:
    """Return the code in a reply's own words; what it quotes (with wide marks too) does not count."""
    return _CODE.search(fold(own_words(_BEFORE + text.replace("＞", ">")).text))


def _domains(organisation: Organisation) -> set[str]:
    return {organisation.domain, organisation.desk_email.rpartition("@")[2].lower()} - {""}


def _code_sent(mail: IncomingMail, message_ids: tuple[str, ...]) -> Proof | None:
    """Return the code that a mail of ours carried which this one replies to, or None."""
    ours = incoming.ours(mail.organisation, message_ids)
    if ours is None:
        return None
    return Proof.objects.filter(id=ours.subject, means=Means.CODE_SENT).exclude(inquiry__state=State.CLOSED).first()
