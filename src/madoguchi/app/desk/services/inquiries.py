"""An inquiry is received, its asker identified in steps, and one day it is closed."""

import hmac
import secrets
from typing import Any

from django.utils import timezone

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.company.models import Incident, Person
from madoguchi.app.company.services.scans import contact_of
from madoguchi.app.days import legal_day
from madoguchi.app.desk import arrival, identify, letters
from madoguchi.app.desk.models import Inquiry, Means, Proof, State
from madoguchi.app.desk.outgoing import queue
from madoguchi.app.desk.sealing import fill, told
from madoguchi.app.mail import incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.service import Done, service
from madoguchi.intake import mail as mails
from madoguchi.problem import Problem
from madoguchi.text import emails

DIGITS = 8
TRIES = 5


@service(kind="desk:inquiry:received", action="inquiry.take", on="organisation")
def receive(*, organisation: Organisation, by: Actor, mail: IncomingMail) -> Done:
    """Receive the inquiry in a mail; return it. What holds of itself (the code, the address) is noted at once.

    The entry names the mail by its hash alone: an incident's case file goes to others, and tells nobody who asked. The
    incident is that of the notice whose code is quoted. `Problem` when the mail was received as an inquiry before.
    """
    if Inquiry.objects.filter(mail=mail).exists():
        raise Problem(ja="この問い合わせは、すでに受け付けています。", en="this inquiry was received already")
    raw = incoming.raw_of(mail)
    asked = arrival.read(
        mails.read(raw),
        to=organisation.domain,
        now=mail.taken_at,
        seen=lambda each: Inquiry.objects.filter(organisation=organisation, statement=each).exists(),
    )
    notice = identify.notice_of(organisation.id, asked.reference)
    row = Inquiry(
        organisation=organisation,
        incident=notice.round.incident if notice else None,
        mail=mail,
        statement=asked.statement,
        received_at=mail.taken_at,
    )
    fill(row, asked.model_dump(mode="json")).save(force_insert=True)
    held = []
    if notice:
        held = [Means.REFERENCE]
        listed = emails.canonical(contact_of(notice.person).email or "")
        if listed and listed in identify.claimed(asked):
            held.append(Means.ADDRESS)
        if identify.enough(held):
            _identified(row, notice.person, notice)
    for means in held:
        _proof(row, means, held=True, by=by).save(force_insert=True)
    payload = {
        "inquiry": str(row.id),
        "sha256": mail.sha256,
        "signed": bool(asked.statement),
        "questions": len(asked.questions),
        "held": [str(means) for means in held],
        "state": row.state,
    }
    if asked.refused:
        payload["statement_refused"] = asked.refused
    return Done(row, payload, about=row)


@service(kind="desk:inquiry:assigned", action="inquiry.answer", on="inquiry")
def assign(*, inquiry: Inquiry, by: Actor, incident: Incident) -> Done:
    """Say which incident an inquiry is about, where it quotes no code; return it."""
    must_be_open(inquiry)
    if inquiry.incident_id or incident.organisation_id != inquiry.organisation_id:
        raise Problem(
            ja="事案はすでに決まっているか、別の組織のものです。", en="its incident is set already, or is another's"
        )
    inquiry.incident = incident
    inquiry.save(update_fields=["incident"])
    return Done(inquiry, {"inquiry": str(inquiry.id), "incident": str(incident.id)}, about=inquiry)


@service(kind="desk:code:sent", action="inquiry.answer", on="inquiry")
def send_code(*, inquiry: Inquiry, by: Actor) -> Done:
    """Send a code to the address on the list that the asker claims, so that whoever reads mail there can return it.

    To an address that stands on no list nothing is sent, and the asker is not told whether it does: the entry and the
    return value (True: sent) are for the desk alone. `Problem` where the incident is not known yet.
    """
    must_be_open(inquiry)
    if inquiry.incident is None:
        raise Problem(
            ja="どの事案の問い合わせかが、まだ決まっていません。先に事案を選んでください。",
            en="it is not known yet which incident this is about; assign the incident first",
        )
    asked = arrival.Arrival.model_validate(told(inquiry))
    people = identify.people_at(inquiry.incident, identify.claimed(asked) | _named(asked))
    address = next((contact_of(person).email for person in people), None)
    if address is None:
        return Done(False, {"inquiry": str(inquiry.id), "sent": False}, about=inquiry)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    proof = _proof(inquiry, Means.CODE_SENT, held=False, by=by)
    fill(proof, {"code": code, "people": [str(person.id) for person in people]}).save(force_insert=True)
    queue(inquiry, to=address, paper=letters.code(inquiry, code, today=legal_day(timezone.now())), subject=proof.id)
    return Done(True, {"inquiry": str(inquiry.id), "sent": True}, about=inquiry)


