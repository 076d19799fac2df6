"""What a second person approved for others to read, in a round of notices or an announcement: that alone is told.

What was not approved is told to nobody, whoever asks first.
"""

from django.db.models import Q

from madoguchi.app.announcements.models import Announcement
from madoguchi.app.company.models import FactSheet, Incident, Person, Scan
from madoguchi.app.notices.models import Round
from madoguchi.app.notices.papers import own_items
from madoguchi.problem import Problem


def sheet(incident: Incident) -> FactSheet:
    """Return the newest facts that are approved; `Problem` where there are none yet."""
    rounds, announcements = (
        model.objects.filter(incident=incident, approved_at__isnull=False).values("sheet")
        for model in (Round, Announcement)
    )
    found = FactSheet.objects.filter(Q(id__in=rounds) | Q(id__in=announcements), incident=incident)
    newest = found.order_by("-version").first()
    if newest is None:
        raise Problem(
            ja="承認された事実がまだありません。先に、本人通知か公表文を承認してもらってください。",
            en="no facts are approved yet; have the notices or the announcement approved first",
            place=incident.title,
        )
    return newest


def items(person: Person) -> dict[str, list[str]] | None:
    """Return the person's items (`own_items`) as the last scan before the approved facts has them.

    None where that scan does not have the person, or there was none: then what is theirs is not approved.
    """
    before = Scan.objects.filter(incident=person.incident_id, finished_at__lte=sheet(person.incident).stated_at)
    scan = before.order_by("-finished_at").first()
    row = scan.people.filter(by_list_id=bytes(person.by_list_id)).first() if scan else None
    return own_items(row) if row else None
