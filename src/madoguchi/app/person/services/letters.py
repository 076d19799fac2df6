"""A person's letters: prepared from what is known, sent by mail with the signed inquiry, or by another way and so recorded."""

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from pydantic import TypeAdapter, ValidationError

from madoguchi import exchange
from madoguchi.app import vault
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.days import legal_day
from madoguchi.app.due.services import plan
from madoguchi.app.mail.letters import must_have_a_server, outgoing
from madoguchi.app.mail.message import deliverable
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.app.person import papers
from madoguchi.app.person.models import Case, Channel, Letter, Message, Role
from madoguchi.app.person.queries import current_facts, windows
from madoguchi.app.person.sealing import fill, told
from madoguchi.app.person.services.cases import must_be_open
from madoguchi.app.service import Done, service
from madoguchi.authenticity import hosts
from madoguchi.exchange import carry
from madoguchi.exchange.fields import Reference
from madoguchi.letters import render
from madoguchi.letters.clean import one_line
from madoguchi.letters.letter import Letter as Paper
from madoguchi.problem import Lang, Problem
from madoguchi.text import datafile

# An answer may come weeks later, and a window may ask again with the same inquiry in hand.
HOLDS = datetime.timedelta(days=365)
# How a letter goes out past our own outbox; a mail may be sent from another program.
OTHER_WAYS = (Channel.FORM, Channel.EMAIL, Channel.POST, Channel.PHONE, Channel.TALK)
_CODE: TypeAdapter[str] = TypeAdapter(Reference)


@service(kind="person:letter:prepared", action="case.change", on="case")
def prepare_letter(
    *,
    case: Case,
    by: Actor,
    kind: str,
    questions: Sequence[str] | None = None,
    own_questions: Sequence[str] = (),
    lang: Lang = "ja",
) -> Done:
    """Prepare a letter of ``kind`` (``inquiry``, ``follow_up`` or ``complaint``) from what is known; return the `Letter`.

    ``questions`` are keys of `law.questions`, by default the usual ones; a follow-up asks what the last reply left
    open. Text, PDF and the signed statement go with the entry. `Problem` names what is missing.
    """
    must_be_open(case)
    today = legal_day(timezone.now())
    made = papers.make(case, kind, date=today, questions=questions, own_questions=own_questions, lang=lang)
    jws = _signed(case, made) if made.questions else None
    row = Letter(case=case, at=timezone.now(), kind=kind)
    kept = {
        "paper": made.paper.model_dump(mode="json"),
        "questions": [{"key": q.key, "text": q.text, "number": q.number, "ground": q.ground} for q in made.questions],
        "statement": jws,
    }
    fill(row, kept).save(force_insert=True)
    name = {Role.INQUIRY: "問い合わせ", Role.FOLLOW_UP: "再度の問い合わせ", Role.COMPLAINT: "苦情の申出"}[Role(kind)]
    files = {f"{name}.txt": render.text(made.paper).encode(), f"{name}.pdf": render.pdf(made.paper)}
    if jws:
        files[carry.attachment(jws)[0]] = carry.attachment(jws)[2]
    payload = {"letter": str(row.id), "kind": kind, "questions": [q.key or "own" for q in made.questions]}
    return Done(row, payload, files=files)


@service(kind="person:letter:sent", action="case.send", on="letter")
def send_letter(*, letter: Letter, by: Actor, to: str) -> Done:
    """Put a letter into the outbox, to the address ``to``; return its message in the case.

    ``to`` must be one of the official windows that were found, or lie under a domain that the person fixed: `Problem`
    otherwise, and where the letter went out before or there is no mail server.
    """
    case = letter.case
    must_be_open(case)
    _must_be_unsent(letter)
    facts, to = current_facts(case), _official_address(case, to)
    must_have_a_server(
        else_ja="フォームや郵便で送って、送ったことを記録してください。",
        else_en="send the letter by form or post and record that",
    )
    paper, jws, now = paper_of(letter), told(letter)["statement"], timezone.now()
    row, raw = outgoing(
        paper,
        text=render.text(paper),
        to=to,
        sender_name=facts.name or "",
        log=case.record_log(),
        subject=letter.id,
        seal_key=case.seal_key,
        now=now,
        attachments=[carry.attachment(jws)] if jws else [],
        automatic=False,
    )
    row.save(force_insert=True)
    plan(organisation=case.organisation, kind=DELIVER, subject=case.organisation_id, due_at=now)
    message = _message(letter, channel=Channel.EMAIL, at=now, counterpart=to, sent=row)
    return Done(
        message,
        {"letter": str(letter.id), "message": str(message.id), "message_id": row.message_id, "to": to},
        files={"mail.eml": raw},
    )


