"""How far the notices of an incident are."""

from typing import Any

from django.db.models import Count, QuerySet

from madoguchi.app.company.models import Incident
from madoguchi.app.company.queries import current_scan
from madoguchi.app.company.services.scans import beyond_the_list
from madoguchi.app.days import legal_day
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.notices.models import Channel, Notice, Round

METHODS = {Channel.EMAIL: "email", Channel.POST: "post"}


def notices_so_far(incident: Incident) -> dict[str, Any]:
    """Return item 6 of a report as the notices themselves tell it; empty when none was prepared.

    ``done`` only when every notice that has a way was handed over: mails that were sent and did not come back, letters
    printed.
    """
    rounds = Round.objects.filter(incident=incident)
    # A draft that was prepared anew is not what people are told; the newest counts until one is approved.
    counted = rounds.filter(approved_at__isnull=False) or rounds.order_by("-prepared_at")[:1]
    notices = Notice.objects.filter(round__in=[round_.id for round_ in counted])
    reachable = notices.exclude(channel=Channel.NONE)
    if not reachable.exists():
        return {}
    issued = reachable.filter(issued_at__isnull=False)
    others = _others(notices, incident)
    methods = sorted(METHODS[channel] for channel in set(reachable.values_list("channel", flat=True)))
    # The mails of these notices alone: the desk's answers are in the same log. What came back told nobody.
    by_mail = issued.filter(channel=Channel.EMAIL).values("id")
    arrived = OutgoingMail.objects.filter(state=State.SENT, subject__in=by_mail, bounces=None).count()
    told = arrived + issued.filter(channel=Channel.POST).count()
    if not issued.exists():
        return {"state": "planned", "methods": methods, "count": reachable.count(), **others}
    whole = told == reachable.count()
    day = legal_day(issued.latest("issued_at").issued_at)
    return {"state": "done" if whole else "under_way", "date": day, "methods": methods, "count": told, **others}


def _others(notices: QuerySet[Notice], incident: Incident) -> dict[str, str]:
    """Return what is said of those whom no notice can reach: no address on the list, or not on the list at all."""
    scan = current_scan(incident)
    count = notices.filter(channel=Channel.NONE).count() + (beyond_the_list(scan) if scan else 0)
    told = f"連絡先が分からない方と名簿にない方（{count}人）には、公表などの代替措置でお知らせします。"
    return {"detail": told} if count else {}


def deliveries(incident: Incident) -> dict[str, int]:
    """Return how many mails about the incident are in which state."""
    rows = OutgoingMail.objects.filter(log=incident.record_log()).values("state").annotate(count=Count("id"))
    return {row["state"]: row["count"] for row in rows}
