"""The case file of an incident: the whole record, to be verified by anybody without us."""

from madoguchi.app.accounts.models import Member
from madoguchi.app.company.models import Incident
from madoguchi.app.log.queries import case_file
from madoguchi.app.service import Done, service


@service(kind="company:case_file:exported", action="record.export", on="incident")
def announce_export(*, incident: Incident, by: Member, to: str) -> Done:
    """Enter that the case file is handed out, and to whom (``to``: an authority, a lawyer, our own safe)."""
    return Done(None, {"to": to})


def export_case_file(*, incident: Incident, by: Member, to: str) -> bytes:
    """Return the case file of an incident; that it was handed out is the last entry in it."""
    announce_export(incident=incident, by=by, to=to)
    return case_file(incident.record_log())