@service(kind="person:letter:given", action="case.send", on="letter")
def record_sent(*, letter: Letter, by: Actor, channel: str, at: datetime.datetime, to: str, note: str = "") -> Done:
    """Record that the person sent a letter by another way: a form, their own mail program, the post, by hand.

    ``note`` is a tracking or reception number. Return its message. `Problem` where it went out before, or the time is
    to come or lies before the letter.
    """
    must_be_open(letter.case)
    _must_be_unsent(letter)
    if channel not in OTHER_WAYS:
        raise Problem(
            ja=f"手段は {'、'.join(OTHER_WAYS)} のどれかです。",
            en=f"the channel is one of {', '.join(OTHER_WAYS)}",
            place="channel",
        )
    if at > timezone.now() or legal_day(at) < paper_of(letter).date:
        raise Problem(
            ja="送った日時は、書面の日付から今までの間にしてください。",
            en="the time lies between the day of the letter and now; check it",
            place="at",
        )
    to, note = one_line(to), one_line(note)
    message = _message(letter, channel=Channel(channel), at=at, counterpart=to)
    payload = {
        "letter": str(letter.id),
        "message": str(message.id),
        "channel": channel,
        "to": to,
        "at": at.isoformat(),
        "note": note,
    }
    return Done(message, payload)


def paper_of(letter: Letter) -> Paper:
    """Return the letter as it was prepared."""
    return Paper.model_validate(told(letter)["paper"])


def _official_address(case: Case, to: str) -> str:
    """Return ``to`` as mail is sent to it; `Problem` where nothing that the person knew before makes it the company's."""
    official = [each.domain for each in current_facts(case).domains or ()]
    found = (each for each in windows(case) if each["channel"] == "email" and each["grade"] != "elsewhere")
    known = {each["value"].lower() for each in found}
    address = deliverable(to) or ""
    if address.lower() not in known and not (official and hosts.official(official).owns_address(address)):
        raise Problem(
            ja="この宛先は、公式の窓口としても、登録した公式ドメインのアドレスとしても確認できません。宛先を確かめてください。",
            en="this address is neither an official window that was found nor under a domain that you fixed; check it",
            place=to[:80],
        )
    return address


def _must_be_unsent(letter: Letter) -> None:
    if Letter.objects.select_for_update(no_key=True).get(id=letter.id).message_id:
        raise Problem(ja="この書面は、すでに送られています。", en="this letter went out already")


def _message(letter: Letter, *, channel: Channel, at: datetime.datetime, counterpart: str, **more: Any) -> Message:
    paper = paper_of(letter)
    row = Message(
        case=letter.case,
        at=at,
        kept_at=timezone.now(),
        incoming=False,
        channel=channel,
        role=letter.kind,
        **more,
    )
    fill(row, {"text": render.text(paper), "subject": paper.subject, "counterpart": counterpart}).save(
        force_insert=True
    )
    letter.message = row
    letter.save(update_fields=["message"])
    return row


def _signed(case: Case, made: papers.Made) -> str | None:
    """Return the letter's questions as a signed inquiry; None where no official domain is fixed to address it to.

    Each case has a key of its own, so that two cases of one person cannot be tied to each other.
    """
    facts = current_facts(case)
    if not facts.domains:
        return None
    key, now = vault.store().signing_key(f"inquiry:{case.id}"), timezone.now()
    public = exchange.PublicKey.of(key)
    writer = {name: getattr(facts, name) for name in ("name", "name_kana", "email", "phone", "address", "member_id")}
    told_facts = {
        "to": facts.domains[0].domain,
        "reference": _code(facts.reference),
        "person": {
            **{name: value for name, value in writer.items() if value},
            "order_ids": (facts.order_id,) if facts.order_id else (),
        },
        "noticed": facts.noticed,
        "concerns": facts.concerns or (),
        "questions": [{"number": q.number, "key": q.key, "ground": q.ground, "text": q.text} for q in made.questions],
        "reply_to": settings.HOME.mail.sender or facts.email,
        "key": public,
        "letter_sha256": exchange.letter_digest(render.text(made.paper)),
    }
    statement = exchange.Inquiry(
        issuer=exchange.issuer(public.key),
        issued=now,
        expires=now + HOLDS,
        id=str(uuid4()),
        body=datafile.check(exchange.InquiryBody, told_facts),
    )
    return exchange.sign(statement, key)


def _code(reference: str | None) -> str | None:
    """Return the code of a notice where it is one of ours; another company's own number stands in the letter alone."""
    try:
        return _CODE.validate_python(reference)
    except ValidationError:
        return None
