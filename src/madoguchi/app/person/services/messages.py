"""What was said and written is kept as it came: mails from the holding place, memos of calls, letters, messages typed in."""

from datetime import datetime

from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.mail import incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.person.models import Case, Channel, Message, Role
from madoguchi.app.person.sealing import fill
from madoguchi.app.person.services.cases import must_be_open
from madoguchi.app.service import Done, service
from madoguchi.intake import mail as mails
from madoguchi.problem import Problem

MAIL_FILE = "mail.eml"
# What a person types of a letter or a call.
MEMO_LETTERS = 200_000


@service(kind="person:mail:filed", action="case.change", on="case")
def file_mail(*, case: Case, by: Actor, mail: IncomingMail, role: str, answers: Message | None = None) -> Done:
    """File a mail from the holding place in a case, as what it is there (``role``); return its message.

    The mail as it came goes with the entry. ``answers`` is the message of ours that it replies to. `Problem` when it is
    filed already.
    """
    must_be_open(case)
    if mail.organisation_id != case.organisation_id or Message.objects.filter(mail=mail).exists():
        raise Problem(ja="このメールは、すでに相談に入っています。", en="this mail is in a case already")
    raw = incoming.raw_of(mail)
    read = mails.read(raw)
    now = timezone.now()
    row = Message(
        case=case,
        # A stranger's Date may lie in the future; when it was taken in is ours to know.
        at=min(read.date, now) if read.date else mail.taken_at,
        kept_at=now,
        incoming=True,
        channel=Channel.EMAIL,
        role=_role(role),
        mail=mail,
        answers=answers,
    )
    told = {
        "text": read.text[:MEMO_LETTERS],
        "subject": read.subject,
        "counterpart": read.sender.address if read.sender else "",
    }
    fill(row, told).save(force_insert=True)
    payload = {"message": str(row.id), "role": role, "sha256": mail.sha256, "at": row.at.isoformat()}
    return Done(row, payload | _ties(answers), files={MAIL_FILE: raw})


@service(kind="person:memo:kept", action="case.change", on="case")
def keep_memo(
    *,
    case: Case,
    by: Actor,
    channel: str,
    incoming: bool,
    at: datetime,
    text: str,
    counterpart: str = "",
    subject: str = "",
    role: str = "other",
    answers: Message | None = None,
) -> Done:
    """Keep what was said on the phone, written in a letter, an SMS, a form; ``at`` is when, ``counterpart`` with whom.

    ``text`` is the message as typed or copied, or the person's memo of a call; return the message. `Problem` for an
    empty or endless text, a way or role that does not exist, a time to come.
    """
    must_be_open(case)
    if channel not in Channel.values or channel == Channel.EMAIL:
        raise Problem(
            ja="手段は form、phone、post、sms、line、web、talk のどれかです。メールはファイルで取り込んでください。",
            en="the channel is one of form, phone, post, sms, line, web, talk; take mail in as a file",
            place="channel",
        )
    if not text.strip() or len(text) > MEMO_LETTERS:
        raise Problem(
            ja=f"内容が空か、長すぎます（{MEMO_LETTERS:,}文字まで）。話したことや届いた文面を記入してください。",
            en=f"the text is empty or too long (at most {MEMO_LETTERS:,} characters); enter what was said or written",
            place="text",
        )
    now = timezone.now()
    if at > now:
        raise Problem(ja="日時が先の日付です。確かめてください。", en="the time is still to come; check it", place="at")
    row = Message(case=case, at=at, kept_at=now, incoming=incoming, channel=channel, role=_role(role), answers=answers)
    told = {"text": text, "subject": subject.strip(), "counterpart": counterpart.strip()}
    fill(row, told).save(force_insert=True)
    payload = {
        "message": str(row.id),
        "channel": channel,
        "incoming": incoming,
        "role": role,
        "at": at.isoformat(),
        "counterpart": counterpart.strip(),
    }
    return Done(row, payload | _ties(answers), files={"memo.txt": text.encode()})


@service(kind="person:message:named", action="case.change", on="message")
def name_message(*, message: Message, by: Actor, role: str, answers: Message | None = None) -> Done:
    """Say what a message is in the case (``role``), and what it replies to; return it. The entry keeps what it was."""
    must_be_open(message.case)
    was = message.role
    if answers and answers.case_id != message.case_id:
        raise Problem(ja="別の相談の連絡です。", en="that message belongs to another case", place="answers")
    message.role, message.answers = _role(role), answers or message.answers
    message.save(update_fields=["role", "answers"])
    return Done(message, {"message": str(message.id), "from": was, "to": role} | _ties(answers))


@service(kind="person:mail:discarded", action="case.change", on="mail")
def discard_mail(*, mail: IncomingMail, by: Actor) -> Done:
    """Throw a mail of the holding place away: its key is destroyed. `Problem` when it belongs to a case."""
    if Message.objects.filter(mail=mail).exists():
        raise Problem(
            ja="このメールは相談の記録の一部です。捨てることはできません。",
            en="this mail is part of a case; it cannot be thrown away",
        )
    vault.store().destroy(mail.seal_key)
    return Done(None, {"mail": str(mail.id), "sha256": mail.sha256}, about=mail.organisation)


def _role(role: str) -> str:
    if role not in Role.values:
        raise Problem(
            ja=f"種類は {'、'.join(Role.values)} のどれかです。", en=f"one of {', '.join(Role.values)}", place="role"
        )
    return role


def _ties(answers: Message | None) -> dict[str, str]:
    return {"answers": str(answers.id)} if answers else {}
