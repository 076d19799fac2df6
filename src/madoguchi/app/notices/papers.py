"""One person's notice as a letter, from the facts on which the round was approved."""

from madoguchi.app.company import masks
from madoguchi.app.company.models import Person
from madoguchi.app.company.paper_facts import notice_facts
from madoguchi.app.company.queries import facts_of
from madoguchi.app.days import legal_day
from madoguchi.app.notices.models import Channel, Notice
from madoguchi.letters import notice as notice_letter
from madoguchi.letters.letter import Letter
from madoguchi.scope import Contact


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


def _postal(contact: Contact) -> str:
    return " ".join(part for part in (contact.postal_code and f"〒{contact.postal_code}", contact.address) if part)
