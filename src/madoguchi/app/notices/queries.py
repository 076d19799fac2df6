"""How far the notices of an incident are."""

from typing import Any

from django.db.models import Count

from madoguchi.app.company.models import Incident
from madoguchi.app.days import legal_day
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.notices.models import Channel, Notice, Round

METHODS = {Channel.EMAIL: "email", Channel.POST: "post"}


def notices_so_far(incident: Incident) -> dict[str, Any]:
    """Return item 6 of a report as the notices themselves tell it; empty when none was prepared.

    ``done`` only when every notice that has a way was handed over: sent mails whose end is known, letters printed.
    """
    rounds = Round.objects.filter(incident=incident)
    # A draft that was prepared anew is not what people are told; the newest counts until one is approved.
    counted = rounds.filter(approved_at__isnull=False) or rounds.order_by("-prepared_at")[:1]
    notices = Notice.objects.filter(round__in=[round_.id for round_ in counted])
    reachable = notices.exclude(channel=Channel.NONE)
    if not reachable.exists():
        return {}
    issued = reachable.filter(issued_at__isnull=False)
    methods = sorted(METHODS[channel] for channel in set(reachable.values_list("channel", flat=True)))
    sent = deliveries(incident)
    told = sent.get(State.SENT, 0) + issued.filter(channel=Channel.POST).count()
    if not issued.exists():
        return {"state": "planned", "methods": methods, "count": reachable.count()}
    whole = told == reachable.count()
    day = legal_day(issued.latest("issued_at").issued_at)
    return {"state": "done" if whole else "under_way", "date": day, "methods": methods, "count": told}


def deliveries(incident: Incident) -> dict[str, int]:
    """Return how many mails about the incident are in which state."""
    rows = OutgoingMail.objects.filter(log=incident.record_log()).values("state").annotate(count=Count("id"))
    return {row["state"]: row["count"] for row in rows}
