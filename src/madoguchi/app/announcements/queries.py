"""Announcements as documents, which one counts, and those that hold for the organisation's site."""

from datetime import datetime
from typing import Any

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.announcements.models import Announcement
from madoguchi.app.announcements.papers import questions, script, statement
from madoguchi.app.company.models import Incident
from madoguchi.app.days import legal_day
from madoguchi.app.reports.models import Report
from madoguchi.app.reports.queries import destination
from madoguchi.app.statements.queries import keyset
from madoguchi.exchange import NotAccepted, Trusted, open_statement
from madoguchi.letters import render

# As many as the published document takes (exchange.wellknown).
MOST = 100


def current(incident: Incident) -> Announcement | None:
    """Return the revision that stands on the site now: the last one published."""
    published = Announcement.objects.filter(incident=incident, published_at__isnull=False)
    return published.order_by("-revision").select_related("incident__organisation").first()


def documents(announcement: Announcement) -> dict[str, bytes]:
    """Return an announcement's papers by file name: the statement, the FAQ, and the call script for the staff."""
    paper, answers, calls = statement(announcement), questions(announcement), script(announcement)
    paper_pdf, calls_pdf = render.pdfs([paper, calls])
    return {
        "公表文.txt": render.text(paper).encode(),
        "公表文.html": render.html(paper).encode(),
        "公表文.pdf": paper_pdf,
        "FAQ.txt": render.text(answers).encode(),
        "FAQ.html": render.html(answers).encode(),
        "電話対応.pdf": calls_pdf,
    }


def filings(incident: Incident) -> list[dict[str, Any]]:
    """Return that the incident was reported to the authority, as soon as one version of the report was filed."""
    first = Report.objects.filter(incident=incident, filed_at__isnull=False).order_by("filed_at").first()
    if first is None:
        return []
    to = {duty["to"] for duty in first.assessment.answer["duties"] if duty["id"] == "final_report"}
    named = {"to": "ppc"} if to == {"ppc"} else {"to": "authority", "name": destination(first.assessment)}
    return [{**named, "state": "done", "date": legal_day(first.filed_at)}]


def publication(incident: Incident) -> dict[str, Any]:
    """Return item 7 of a report as the announcements themselves tell it; empty when none was published."""
    first = Announcement.objects.filter(incident=incident, published_at__isnull=False).order_by("revision").first()
    return {"state": "done", "date": legal_day(first.published_at), "methods": ["web"]} if first else {}


def holding(organisation: Organisation, now: datetime) -> list[str]:
    """Return the signed announcements that a reader accepts at ``now``, the newest revision of each incident, oldest first.

    One that was published without a signature takes the place of a signed one before it, and is not among them.
    """
    published = Announcement.objects.filter(organisation=organisation, published_at__isnull=False)
    newest = {row.incident_id: row for row in published.order_by("published_at", "revision")}
    trusted = {organisation.domain: {key.kid: key for key in keyset(organisation)}}
    rows = sorted(newest.values(), key=lambda row: row.published_at)
    return [row.jws for row in rows if row.jws and _counts(row.jws, trusted, now)][-MOST:]


def _counts(jws: str, trusted: Trusted, now: datetime) -> bool:
    try:
        return bool(open_statement(jws, trusted=trusted, now=now, expect=("announcement",)))
    except NotAccepted:
        return False
