"""The only writers of notices: a round is prepared, approved by a second person, and issued in batches."""

import hashlib
import secrets
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import may_approve
from madoguchi.app.company.models import Incident
from madoguchi.app.company.queries import current_scan, current_sheet
from madoguchi.app.company.services.incidents import must_be_open
from madoguchi.app.company.services.scans import contact_of
from madoguchi.app.due.services import plan
from madoguchi.app.mail.letters import must_have_a_server, outgoing
from madoguchi.app.mail.message import deliverable
from madoguchi.app.mail.models import Bounce, OutgoingMail
from madoguchi.app.mail.work import DELIVER
from madoguchi.app.notices.folder import write_whole
from madoguchi.app.notices.models import Channel, Notice, Round
from madoguchi.app.notices.papers import letter, own_items, statement
from madoguchi.app.service import Done, service
from madoguchi.app.statements.queries import signing_key
from madoguchi.exchange import carry, sign, statement_digest
from madoguchi.letters import render
from madoguchi.problem import LANGS, Lang, Problem

# One transaction, one entry: few enough to be quick, many enough that the record stays short.
BATCH = 500
# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: the code is read out on the phone.
LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"


@service(kind="notices:round:prepared", action="paper.prepare", on="incident")
def prepare_round(*, incident: Incident, by: Member, lang: Lang = "ja") -> Done:
    """Prepare a notice for everybody whom the last scan proved or found within reach, each by the way that reaches them.

    `Problem` when there was no scan, or it found nobody.
    """
    must_be_open(incident)
    if lang not in LANGS:
        raise Problem(
            ja=f"この言語の通知はありません。{'、'.join(LANGS)} のどれかにしてください。",
            en=f"there is no notice in this language; choose one of {', '.join(LANGS)}",
            place="lang",
        )
    scan, sheet = current_scan(incident), current_sheet(incident)
    people = [person for person in scan.people.order_by("number") if person.proved | person.possible] if scan else []
    if not people:
        raise Problem(
            ja="通知の対象者がいません。先に、だれが影響を受けたかを調べてください。",
            en="there is nobody to notify; find out first who was affected",
            place=incident.title,
        )
    round_ = Round.objects.create(
        organisation_id=incident.organisation_id,
        incident=incident,
        scan=scan,
        sheet=sheet,
        lang=lang,
        prepared_by=by,
        prepared_at=timezone.now(),
    )
    notices = [
        Notice(
            organisation_id=incident.organisation_id,
            round=round_,
            person=person,
            number=number,
            channel=_channel(contact_of(person)),
            reference=_reference(),
        )
        for number, person in enumerate(people, start=1)
    ]
    Notice.objects.bulk_create(notices, batch_size=BATCH)
    channels = {channel.value: sum(1 for notice in notices if notice.channel == channel) for channel in Channel}
    payload = {"round": str(round_.id), "scan": str(scan.id), "facts_version": sheet.version, "channels": channels}
    return Done(round_, {**payload, "lang": lang})


@service(kind="notices:round:approved", action="paper.approve", on="round_")
def approve_round(*, round_: Round, by: Member) -> Done:
    """Approve a round; a sample of it (the first notice, without the person's name) is kept with the entry."""
    now = timezone.now()
    answer = may_approve(
        by, round_, prepared_by=round_.prepared_by, prepared_at=round_.prepared_at, now=now
    ).or_refuse()
    _must_be_news(round_)
    if not Round.objects.filter(id=round_.id, approved_at=None).update(approved_by=by, approved_at=now):
        raise Problem(ja="すでに承認されています。", en="it is approved already; nothing was changed")
    round_.refresh_from_db()
    first = round_.notices.order_by("number").select_related("person__incident").first()
    sample = letter(first, contact=None)
    files = {"本人通知-見本.txt": render.text(sample).encode(), "本人通知-見本.pdf": render.pdf(sample)}
    return Done(round_, {"round": str(round_.id), "alone": answer.alone}, files=files)


@service(kind="notices:notices:queued", action="paper.send", on="round_")
def queue_notices(*, round_: Round, by: Member) -> Done:
    """Put the next 500 notices that go by mail into the outbox, complete and sealed; return how many were left to put.

    Each carries the signed statement of its facts, where the organisation has a key for its official domain. Call it until it returns 0; killed in between, it goes on where it was. `Problem` when the round is not approved or
    this home has no mail server.
    """
    _must_be_approved(round_)
    must_have_a_server(else_ja="郵送用の通知を作ってください。", else_en="print the notices for the post")
    now = timezone.now()
    batch, left = _next(round_, Channel.EMAIL)
    log, key = round_.record_log(), signing_key(round_.incident.organisation, now)
    rows, parts = [], []
    for notice in batch:
        contact = contact_of(notice.person)
        paper = letter(notice, contact=contact)
        text = render.text(paper)
        signed = sign(statement(notice, title=paper.subject, text=text, now=now), key) if key else None
        row, raw = outgoing(
            paper,
            text=text,
            to=contact.email,
            sender_name=round_.incident.organisation.name,
            log=log,
            subject=notice.id,
            seal_key=round_.incident.seal_key,
            now=now,
            attachments=[carry.attachment(signed)] if signed else [],
        )
        rows.append(row)
        digest = {"statement_sha256": statement_digest(signed)} if signed else {}
        parts.append(_part(notice, raw, message_id=row.message_id, **digest))
    OutgoingMail.objects.bulk_create(rows, batch_size=BATCH)
    _issued(batch, now)
    plan(organisation=round_.incident.organisation, kind=DELIVER, subject=round_.organisation_id, due_at=now)
    return Done(left, {"round": str(round_.id), "channel": "email", "notices": len(batch), "left": left}, parts=parts)


