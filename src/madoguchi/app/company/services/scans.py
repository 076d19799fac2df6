"""What a scan found becomes the incident's people, their exposures, and the facts that follow from them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from madoguchi.app.accounts.models import Member
from madoguchi.app.company import facts as incident_facts
from madoguchi.app.company import masks
from madoguchi.app.company.models import Exposure, Incident, Person, Scan
from madoguchi.app.company.queries import current_facts
from madoguchi.app.company.services.incidents import must_be_open, new_sheet
from madoguchi.app.days import legal_day
from madoguchi.app.service import Done, service
from madoguchi.app.vault import seal
from madoguchi.problem import Problem
from madoguchi.scope import Contact, Result
from madoguchi.text import emails, phones

ROWS_AT_ONCE = 500
# The last digits or the expiry alone are no card data that anybody could pay with (PPC FAQ Q6-12).
CARD_ITEMS = masks.mask(("card_number", "card_security_code"))


@service(kind="company:scan:taken", action="incident.change", on="incident")
def take_scan(*, incident: Incident, by: Member, result: Result, contacts: Mapping[str, Contact]) -> Done:
    """Take over what `scope.scan` found, with the contact data of the list (by the list's id).

    Contact data is sealed under the incident's key; items, tiers and places of proof stand plain. The facts that follow
    (items, how many people, how many with card data) are stated as a new sheet. `Problem` when a person of the result
    stands in no list. Earlier scans stay; the last one counts.
    """
    must_be_open(incident)
    now = timezone.now()
    scan = Scan.objects.create(
        organisation_id=incident.organisation_id, incident=incident, finished_at=now, summary=_plain(result.summary)
    )
    people = {
        affected.id: _person(scan, number, _contact(affected.id, contacts))
        for number, affected in enumerate(result.people, start=1)
    }
    for exposure in result.exposures:
        person = people[exposure.person]
        setattr(person, exposure.tier, getattr(person, exposure.tier) | masks.mask([exposure.item]))
    Person.objects.bulk_create(people.values(), batch_size=ROWS_AT_ONCE)
    Exposure.objects.bulk_create(
        (
            Exposure(
                organisation_id=incident.organisation_id,
                person=people[found.person],
                item=found.item,
                tier=found.tier,
                key=found.key,
                source=found.source,
                place=found.place,
                offset=found.offset,
                length=found.length,
                count=found.count,
            )
            for found in result.exposures
        ),
        batch_size=ROWS_AT_ONCE,
    )
    facts = incident_facts.read(
        _facts(people.values(), beyond_the_list(scan)), today=legal_day(now), before=current_facts(incident)
    )
    sheet = new_sheet(incident, facts, by=by, reason=f"scan {scan.id}")
    payload = {
        "scan": str(scan.id),
        "facts_version": sheet.version,
        "people": result.summary["people"],
        "items": result.summary["items"],
        "read": result.summary["files"],
        "unread": len(result.summary["unread"]),
    }
    return Done(scan, payload)


def contact_of(person: Person) -> Contact:
    """Return the sealed contact data of a person."""
    return Contact(**json.loads(seal.open_text(person.incident.seal_key, _place(person), bytes(person.contact))))


def index(incident: Incident, kind: str, value: str) -> bytes:
    """Return the blind index by which a canonical value of ``kind`` (``email``, ``phone``, ``list_id``) is looked up.

    Each incident has a key of its own for it, so that what is destroyed with the incident ties to nobody either.
    """
    return seal.blind_index(f"{incident.seal_key}:index", kind, value)


def beyond_the_list(scan: Scan) -> int:
    """Return how many people were within reach who stand on no list: known to be there, not who they are."""
    return scan.summary.get("reach", {}).get("not_in_list", 0)


def _plain(summary: dict[str, Any]) -> dict[str, Any]:
    """Return the summary without the values that too many people share: they are still somebody's phone or address."""
    shared = [{key: value for key, value in row.items() if key != "value"} for row in summary["not_identifying"]]
    return {**summary, "not_identifying": shared}


def _person(scan: Scan, number: int, contact: Contact) -> Person:
    person = Person(organisation_id=scan.organisation_id, incident=scan.incident, scan=scan, number=number)
    person.contact = seal.seal(
        scan.incident.seal_key, _place(person), json.dumps(contact._asdict(), ensure_ascii=False)
    )
    email, phone = emails.canonical(contact.email or ""), phones.canonical(contact.phone or "")
    person.by_list_id = index(scan.incident, "list_id", contact.id)
    person.by_email = index(scan.incident, "email", email) if email else None
    person.by_phone = index(scan.incident, "phone", phone) if phone else None
    return person


def _contact(list_id: str, contacts: Mapping[str, Contact]) -> Contact:
    contact = contacts.get(list_id)
    if contact is None:
        raise Problem(
            ja="調査の結果にある人が名簿にいません。調査に使った名簿と同じものを指定してください。",
            en="a person of the result is not on the list; give the same list that the scan used",
            place=list_id[:40],
        )
    return contact


def _facts(people: Iterable[Person], beyond: int) -> dict[str, Any]:
    """Return what follows from the people: who was proved is confirmed, all who may be are the upper bound.

    ``beyond`` are those within reach who stand on no list; the law counts by the most there may be (通則編 3-5-3-1).
    """
    people = list(people)
    if not people:
        return {"persons": {"confirmed": 0, "upper": beyond}, "persons_with_card": 0}
    union = 0
    for person in people:
        union |= person.proved | person.possible or person.population
    proved = sum(1 for person in people if person.proved)
    with_card = sum(1 for person in people if (person.proved | person.possible) & CARD_ITEMS)
    # Whoever is beyond the list was within the same reach, and so were the cards that they typed.
    if any(person.possible & CARD_ITEMS for person in people):
        with_card += beyond
    return {
        "items": masks.items(union),
        "persons": {"confirmed": proved, "upper": len(people) + beyond},
        "persons_with_card": with_card,
    }


def _place(person: Person) -> str:
    return seal.place("company_person", person.id, "contact")
