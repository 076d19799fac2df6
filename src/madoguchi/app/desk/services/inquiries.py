"""An inquiry is received, its asker identified in steps, and one day it is closed."""

import hmac
import secrets

from django.utils import timezone

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import Actor, may
from madoguchi.app.company.models import Incident, Person
from madoguchi.app.days import legal_day
from madoguchi.app.desk import arrival, identify, letters
from madoguchi.app.desk.models import Ending, Inquiry, Means, Proof, State
from madoguchi.app.desk.outgoing import queue
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.desk.sealing import fill, told
from madoguchi.app.mail import incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.service import Done, service
from madoguchi.intake import mail as mails
from madoguchi.problem import Lang, Problem
from madoguchi.text import digits

DIGITS = 8
TRIES = 5


class AlreadyTaken(Problem):
    """The mail was received as an inquiry, or its code was tried, before."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            ja="このメールは、すでに受け付けています。何も加えていません。",
            en="this mail was received already; nothing was added",
        )


@service(kind="desk:inquiry:received", action="inquiry.take", on="mail")
def receive(*, mail: IncomingMail, by: Actor) -> Done:
    """Receive the inquiry in a mail; return it. What holds of itself (the code, the address) is noted at once.

    The entry names the mail by its hash alone: an incident's case file goes to others, and tells nobody who asked. The
    incident is that of the notice whose code is quoted. `AlreadyTaken` when the mail was received before.
    """
    # Two workers at the same mail, or two mails with one statement: the second waits, and sees what the first did.
    of = Organisation.objects.select_for_update(no_key=True).get(id=mail.organisation_id)
    if Inquiry.objects.filter(mail=mail).exists():
        raise AlreadyTaken
    asked = arrival.read(
        mails.read(incoming.raw_of(mail)),
        to=of.domain,
        now=mail.taken_at,
        seen=lambda each: Inquiry.objects.filter(organisation=of, statement=each).exists(),
    )
    notice = identify.notice_of(of.id, asked)
    row = Inquiry(
        organisation=of,
        incident=notice.round.incident if notice else None,
        mail=mail,
        statement=asked.statement,
        received_at=mail.taken_at,
        notice=notice,
    )
    fill(row, asked.model_dump(mode="json")).save(force_insert=True)
    held = []
    if notice:
        held = [Means.REFERENCE, *([Means.ADDRESS] if identify.comes_from(asked, notice.person) else [])]
        if identify.enough(held):
            _identified(row, notice.person)
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
    may(by, "inquiry.answer", incident).or_refuse()
    if inquiry.incident_id:
        raise Problem(
            ja="この問い合わせの事案は、すでに決まっています。何も変えていません。",
            en="the incident of this inquiry is set already; nothing was changed",
            place=inquiry.incident.title,
        )
    inquiry.incident = incident
    inquiry.save(update_fields=["incident"])
    return Done(inquiry, {"inquiry": str(inquiry.id), "incident": str(incident.id)}, about=inquiry)


@service(kind="desk:code:sent", action="inquiry.answer", on="inquiry")
def send_code(*, inquiry: Inquiry, by: Actor, lang: Lang = "ja") -> Done:
    """Send a code to the address on the list that the asker claims, so that whoever reads mail there can return it.

    To an address that stands on no list nothing is sent, and the asker is not told whether it does: the entry and the
    return value (True: sent) are for the desk alone. A new code takes the place of the one before. `Problem` where the
    incident is not known yet.
    """
    must_be_open(inquiry)
    if inquiry.incident is None:
        raise Problem(
            ja="どの事案の問い合わせかが、まだ決まっていません。先に事案を選んでください。",
            en="it is not known yet which incident this is about; assign the incident first",
        )
    address, people = identify.code_for(inquiry, arrival_of(inquiry))
    if address is None:
        return Done(False, {"inquiry": str(inquiry.id), "sent": False}, about=inquiry)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    proof = _proof(inquiry, Means.CODE_SENT, held=False, by=by)
    fill(proof, {"code": code, "people": [str(person.id) for person in people]}).save(force_insert=True)
    paper = letters.code(inquiry, code, today=legal_day(timezone.now()), lang=lang)
    queue(inquiry, to=address, paper=paper, subject=proof.id)
    return Done(True, {"inquiry": str(inquiry.id), "sent": True}, about=inquiry)


@service(kind="desk:code:returned", action="inquiry.take", on="inquiry")
def return_code(*, inquiry: Inquiry, by: Actor, code: str, mail: IncomingMail | None = None) -> Done:
    """Hold the code that somebody returned, in ``mail`` or on the phone, against the last one sent; return whether it holds.

    It holds once, and after five wrong ones no more. Where several people share the address and none of their notices is
    quoted, the asker is not identified yet: `identify_by_hand` says which of them it is. `Problem` when none was sent.
    """
    must_be_open(inquiry)
    if mail and Proof.objects.filter(mail=mail).exists():
        raise AlreadyTaken
    sent = _last_code(inquiry)
    if sent is None:
        raise Problem(
            ja="確認番号はまだ送られていません。先に確認番号を送ってください。",
            en="no code was sent yet; send one first",
        )
    tried, said = _tries(inquiry, sent), told(sent)
    right = hmac.compare_digest(digits.only(code).encode(), said["code"].encode())
    held = right and tried.count() < TRIES and not tried.filter(held=True).exists()
    proof = _proof(inquiry, Means.CODE, held=held, by=by)
    proof.mail = mail
    proof.save(force_insert=True)
    person = identify.who(Person.objects.filter(id__in=said["people"]), inquiry) if held else None
    if person:
        _identified(inquiry, person)
    payload = {"inquiry": str(inquiry.id), "held": held, "state": inquiry.state}
    return Done(held, payload | ({"sha256": mail.sha256} if mail else {}), about=inquiry)


@service(kind="desk:asker:identified", action="inquiry.answer", on="inquiry")
def identify_by_hand(*, inquiry: Inquiry, by: Actor, person: Person, means: str) -> Done:
    """Enter that a member of the desk identified the asker, by a document or by calling the number on the list back.

    ``code`` says which of the people who share an address it is, once the code that was sent there held. An answer that
    was prepared for somebody else can go out no more. `Problem` for another means, and for nobody of the incident.
    """
    must_be_open(inquiry)
    if means not in (Means.DOCUMENT, Means.CALL_BACK, Means.CODE):
        raise Problem(
            ja="方法は document（本人確認書類）、call_back（登録の電話番号への折り返し）、code（確認番号が返ってきた方のうちの一人）のどれかです。",
            en="the means is document, call_back, or code (one of those who share the address that the code came back from)",
            place="means",
        )
    if person.incident_id != inquiry.incident_id:
        raise Problem(
            ja="この事案の対象者ではありません。問い合わせの事案を確かめてください。",
            en="not one of the people of this incident; check the incident of the inquiry",
        )
    if means == Means.CODE and str(person.id) not in _held_code_for(inquiry):
        raise Problem(
            ja="この方のアドレスに送った確認番号は、まだ返ってきていません。確認番号を送り、返信を待ってください。",
            en="no code that was sent to this person's address came back yet; send one and wait for the reply",
        )
    if means != Means.CODE:
        _proof(inquiry, Means(means), held=True, by=by).save(force_insert=True)
    _identified(inquiry, person)
    return Done(inquiry, {"inquiry": str(inquiry.id), "means": str(means)}, about=inquiry)


@service(kind="desk:inquiry:closed", action="inquiry.answer", on="inquiry")
def close_inquiry(*, inquiry: Inquiry, by: Actor, reason: str) -> Done:
    """Close an inquiry; ``reason`` is one of `Ending`."""
    must_be_open(inquiry)
    if reason not in Ending.values:
        raise Problem(
            ja=f"理由は {'、'.join(f'{key}（{name}）' for key, name in Ending.choices)} のどれかです。",
            en=f"the reason is one of {', '.join(Ending.values)}",
            place="reason",
        )
    inquiry.state = State.CLOSED
    inquiry.save(update_fields=["state"])
    return Done(inquiry, {"inquiry": str(inquiry.id), "reason": str(reason)}, about=inquiry)


def must_be_open(inquiry: Inquiry) -> None:
    """Refuse to work on what is closed; let others who work on it wait, and bring ``inquiry`` up to what they did."""
    Inquiry.objects.select_for_update(no_key=True).get(id=inquiry.id)
    inquiry.refresh_from_db()
    if inquiry.state == State.CLOSED:
        raise Problem(
            ja="この問い合わせは終了しています。続きの連絡は、新しい問い合わせとして受け付けてください。",
            en="this inquiry is closed; receive what follows as a new one",
        )


def _identified(inquiry: Inquiry, person: Person) -> None:
    inquiry.person, inquiry.incident = person, person.incident
    if inquiry.state == State.RECEIVED:
        inquiry.state = State.IDENTIFIED
    inquiry.save(update_fields=["person", "incident", "state"])


def _last_code(inquiry: Inquiry) -> Proof | None:
    return inquiry.proofs.filter(means=Means.CODE_SENT).order_by("-at").first()


def _tries(inquiry: Inquiry, sent: Proof):
    return inquiry.proofs.filter(means=Means.CODE, at__gte=sent.at)


def _held_code_for(inquiry: Inquiry) -> list[str]:
    """Return the people at the address from which the last code came back, by id; nobody where it did not."""
    sent = _last_code(inquiry)
    return told(sent)["people"] if sent and _tries(inquiry, sent).filter(held=True).exists() else []


def _proof(inquiry: Inquiry, means: Means, *, held: bool, by: Actor) -> Proof:
    return Proof(
        organisation_id=inquiry.organisation_id,
        inquiry=inquiry,
        means=means,
        held=held,
        at=timezone.now(),
        by=by.actor,
    )
