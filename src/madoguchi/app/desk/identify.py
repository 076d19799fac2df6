"""Who asks: which means of identification hold, and when they are enough (法37条, 施行令12-13条).

The desk tells by name only which items leaked, never a value, and sends it only to the address on the list. For that the
code of the notice together with the address that the notice went to is enough; either alone is not.
"""

from collections.abc import Collection

from madoguchi.app.company.models import Incident, Person
from madoguchi.app.company.queries import current_scan
from madoguchi.app.company.services.scans import index
from madoguchi.app.desk.arrival import Arrival
from madoguchi.app.desk.models import Means
from madoguchi.app.notices.models import Notice
from madoguchi.text import emails

ALONE = frozenset({Means.CODE, Means.DOCUMENT, Means.CALL_BACK})
TOGETHER = frozenset({Means.REFERENCE, Means.ADDRESS})


def enough(held: Collection[str]) -> bool:
    """Tell whether the means that hold identify the asker."""
    return bool(ALONE & set(held)) or set(held) >= TOGETHER


def notice_of(organisation_id, reference: str | None) -> Notice | None:
    """Return the notice with the code ``reference``, or None."""
    if not reference:
        return None
    found = Notice.objects.filter(organisation_id=organisation_id, reference=reference)
    return found.select_related("person__incident", "round__incident").first()


def claimed(arrival: Arrival) -> set[str]:
    """Return the canonical addresses that the mail came from: of its From alone, since anybody can name any other."""
    return {address for address in (emails.canonical(arrival.sender or ""),) if address}


def people_at(incident: Incident, addresses: Collection[str]) -> list[Person]:
    """Return the people of the incident whose address on the list is one of ``addresses`` (several share one)."""
    scan = current_scan(incident)
    if scan is None:
        return []
    wanted = [index(incident, "email", address) for address in addresses]
    return list(scan.people.filter(by_email__in=wanted).order_by("number"))
