"""What was said and written is kept as it came: mails from the holding place, memos of calls, letters, messages typed in."""

from datetime import datetime

from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.mail.incoming import raw_of
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.person.models import OURS, THEIRS, Case, Channel, Discarded, Message, Role
from madoguchi.app.person.queries import sent_out
from madoguchi.app.person.sealing import fill
from madoguchi.app.person.services.cases import must_be_open
from madoguchi.app.service import Done, service
from madoguchi.intake import mail as mails
from madoguchi.letters.clean import clean, one_line
from madoguchi.problem import Problem

MAIL_FILE, MEMO_FILE = "mail.eml", "memo.txt"
# What a person types of a letter or a call.
MEMO_LETTERS = 200_000


@service(kind="person:mail:filed", action="case.change", on="case")
def file_mail(*, case: Case, by: Actor, mail: IncomingMail, role: str, answers: Message | None = None) -> Done:
    """File a mail from the holding place in a case, as what it is there (``role``); return its message.

    The mail as it came goes with the entry. As an inquiry, a follow-up or a complaint it is one that the person sent
    from another program. ``answers`` is the message of ours that it replies to, for a reply by default the last one
    before it. `Problem` when it is filed already or was thrown away.
    """
    must_be_open(case)
    _must_be_waiting(mail)
    raw = raw_of(mail)
    read = mails.read(raw)
    row = Message(
        case=case,
        # A stranger's Date may lie in the future; when it was taken in is ours to know.
        at=min(read.date, mail.taken_at) if read.date else mail.taken_at,
        kept_at=timezone.now(),
        incoming=role not in OURS,
        channel=Channel.EMAIL,
        role=role,
        mail=mail,
    )
    _place_in_the_thread(row, answers)
    others = (read.sender,) if row.incoming else read.to
    told = {
        "text": read.text[:MEMO_LETTERS],
        "subject": read.subject,
        "counterpart": ", ".join(box.address for box in others if box)[:1000],
    }
    fill(row, told).save(force_insert=True)
    payload = {"message": str(row.id), "role": role, "sha256": mail.sha256, "at": row.at.isoformat()}
    return Done(row, payload | _ties(row), files={MAIL_FILE: raw})


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

    ``text`` is the message as typed or copied (so may a mail be, where no file of it can be had), or the person's memo
    of a call; ``answers`` as in `file_mail`. Return the message. `Problem` for an empty or endless text, a way or role
    that does not exist, a time to come.
    """
    must_be_open(case)
    if channel not in Channel.values:
        raise Problem(
            ja=f"手段は {'、'.join(Channel.values)} のどれかです。",
            en=f"the channel is one of {', '.join(Channel.values)}",
            place="channel",
        )
    text = clean(text)
    if not text.strip() or len(text) > MEMO_LETTERS:
        raise Problem(
            ja=f"内容が空か、長すぎます（{MEMO_LETTERS:,}文字まで）。話したことや届いた文面を記入してください。",
            en=f"the text is empty or too long (at most {MEMO_LETTERS:,} characters); enter what was said or written",
            place="text",
        )
    now = timezone.now()
    if at > now:
        raise Problem(ja="日時が先の日付です。確かめてください。", en="the time is still to come; check it", place="at")
    row = Message(case=case, at=at, kept_at=now, incoming=incoming, channel=channel, role=role)
    _place_in_the_thread(row, answers)
    told = {"text": text, "subject": one_line(subject), "counterpart": one_line(counterpart)}
    fill(row, told).save(force_insert=True)
    payload = {
        "message": str(row.id),
        "channel": channel,
        "incoming": incoming,
        "role": role,
        "at": at.isoformat(),
        "counterpart": told["counterpart"],
    }
    return Done(row, payload | _ties(row), files={MEMO_FILE: text.encode()})


@service(kind="person:message:named", action="case.change", on="message")
def name_message(*, message: Message, by: Actor, role: str, answers: Message | None = None) -> Done:
    """Say what a message is in the case (``role``), and what it replies to; return it. The entry keeps what it was.

    ``answers`` as in `file_mail`. `Problem` for a letter that was made here: it stays what it is.
    """
    must_be_open(message.case)
    message.refresh_from_db(fields=["role", "answers", "incoming"])
    if hasattr(message, "letter"):
        raise Problem(
            ja="ここで作って送った書面の種類は、変えられません。",
            en="what was made and sent here stays what it is",
            place="role",
        )
    was, message.role = message.role, role
    if message.mail_id:
        message.incoming = role not in OURS
    _place_in_the_thread(message, answers or message.answers)
    message.save(update_fields=["role", "answers", "incoming"])
    return Done(message, {"message": str(message.id), "from": was, "to": role} | _ties(message))


@service(kind="person:mail:discarded", action="case.change", on="mail")
def discard_mail(*, mail: IncomingMail, by: Actor) -> Done:
    """Throw a mail of the holding place away: its key is destroyed. `Problem` when it belongs to a case."""
    _must_be_waiting(mail)
    Discarded.objects.create(organisation=mail.organisation, mail=mail, at=timezone.now())
    vault.store().destroy(mail.seal_key)
    return Done(None, {"mail": str(mail.id), "sha256": mail.sha256}, about=mail.organisation)


def _must_be_waiting(mail: IncomingMail) -> None:
    """Refuse a mail that is not in the holding place any more; whoever else wants it waits until this one is done."""
    IncomingMail.objects.select_for_update(no_key=True).get(id=mail.id)
    if Message.objects.filter(mail=mail).exists():
        raise Problem(
            ja="このメールは、すでに相談の記録の一部です。", en="this mail is part of a case already", place="mail"
        )
    if Discarded.objects.filter(mail=mail).exists():
        raise Problem(ja="このメールは、消去されています。", en="this mail was thrown away", place="mail")


def _place_in_the_thread(row: Message, answers: Message | None) -> None:
    """Set what ``row`` replies to: as told, or for a reply the last letter of ours before it. `Problem` where it cannot be."""
    if row.role not in Role.values:
        raise Problem(
            ja=f"種類は {'、'.join(Role.values)} のどれかです。", en=f"one of {', '.join(Role.values)}", place="role"
        )
    if row.role in (OURS if row.incoming else THEIRS):
        raise Problem(
            ja="送った連絡と届いた連絡が入れ替わっています。種類を確かめてください。",
            en="what was sent and what came in are mixed up; check what this message is",
            place="role",
        )
    if answers is not None and (answers.case_id != row.case_id or answers.incoming):
        raise Problem(
            ja="返信の相手は、同じ相談で自分が送った連絡から選んでください。",
            en="what it replies to is a message that you sent in the same case; choose one of those",
            place="answers",
        )
    if answers is None and row.role == Role.REPLY:
        answers = sent_out(row.case).filter(at__lte=row.at).last()
    row.answers = answers


def _ties(row: Message) -> dict[str, str]:
    return {"answers": str(row.answers_id)} if row.answers_id else {}