@service(kind="notices:notices:printed", action="paper.send", on="round_")
def print_notices(*, round_: Round, by: Member, folder: Path) -> Done:
    """Write the next 500 notices that go by post as PDF files (named by reference) into ``folder``; return how many are left."""
    _must_be_approved(round_)
    batch, left = _next(round_, Channel.POST)
    pdfs = render.pdfs([letter(notice, contact=contact_of(notice.person)) for notice in batch])
    papers = {f"{notice.reference}.pdf": pdf for notice, pdf in zip(batch, pdfs, strict=True)}
    parts = [_part(notice, pdf) for notice, pdf in zip(batch, papers.values(), strict=True)]
    write_whole(folder, papers)
    _issued(batch, timezone.now())
    return Done(left, {"round": str(round_.id), "channel": "post", "notices": len(batch), "left": left}, parts=parts)


@service(kind="notices:notices:rerouted", action="paper.send", on="round_")
def reroute_returned(*, round_: Round, by: Member) -> Done:
    """Move the notices of a round whose mail came back to the post, where the list has an address: they were not read.

    Return how many are now to be printed. Whoever has no address is left to the substitute notice (代替措置). `Problem`
    when there is none to move.
    """
    returned = set(Bounce.objects.filter(mail__log=round_.record_log()).values_list("mail__subject", flat=True))
    moved = list(round_.notices.select_for_update().filter(channel=Channel.EMAIL, id__in=returned))
    if not moved:
        raise Problem(
            ja="戻ってきたメールで、まだ郵送に回していないものはありません。",
            en="no mail of this round came back that was not moved to the post already",
        )
    for notice in moved:
        notice.channel = Channel.POST if contact_of(notice.person).address else Channel.NONE
        notice.issued_at = None
    Notice.objects.bulk_update(moved, ["channel", "issued_at"])
    to_post = sum(1 for notice in moved if notice.channel == Channel.POST)
    parts = [{"notice": str(notice.id), "reference": notice.reference, "to": notice.channel} for notice in moved]
    payload = {"round": str(round_.id), "returned": len(moved), "to_post": to_post}
    return Done(to_post, payload, parts=parts)


def _must_be_news(round_: Round) -> None:
    """Refuse to tell people the same twice, or an older draft after a newer notice."""
    told = Round.objects.select_for_update().filter(incident=round_.incident_id, approved_at__isnull=False)
    if told.filter(Q(scan=round_.scan_id, sheet=round_.sheet_id) | Q(prepared_at__gt=round_.prepared_at)).exclude(
        id=round_.id
    ):
        raise Problem(
            ja="同じ内容か、これより新しい内容の通知が、すでに承認されています。続報を送るときは、事実を改めてから通知を作り直してください。",
            en="notices of the same or newer content are approved already; to send news, state the facts and prepare anew",
            place=round_.incident.title,
        )


def _channel(contact) -> Channel:
    if contact.email and deliverable(contact.email):
        return Channel.EMAIL
    return Channel.POST if contact.address else Channel.NONE


def _reference() -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{code[:5]}-{code[5:]}"


def _must_be_approved(round_: Round) -> None:
    # Asked anew: it may have been approved since the page was opened.
    if not Round.objects.filter(id=round_.id, approved_at__isnull=False).exists():
        raise Problem(
            ja="まだ承認されていません。承認してから送ってください。",
            en="not approved yet; have the round approved, then send it",
            place="approved_at",
        )


def _next(round_: Round, channel: Channel) -> tuple[list[Notice], int]:
    """Return the next batch that is not issued, locked against another worker, and how many stay after it."""
    Round.objects.select_for_update().get(id=round_.id)
    waiting = round_.notices.filter(channel=channel, issued_at=None).order_by("number")
    batch = list(waiting.select_related("person__incident__organisation")[:BATCH])
    return batch, waiting.count() - len(batch)


def _issued(batch: list[Notice], now) -> None:
    Notice.objects.filter(id__in=[notice.id for notice in batch]).update(issued_at=now)


def _part(notice: Notice, content: bytes, **more: str) -> dict:
    """Return what the record keeps of one notice: enough to prove later what this person was told, and nobody else."""
    return {
        "notice": str(notice.id),
        "reference": notice.reference,
        "person": str(notice.person_id),
        **own_items(notice.person),
        "sha256": hashlib.sha256(content).hexdigest(),
        **more,
    }
