"""The only writers of announcements: prepared from the facts, approved by a second person, published on the site."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from madoguchi.app.accounts.models import Member, Organisation
from madoguchi.app.accounts.permission import Actor, may_approve
from madoguchi.app.announcements import address, website
from madoguchi.app.announcements.models import Announcement
from madoguchi.app.announcements.papers import facts_of, to_sign
from madoguchi.app.announcements.queries import current, documents, filings, holding
from madoguchi.app.company.models import Incident
from madoguchi.app.company.paper_facts import public_facts
from madoguchi.app.company.queries import current_sheet
from madoguchi.app.company.queries import facts_of as facts_of_sheet
from madoguchi.app.company.services.incidents import must_be_open
from madoguchi.app.days import legal_day
from madoguchi.app.notices.queries import notices_so_far
from madoguchi.app.service import Done, service
from madoguchi.app.statements.queries import signing_key, well_known
from madoguchi.exchange import carry, sign, statement_digest
from madoguchi.letters.clean import clean
from madoguchi.letters.public import PublicFacts, check_items
from madoguchi.problem import LANGS, Lang, Problem

# What differs from one revision to the next though no fact of the incident does.
OF_THE_PAPER = {"date", "number", "previous_date", "correction", "publication"}


@service(kind="announcements:announcement:prepared", action="paper.prepare", on="incident")
def prepare_announcement(
    *, incident: Incident, by: Member, url: str, lang: Lang = "ja", correction: str | None = None
) -> Done:
    """Prepare the next revision of the announcement from the facts as they stand, for the page at ``url``.

    ``correction`` says what the revision before had wrong, where it did. A draft that is not published is left behind.
    `Problem` for an address that is not https on the official domain, or when neither facts nor address changed since
    the revision that the public sees.
    """
    must_be_open(incident)
    _must_be_a_language(lang)
    # Read anew: the desk or the domain may have changed since the page was opened.
    incident = Incident.objects.select_related("organisation").get(id=incident.id)
    now, sheet, before = timezone.now(), current_sheet(incident), current(incident)
    if correction and before is None:
        raise Problem(
            ja="まだ公表していないため、訂正するものがありません。「訂正」を空にしてください。",
            en="nothing was published yet that could be corrected; leave the correction out",
            place="correction",
        )
    facts = facts_of_sheet(sheet)
    revision = before.revision + 1 if before else 1
    told = public_facts(
        facts,
        incident.organisation,
        date=legal_day(now),
        notices=notices_so_far(incident),
        filings=filings(incident),
        # A first one is called the first only when a second is to be expected.
        number=revision if before or facts.investigating else None,
        previous_date=legal_day(before.published_at) if before else None,
        correction=clean(correction or "").strip() or None,
    )
    check_items(told)
    page = address.checked(url, incident.organisation.domain)
    if before and before.url == page and _same(facts_of(before), told):
        raise Problem(
            ja="前回の公表から変わった事実がありません。事実を改めてから、続報を作ってください。",
            en="no fact has changed since the announcement before; state what is new, then prepare the next",
            place=incident.title,
        )
    announcement = Announcement.objects.create(
        organisation_id=incident.organisation_id,
        incident=incident,
        revision=revision,
        before=before,
        sheet=sheet,
        facts=told.model_dump(mode="json", exclude_none=True),
        lang=lang,
        url=page,
        prepared_by=by,
        prepared_at=now,
    )
    takes_place_of = {"supersedes": str(before.id)} if before else {}
    return Done(
        announcement,
        {**_named(announcement), "facts_version": sheet.version, "url": page, "lang": lang, **takes_place_of},
    )


@service(kind="announcements:announcement:approved", action="paper.approve", on="announcement")
def approve_announcement(*, announcement: Announcement, by: Member) -> Done:
    """Approve an announcement; its papers (statement, FAQ, call script) are kept with the entry.

    `Refused` as `may_approve` says; `Problem` when the facts have moved since it was prepared.
    """
    now = timezone.now()
    answer = may_approve(
        by, announcement, prepared_by=announcement.prepared_by, prepared_at=announcement.prepared_at, now=now
    ).or_refuse()
    incident = _locked(announcement)
    if Announcement.objects.filter(incident=incident, prepared_at__gt=announcement.prepared_at).exists():
        raise Problem(
            ja="この後に新しい公表文が作られています。新しいほうを承認してください。",
            en="a newer announcement was prepared after this one; approve that one",
            place=f"revision {announcement.revision}",
        )
    _must_follow_what_is_published(announcement)
    if current_sheet(incident).id != announcement.sheet_id:
        raise Problem(
            ja="公表文を作った後で、事実が変わっています。公表文を作り直してください。",
            en="the facts have changed since this was prepared; prepare the announcement anew",
            place=f"revision {announcement.revision}",
        )
    won = Announcement.objects.filter(id=announcement.id, approved_at=None).update(approved_by=by, approved_at=now)
    if not won:
        raise _done_already("承認", "approved")
    announcement.refresh_from_db()
    return Done(announcement, {**_named(announcement), "alone": answer.alone}, files=documents(announcement))


@service(kind="announcements:announcement:published", action="paper.send", on="announcement")
def publish_announcement(*, announcement: Announcement, by: Actor, folder: Path) -> Done:
    """Publish an approved announcement: write it into ``folder``, the root of the web site, and enter that it is on-line.

    The page stands where its address says, with PDF, plain text and FAQ beside it, and ``.well-known/madoguchi.json``
    holds every announcement of the organisation that counts. It is signed where there is a key for the official domain;
    the entry says whether it is. `Problem` when it is not approved, or another stands in its place.
    """
    now, incident = timezone.now(), _locked(announcement)
    announcement.refresh_from_db()
    _must_be_approved(announcement)
    organisation = incident.organisation
    address.checked(announcement.url, organisation.domain)
    papers, key = documents(announcement), signing_key(organisation, now)
    signed: dict[str, Any] = {}
    if key:
        announcement.statement_id = uuid4()
        text = papers["公表文.txt"].decode()
        announcement.jws = sign(to_sign(announcement, statement_id=announcement.statement_id, text=text, now=now), key)
        signed = {"statement": str(announcement.statement_id), "statement_sha256": statement_digest(announcement.jws)}
    announcement.published_at = now
    announcement.save(update_fields=["published_at", "statement_id", "jws"])
    document = well_known(organisation, announcements=holding(organisation, now), now=now)
    files = website.pages(announcement.url, papers)
    others = Announcement.objects.filter(organisation_id=organisation.id, published_at__isnull=False)
    if not others.filter(url=announcement.url).exclude(id=announcement.id).exists():
        website.must_be_free(folder, files)
    website.put(folder, files, document)
    attached = carry.attachment(announcement.jws) if key else None
    return Done(
        announcement,
        {**_named(announcement), "url": announcement.url, "signed": bool(key), **signed},
        files={"madoguchi.json": document, **({attached[0]: attached[2]} if attached else {})},
    )


def _must_be_approved(announcement: Announcement) -> None:
    if announcement.approved_at is None:
        raise Problem(
            ja="まだ承認されていません。承認してから公表してください。",
            en="not approved yet; have it approved, then publish it",
            place=f"revision {announcement.revision}",
        )
    if announcement.published_at is not None:
        raise _done_already("公表", "published")
    newer = Announcement.objects.filter(incident=announcement.incident_id, approved_at__gt=announcement.approved_at)
    if newer.exists():
        raise Problem(
            ja="この後に新しい公表文が承認されています。新しいほうを公表してください。",
            en="a newer announcement was approved after this one; publish that one",
            place=f"revision {announcement.revision}",
        )
    _must_follow_what_is_published(announcement)


def _must_follow_what_is_published(announcement: Announcement) -> None:
    """Refuse what was written to follow another revision than the one that the public sees now."""
    published = current(announcement.incident)
    if published and published.id not in (announcement.before_id, announcement.id):
        raise Problem(
            ja="この公表文を作った後に、別の版が公表されています。公表文を作り直してください。",
            en="another revision was published since this one was prepared; prepare the announcement anew",
            place=f"revision {announcement.revision}",
        )


def _must_be_a_language(lang: str) -> None:
    if lang not in LANGS:
        raise Problem(
            ja=f"この言語の公表文はありません。{'、'.join(LANGS)} のどれかにしてください。",
            en=f"there is no announcement in this language; choose one of {', '.join(LANGS)}",
            place="lang",
        )


def _locked(announcement: Announcement) -> Incident:
    """Return the incident; others who approve or publish for the organisation wait, since one document lists them all."""
    Organisation.objects.select_for_update(no_key=True).get(id=announcement.organisation_id)
    return Incident.objects.select_related("organisation").get(id=announcement.incident_id)


def _same(before: PublicFacts, now: PublicFacts) -> bool:
    return before.model_dump(exclude=OF_THE_PAPER) == now.model_dump(exclude=OF_THE_PAPER)


def _named(announcement: Announcement) -> dict[str, Any]:
    return {"announcement": str(announcement.id), "revision": announcement.revision}


def _done_already(ja: str, en: str) -> Problem:
    return Problem(ja=f"すでに{ja}されています。", en=f"it is {en} already; nothing was changed")
