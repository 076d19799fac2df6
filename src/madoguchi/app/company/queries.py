"""What is known of incidents, limited to what the asker may see."""

from django.db.models import QuerySet

from madoguchi import law
from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import may
from madoguchi.app.company.facts import IncidentFacts, law_facts
from madoguchi.app.company.models import Assessment, FactSheet, Incident, Person, Scan
from madoguchi.problem import Lang
from madoguchi.text import datafile


def incidents(member: Member) -> QuerySet[Incident]:
    """Return the incidents that ``member`` may see, newest first."""
    found = Incident.objects.filter(organisation_id=member.organisation_id).order_by("-registered_at")
    return found if may(member, "incident.see").allowed else found.none()


def current_sheet(incident: Incident) -> FactSheet | None:
    """Return the facts as they stand now."""
    return FactSheet.objects.filter(incident=incident).order_by("-version").first()


def facts_of(sheet: FactSheet) -> IncidentFacts:
    """Return the facts of a sheet."""
    return datafile.check(IncidentFacts, sheet.facts)


def current_facts(incident: Incident) -> IncidentFacts:
    """Return the facts as they stand now; an incident has at least its first sheet."""
    sheet = current_sheet(incident)
    return facts_of(sheet) if sheet else IncidentFacts()


def current_scan(incident: Incident) -> Scan | None:
    """Return the last scan; its people are those that notices go to."""
    return Scan.objects.filter(incident=incident).order_by("-finished_at").first()


def current_assessment(incident: Incident) -> Assessment | None:
    """Return the last assessment of the duties."""
    return Assessment.objects.filter(incident=incident).order_by("-made_at", "-id").first()


def assessment_in_words(assessment: Assessment, lang: Lang = "ja") -> str:
    """Return an assessment as text, said anew from the facts and the day that it was made on."""
    return law.assess(law_facts(facts_of(assessment.sheet), as_of=assessment.as_of)).say(lang)


def people(member: Member, incident: Incident) -> QuerySet[Person]:
    """Return the people of the last scan if ``member`` may see who they are, in the order of the list."""
    scan = current_scan(incident)
    if scan is None or not may(member, "people.see", incident).allowed:
        return Person.objects.none()
    return scan.people.order_by("number")
