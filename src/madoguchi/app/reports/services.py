"""The only writers of reports: prepared from the facts, approved by a second person, filed with the number received."""

from datetime import date

from django.utils import timezone

from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import may_approve
from madoguchi.app.company.models import Assessment, Incident
from madoguchi.app.company.paper_facts import report_facts
from madoguchi.app.company.queries import current_assessment, current_sheet, facts_of
from madoguchi.app.company.services.incidents import must_be_open
from madoguchi.app.notices.queries import notices_so_far
from madoguchi.app.reports.models import Report, ReportKind
from madoguchi.app.reports.queries import destination, documents, last_approved, letter_facts, next_version
from madoguchi.app.service import Done, service
from madoguchi.letters import report as report_letter
from madoguchi.problem import Problem

NUMBER_LENGTH = 100


@service(kind="reports:report:prepared", action="paper.prepare", on="incident")
def prepare_report(*, incident: Incident, by: Member, kind: str, dated: date) -> Done:
    """Prepare the next version of the report from the facts as they stand, dated with the legal day ``dated``.

    What an earlier version said and the facts now leave out stays (a blank is not a deletion); the reception number is
    kept. A draft that was not approved is left behind. `Problem` when the duties were not assessed on these facts.
    """
    must_be_open(incident)
    sheet, assessment, before = current_sheet(incident), current_assessment(incident), last_approved(incident)
    if assessment is None or assessment.sheet_id != sheet.id:
        raise Problem(
            ja="事実が変わってから、まだ義務を確かめていません。先に義務を確かめてください。",
            en="the duties were not assessed since the facts changed; assess them first",
            place=incident.title,
        )
    facts = report_facts(
        facts_of(sheet),
        incident.organisation,
        kind=kind,
        date=dated,
        situations=assessment.answer["situations"],
        destination=destination(assessment),
        notices=notices_so_far(incident) or _to_come(assessment),
        before={"reception_number": before.reception_number or None} if before else {},
    )
    if before:
        facts = report_letter.carry(letter_facts(before), facts)
    report = Report.objects.create(
        organisation_id=incident.organisation_id,
        incident=incident,
        kind=ReportKind(kind),
        version=next_version(incident),
        before=before,
        sheet=sheet,
        assessment=assessment,
        facts=facts.model_dump(mode="json", exclude_none=True),
        prepared_by=by,
        prepared_at=timezone.now(),
        reception_number=before.reception_number if before else "",
    )
    return Done(
        report, {"report": str(report.id), "kind": kind, "version": report.version, "facts_version": sheet.version}
    )


@service(kind="reports:report:approved", action="paper.approve", on="report")
def approve_report(*, report: Report, by: Member) -> Done:
    """Approve a report; its papers (text, HTML, PDF) are kept with the entry. `Refused` as `may_approve` says."""
    now = timezone.now()
    answer = may_approve(
        by, report, prepared_by=report.prepared_by, prepared_at=report.prepared_at, now=now
    ).or_refuse()
    if next_version(report.incident) > report.version + 1:
        raise Problem(
            ja="この後に新しい版が作られています。新しい版を承認してください。",
            en="a newer version was prepared after this one; approve that one",
            place=f"version {report.version}",
        )
    won = Report.objects.filter(id=report.id, approved_at=None).update(approved_by=by, approved_at=now)
    if not won:
        raise _done_already("承認", "approved")
    report.refresh_from_db()
    payload = {"report": str(report.id), "version": report.version, "alone": answer.alone}
    return Done(report, payload, files=documents(report))


@service(kind="reports:report:filed", action="paper.send", on="report")
def file_report(*, report: Report, by: Member, reception_number: str) -> Done:
    """Enter that an approved report was filed on the authority's form, and the number it was given (受付番号)."""
    if not reception_number.strip():
        raise Problem(
            ja="受付番号がありません。提出後の画面かメールにある番号を記入してください。",
            en="the reception number is missing; it stands on the page or in the mail after filing",
            place="reception_number",
        )
    if len(reception_number.strip()) > NUMBER_LENGTH:
        raise Problem(
            ja=f"受付番号が長すぎます。番号だけを{NUMBER_LENGTH}文字までで記入してください。",
            en=f"the reception number is too long; enter the number alone, at most {NUMBER_LENGTH} characters",
            place="reception_number",
        )
    report.refresh_from_db()
    if report.approved_at is None:
        raise Problem(
            ja="まだ承認されていません。承認してから提出してください。",
            en="not approved yet; have it approved, then file it",
            place=f"version {report.version}",
        )
    won = Report.objects.filter(id=report.id, filed_at=None).update(
        filed_at=timezone.now(), reception_number=reception_number.strip()
    )
    if not won:
        raise _done_already("提出", "filed")
    report.refresh_from_db()
    payload = {"report": str(report.id), "version": report.version, "reception_number": report.reception_number}
    return Done(report, payload)


def _to_come(assessment: Assessment) -> dict[str, str]:
    """Return item 6 before any notice is prepared: planned, where the law asks for it."""
    duties = assessment.answer["duties"]
    asked = any(duty["id"] == "notify_person" and duty["status"] == "required" for duty in duties)
    return {"state": "planned"} if asked else {}


def _done_already(ja: str, en: str) -> Problem:
    return Problem(ja=f"すでに{ja}されています。", en=f"it is {en} already; nothing was changed")
