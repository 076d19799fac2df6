"""An announcement as papers and as a signed statement, from the facts on which it was prepared."""

from datetime import datetime
from uuid import UUID

from madoguchi import exchange
from madoguchi.app.announcements.models import Announcement
from madoguchi.app.company.models import Scan
from madoguchi.app.days import legal_day
from madoguchi.app.notices.papers import HOLDS
from madoguchi.app.statements.queries import desk_windows
from madoguchi.letters import call_script, faq
from madoguchi.letters import statement as statement_letter
from madoguchi.letters.letter import Letter
from madoguchi.letters.public import PublicFacts
from madoguchi.text import datafile


def facts_of(announcement: Announcement) -> PublicFacts:
    """Return the facts of an announcement as they were when it was prepared, dated with the day of its approval."""
    day = legal_day(announcement.approved_at or announcement.prepared_at)
    return datafile.check(PublicFacts, {**announcement.facts, "date": day})


def statement(announcement: Announcement) -> Letter:
    """Return the public statement (公表文), with what changed since the revision before."""
    facts, before = facts_of(announcement), None
    if announcement.before:
        # The day on which the public saw it, which may be later than that of its approval.
        before = facts_of(announcement.before).model_copy(update={"date": facts.previous_date})
    return statement_letter.make(facts, announcement.lang, before=before)


def questions(announcement: Announcement) -> Letter:
    """Return the questions and answers (よくあるご質問)."""
    return faq.make(facts_of(announcement), announcement.lang)


def script(announcement: Announcement) -> Letter:
    """Return the call script (電話対応の手引き), which is for the staff and never published."""
    return call_script.make(facts_of(announcement), announcement.lang)


def to_sign(announcement: Announcement, *, statement_id: UUID, text: str, now: datetime) -> exchange.Announcement:
    """Return the facts of an announcement as the statement to be signed, for the page with the plain ``text``."""
    facts, organisation, before = facts_of(announcement), announcement.incident.organisation, announcement.before
    period = facts.occurred
    return exchange.Announcement(
        issuer=organisation.domain,
        issued=now,
        expires=now + HOLDS,
        id=str(statement_id),
        body=exchange.AnnouncementBody(
            organisation=facts.company,
            title=statement(announcement).title,
            url=announcement.url,
            published=legal_day(now),
            incident=exchange.Incident(id=str(announcement.incident_id), title=_name(announcement)),
            revision=announcement.revision,
            # One that could not be signed has an id too: the number of this one says that it was there.
            supersedes=str(before.statement_id or before.id) if before else None,
            persons=_persons(facts),
            letter_sha256=exchange.letter_digest(text),
            items=_items(announcement, facts),
            not_leaked=tuple(dict.fromkeys(facts.not_affected)),
            dates=exchange.Dates(
                occurred_from=period.start if period else None,
                occurred_to=period.end if period else None,
                known_on=facts.discovered,
            ),
            cause=facts.cause,
            secondary_harm=facts.secondary_harm or "unknown",
            windows=desk_windows(organisation),
        ),
    )


def _name(announcement: Announcement) -> str:
    """Return what the public calls the incident, the same in each revision: the title of the first one."""
    first = announcement
    while first.before:
        first = first.before
    return statement(first).title


def _persons(facts: PublicFacts) -> exchange.Persons | None:
    confirmed, upper = facts.persons.confirmed, facts.persons.upper
    if confirmed is None and upper is None:
        return None
    known = facts.certainty == "occurred" and confirmed is not None and upper in (None, confirmed)
    most = confirmed if upper is None else upper
    return exchange.Persons(value=most, qualifier="exact" if known else "max")


def _items(announcement: Announcement, facts: PublicFacts) -> tuple[exchange.ItemTier, ...]:
    """Return the items, as proved where the scan saw them in what leaked; without a scan as the company is certain."""
    scans = Scan.objects.filter(incident=announcement.incident_id, finished_at__lte=announcement.prepared_at)
    scan = scans.order_by("-finished_at").first()
    seen = scan.summary["items"] if scan else {}
    found = {item for tier in seen.values() for item in tier}

    def proved(item: str) -> bool:
        return facts.certainty == "occurred" and (item in seen.get("proved", {}) or item not in found)

    return tuple(
        exchange.ItemTier(key=key, tier="proved" if proved(key) else "possible")
        for key in dict.fromkeys(facts.items or ())
    )
