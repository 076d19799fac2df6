"""The case file of a person's case: the whole record, to be verified by anybody without us."""

from madoguchi.app.accounts.permission import Actor
from madoguchi.app.log import course
from madoguchi.app.log.queries import case_file
from madoguchi.app.person.models import Case
from madoguchi.app.service import Done, service
from madoguchi.problem import Problem


@service(kind="person:case_file:exported", action="case.export", on="case")
def announce_export(*, case: Case, by: Actor, to: str) -> Done:
    """Enter that the case file is handed out, and to whom; the course of the case up to here goes with the entry."""
    if not to.strip():
        raise Problem(
            ja="だれに渡すかが書かれていません。相談先や保管場所を記入してください。",
            en="it is not said to whom the case file goes; name the adviser, the authority or your own safe",
            place="to",
        )
    return Done(None, {"to": to.strip()}, files={course.NAME: course.course(case.record_log()).encode()})


def export_case_file(*, case: Case, by: Actor, to: str) -> bytes:
    """Return the case file of a case; that it was handed out is the last entry in it."""
    announce_export(case=case, by=by, to=to)
    return case_file(case.record_log())
