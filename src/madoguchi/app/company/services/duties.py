"""The law is asked about the facts as they stand, and its answer is kept as it was given."""

from datetime import date

from django.utils import timezone

from madoguchi import law
from madoguchi.app.accounts.models import Member
from madoguchi.app.company.facts import law_facts
from madoguchi.app.company.models import Assessment, Incident
from madoguchi.app.company.queries import current_sheet, facts_of
from madoguchi.app.company.services.incidents import must_be_open
from madoguchi.app.service import Done, service


@service(kind="company:duties:assessed", action="incident.change", on="incident")
def assess_duties(*, incident: Incident, by: Member, as_of: date) -> Done:
    """Ask `law.assess` what the facts require on the legal day ``as_of``; `Problem` names a fact that is missing."""
    must_be_open(incident)
    sheet = current_sheet(incident)
    answer = law.assess(law_facts(facts_of(sheet), as_of=as_of)).answer("ja")
    assessment = Assessment.objects.create(
        organisation_id=incident.organisation_id,
        incident=incident,
        sheet=sheet,
        as_of=as_of,
        made_at=timezone.now(),
        answer=answer,
    )
    said = {"facts_version": sheet.version, "as_of": as_of.isoformat(), "reportable": answer["reportable"]}
    duties = [{key: duty[key] for key in ("id", "law", "status", "to", "due")} for duty in answer["duties"]]
    return Done(assessment, {**said, "situations": answer["situations"], "duties": duties})
