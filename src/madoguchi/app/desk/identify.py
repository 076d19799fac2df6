"""Who asks: which means of identification hold, and when they are enough (法37条, 施行令12-13条).

The desk tells by name only which items leaked, never a value, and sends it only to the address on the list. For that the
code of the notice together with the address that the notice went to is enough; either alone is not.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from madoguchi.app.company.models import Incident, Person
from madoguchi.app.company.queries import current_scan
from madoguchi.app.company.services.scans import contact_of, index
from madoguchi.app.desk.arrival import Arrival
from madoguchi.app.desk.models import Inquiry, Means
from madoguchi.app.mail.message import deliverable
from madoguchi.app.notices.models import Notice
from madoguchi.text import emails

ALONE = frozenset({Means.CODE, Means.DOCUMENT, Means.CALL_BACK})
TOGETHER = frozenset({Means.REFERENCE, Means.ADDRESS})


def enough(held: Collection[str]) -> bool:
    """Tell whether the means that hold identify the asker."""
    return bool(ALONE & set(held)) or set(held) >= TOGETHER


def notice_of(organisation_id: UUID, arrival: Arrival) -> Notice | None:
    """Return the notice whose code is quoted, or None.

    Where several are (two incidents, two people of one household), it is one that went to the address the mail came
    from, else the one quoted first.
    """
    found = Notice.objects.filter(organisation_id=organisation_id, reference__in=arrival.references)
    order = {reference: at for at, reference in enumerate(arrival.references)}
    quoted = sorted(found.select_related("person__incident", "round__incident"), key=lambda one: order[one.reference])
    return next((one for one in quoted if comes_from(arrival, one.person)), quoted[0] if quoted else None)


def comes_from(arrival: Arrival, person: Person) -> bool:
    """Tell whether the mail came from the person's address on the list: by its From alone, since anybody can name any."""
    return bool(arrival.sender) and arrival.sender == _listed(person)


def code_for(inquiry: Inquiry, arrival: Arrival) -> tuple[str | None, list[Person]]:
    """Return the address on the list that a code goes to, as the list writes it, and the people who share that address.

    It is the one the mail came from, else the one that the asker says is theirs, else that of the quoted notice: where
    that is not the asker's, they learn nothing. ``(None, [])`` where none of these stands on the list of the incident.
    """
    incident = inquiry.incident
    for said in (arrival.sender, arrival.person.get("email"), _listed(inquiry.notice.person) if inquiry.notice else ""):
        people = people_at(incident, emails.canonical(str(said or "")) or "") if incident else []
        if to := next((to for one in people if (to := deliverable(contact_of(one).email or ""))), None):
            return to, people
    return None, []


def people_at(incident: Incident, address: str) -> list[Person]:
    """Return the people of the incident whose address on the list is ``address`` (canonical); several may share it."""
    scan = current_scan(incident)
    if scan is None or not address:
        return []
    return list(scan.people.filter(by_email=index(incident, "email", address)).order_by("number"))


def who(people: Sequence[Person], inquiry: Inquiry) -> Person | None:
    """Return who of those that share an address asks: the only one, or the one whose notice is quoted; else None."""
    quoted = inquiry.notice.person if inquiry.notice else None
    named = [one for one in people if quoted and bytes(one.by_list_id) == bytes(quoted.by_list_id)]
    return next(iter(named), people[0] if len(people) == 1 else None)


def _listed(person: Person) -> str:
    return emails.canonical(contact_of(person).email or "") or ""
