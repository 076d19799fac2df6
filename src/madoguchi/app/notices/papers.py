"""One person's notice as a letter and as a signed statement, from the facts on which the round was approved."""

from datetime import datetime, timedelta
from uuid import uuid4

from madoguchi import exchange
from madoguchi.app.company import masks
from madoguchi.app.company.models import Person
from madoguchi.app.company.paper_facts import notice_facts
from madoguchi.app.company.queries import facts_of
from madoguchi.app.days import legal_day
from madoguchi.app.notices.models import Channel, Notice
from madoguchi.app.statements.queries import desk_windows
from madoguchi.letters import notice as notice_letter
from madoguchi.letters.letter import Letter
from madoguchi.scope import Contact

# A person may bring a notice to the desk, or to court, long after: the statement holds as long as a notice is kept.
HOLDS = timedelta(days=1830)


def letter(notice: Notice, *, contact: Contact | None) -> Letter:
    """Return the notice, addressed to ``contact``; without one it is a sample that names nobody.

    Only this person's own items stand in it; an item that is proved is not named again as possible.
    """
    round_ = notice.round
    return notice_letter.make(
        notice_facts(
            facts_of(round_.sheet),
            round_.incident.organisation,
            date=legal_day(round_.approved_at or round_.prepared_at),
            person=contact.name if contact else None,
            address=_postal(contact) if contact and notice.channel == Channel.POST else None,
            **own_items(notice.person),
            reference=notice.reference if contact else "XXXXX-XXXXX",
            lang=round_.lang,
        ),
        round_.lang,
    )


def own_items(person: Person) -> dict[str, list[str]]:
    """Return what a notice names of a person, ``proved`` and ``possible``: an item that is proved stands there alone."""
    return {"proved": masks.items(person.proved), "possible": masks.items(person.possible & ~person.proved)}


def statement(notice: Notice, *, title: str, text: str, now: datetime) -> exchange.Notice:
    """Return the facts of a notice as the statement to be signed, for the letter called ``title`` with the plain ``text``."""
    round_, facts = notice.round, facts_of(notice.round.sheet)
    items = own_items(notice.person)
    own = {key for keys in items.values() for key in keys}
    days = facts.occurred
    return exchange.Notice(
        issuer=round_.incident.organisation.domain,
        issued=now,
        expires=now + HOLDS,
        id=str(uuid4()),
        body=exchange.NoticeBody(
            organisation=round_.incident.organisation.name,
            incident=exchange.Incident(id=str(round_.incident_id), title=title),
            reference=notice.reference,
            lang=round_.lang,
            letter_sha256=exchange.letter_digest(text),
            items=tuple(exchange.ItemTier(key=key, tier=tier) for tier, keys in items.items() for key in keys),
            not_leaked=tuple(key for key in facts.not_affected or () if key not in own),
            dates=exchange.Dates(
                occurred_from=days.start if days else None,
                occurred_to=days.end if days else None,
                known_on=facts.known_on,
            ),
            cause=facts.cause.kind,
            secondary_harm=facts.secondary_harm.state or "unknown",
            windows=desk_windows(round_.incident.organisation),
        ),
    )


def _postal(contact: Contact) -> str:
    return " ".join(part for part in (contact.postal_code and f"〒{contact.postal_code}", contact.address) if part)