@service(kind="desk:code:returned", action="inquiry.take", on="inquiry")
def return_code(*, inquiry: Inquiry, by: Actor, code: str, person: Person | None = None) -> Done:
    """Hold the code that somebody returned against the one that was sent; return whether it holds.

    Where several people share the address, ``person`` says who asks. A code holds once, and after five wrong ones no
    more. `Problem` when none was sent.
    """
    must_be_open(inquiry)
    sent = inquiry.proofs.filter(means=Means.CODE_SENT).order_by("-at").first()
    if sent is None:
        raise Problem(ja="確認番号はまだ送られていません。", en="no code was sent yet")
    tried = inquiry.proofs.filter(means=Means.CODE, at__gte=sent.at)
    said = told(sent)
    right = hmac.compare_digest(code.strip().encode(), said["code"].encode())
    held = right and tried.count() < TRIES and not tried.filter(held=True).exists()
    _proof(inquiry, Means.CODE, held=held, by=by).save(force_insert=True)
    people = Person.objects.filter(id__in=said["people"])
    who = people.filter(id=person.id).first() if person else people.first() if people.count() == 1 else None
    if held and who:
        _identified(inquiry, who, None)
    return Done(held, {"inquiry": str(inquiry.id), "held": held, "state": inquiry.state}, about=inquiry)


@service(kind="desk:asker:identified", action="inquiry.answer", on="inquiry")
def identify_by_hand(*, inquiry: Inquiry, by: Actor, person: Person, means: str) -> Done:
    """Enter that a member of the desk identified the asker, by a document or by calling the number on the list back."""
    must_be_open(inquiry)
    if means not in (Means.DOCUMENT, Means.CALL_BACK):
        raise Problem(
            ja="方法は document（本人確認書類）か call_back（登録の電話番号への折り返し）です。",
            en="the means is document or call_back",
            place="means",
        )
    if person.incident_id != inquiry.incident_id:
        raise Problem(ja="この事案の対象者ではありません。", en="not one of the people of this incident")
    _proof(inquiry, Means(means), held=True, by=by).save(force_insert=True)
    _identified(inquiry, person, None)
    return Done(inquiry, {"inquiry": str(inquiry.id), "means": means}, about=inquiry)


@service(kind="desk:inquiry:closed", action="inquiry.answer", on="inquiry")
def close_inquiry(*, inquiry: Inquiry, by: Actor, reason: str) -> Done:
    """Close an inquiry (answered to the end, withdrawn, no inquiry at all), and say why."""
    must_be_open(inquiry)
    inquiry.state = State.CLOSED
    inquiry.save(update_fields=["state"])
    return Done(inquiry, {"inquiry": str(inquiry.id), "reason": reason}, about=inquiry)


def must_be_open(inquiry: Inquiry) -> None:
    """Refuse to work on what is closed, and let others who work on it wait until this one is done."""
    if Inquiry.objects.select_for_update(no_key=True).get(id=inquiry.id).state == State.CLOSED:
        raise Problem(ja="この問い合わせは終了しています。", en="this inquiry is closed")


def _identified(inquiry: Inquiry, person: Person, notice: Any) -> None:
    inquiry.person, inquiry.notice, inquiry.incident = person, notice, person.incident
    if inquiry.state == State.RECEIVED:
        inquiry.state = State.IDENTIFIED
    inquiry.save(update_fields=["person", "notice", "incident", "state"])


def _proof(inquiry: Inquiry, means: Means, *, held: bool, by: Actor) -> Proof:
    return Proof(
        organisation_id=inquiry.organisation_id,
        inquiry=inquiry,
        means=means,
        held=held,
        at=timezone.now(),
        by=by.actor,
    )


def _named(asked: arrival.Arrival) -> set[str]:
    """Return the address that the asker says is theirs on the list: the code goes there, so a wrong one gains nothing."""
    address = emails.canonical(str(asked.person.get("email") or ""))
    return {address} if address else set()
