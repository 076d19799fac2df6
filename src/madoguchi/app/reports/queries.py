"""Reports as papers, and which came last."""

from django.db.models import Max

from madoguchi.app.company.models import Assessment, Incident
from madoguchi.app.reports.models import Report
from madoguchi.letters import render
from madoguchi.letters import report as report_letter
from madoguchi.letters.letter import Letter
from madoguchi.letters.report import ReportFacts
from madoguchi.problem import Lang
from madoguchi.text import datafile


def last_approved(incident: Incident) -> Report | None:
    """Return the newest version that was approved: what the authority knows, or is about to."""
    return Report.objects.filter(incident=incident, approved_at__isnull=False).order_by("-version").first()


def next_version(incident: Incident) -> int:
    """Return the number of the version to come; drafts that were left behind keep theirs."""
    return (Report.objects.filter(incident=incident).aggregate(last=Max("version"))["last"] or 0) + 1


def letter_facts(report: Report) -> ReportFacts:
    """Return the facts of a report as they were when it was prepared."""
    return datafile.check(ReportFacts, report.facts)


def letter(report: Report, lang: Lang = "ja") -> Letter:
    """Return a report as a letter, with what changed since the version before."""
    before = letter_facts(report.before) if report.before else None
    return report_letter.make(letter_facts(report), lang, before=before)


def documents(report: Report) -> dict[str, bytes]:
    """Return a report's papers by file name: text, HTML, PDF."""
    paper, name = letter(report), f"{report.get_kind_display()}-第{report.version}版"
    return {
        f"{name}.txt": render.text(paper).encode(),
        f"{name}.html": render.html(paper).encode(),
        f"{name}.pdf": render.pdf(paper),
    }


def destination(assessment: Assessment) -> str:
    """Return to whom the report goes, in words, as the law's answer says."""
    duties = assessment.answer["duties"]
    return "、".join(duty["to_name"] for duty in duties if duty["id"] == "final_report" and duty["law"] == "APPI")
