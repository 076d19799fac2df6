"""The case file of an incident: the whole record, to be verified by anybody without us."""

from madoguchi.app.accounts.models import Member
from madoguchi.app.company.models import Incident
from madoguchi.app.log import course
from madoguchi.app.log.queries import case_file
from madoguchi.app.service import Done, service
from madoguchi.problem import Problem


@service(kind="company:case_file:exported", action="record.export", on="incident")
def announce_export(*, incident: Incident, by: Member, to: str) -> Done:
    """Enter that the case file is handed out, and to whom (``to``: an authority, a lawyer, our own safe).

    The course of the incident up to here (経過.txt) is kept with the entry, for readers of the case file.
    """
    if not to.strip():
        raise Problem(
            ja="だれに渡すかが書かれていません。提出先や保管場所を記入してください。",
            en="it is not said to whom the case file goes; name the authority, the lawyer or the safe",
            place="to",
        )
    return Done(None, {"to": to.strip()}, files={course.NAME: course.course(incident.record_log()).encode()})


def export_case_file(*, incident: Incident, by: Member, to: str) -> bytes:
    """Return the case file of an incident; that it was handed out is the last entry in it."""
    announce_export(incident=incident, by=by, to=to)
    return case_file(incident.record_log())
