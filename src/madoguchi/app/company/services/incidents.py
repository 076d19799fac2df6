"""An incident is registered, its facts are stated as they become known, and one day it is closed."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from madoguchi.app.accounts.models import Member, Organisation
from madoguchi.app.company import facts as incident_facts
from madoguchi.app.company.models import FactSheet, Incident
from madoguchi.app.company.queries import current_facts, current_sheet
from madoguchi.app.days import legal_day
from madoguchi.app.service import Done, service
from madoguchi.letters.clean import one_line
from madoguchi.problem import Problem

TITLE_LENGTH = 200


@service(kind="company:incident:registered", action="incident.create", on="organisation")
def register_incident(*, organisation: Organisation, by: Member, title: str, facts: dict[str, Any]) -> Done:
    """Register an incident as one remembers it; ``facts`` may be incomplete (`facts.IncidentFacts`)."""
    now = timezone.now()
    sheet = incident_facts.read(facts, today=legal_day(now))
    incident = Incident.objects.create(organisation=organisation, title=_title(title), registered_at=now)
    new_sheet(incident, sheet, by=by, reason="")
    return Done(incident, {"incident": str(incident.id), "title": incident.title, "facts": as_json(sheet)}, incident)


@service(kind="company:facts:stated", action="incident.change", on="incident")
def state_facts(
    *, incident: Incident, by: Member, facts: dict[str, Any], reason: str, clear: Collection[str] = ()
) -> Done:
    """State what is newly known or was wrong, and why; what is not given stays as it was.

    A blank is not a deletion: name a fact in ``clear`` to make it unknown again. `Problem` when nothing changes, when the incident is closed, or when a fact cannot be used.
    """
    must_be_open(incident)
    before = current_facts(incident)
    after = incident_facts.read(facts, today=legal_day(timezone.now()), before=before, clear=clear)
    changed = sorted(key for key in type(after).model_fields if getattr(after, key) != getattr(before, key))
    if not changed:
        raise Problem(
            ja="変わった事実がありません。新しく分かったことを記入してください。",
            en="no fact has changed; state what is newly known",
        )
    sheet = new_sheet(incident, after, by=by, reason=reason)
    payload = {"version": sheet.version, "changed": changed, "reason": reason, "facts": as_json(after)}
    return Done(sheet, payload)


@service(kind="company:incident:closed", action="incident.change", on="incident")
def close_incident(*, incident: Incident, by: Member, reason: str) -> Done:
    """Close an incident: no fact changes any more, its record stays."""
    must_be_open(incident)
    Incident.objects.filter(id=incident.id).update(closed_at=timezone.now())
    incident.refresh_from_db()
    return Done(incident, {"reason": reason})


def must_be_open(incident: Incident) -> None:
    """Refuse to change what is closed, and let others who would change the incident wait until this one is done."""
    if Incident.objects.select_for_update(no_key=True).get(id=incident.id).closed_at:
        raise Problem(
            ja="この事案は終了しています。変更はできません。",
            en="this incident is closed; it can no longer be changed",
            place=incident.title,
        )


def _title(text: str) -> str:
    title = one_line(text)
    if not title:
        raise Problem(
            ja="事案の名前がありません。あとで見分けられる短い名前を付けてください。",
            en="the incident has no title; give it a short one that tells it apart later",
            place="title",
        )
    if len(title) > TITLE_LENGTH:
        raise Problem(
            ja=f"事案の名前が長すぎます（{len(title)}文字）。{TITLE_LENGTH}文字までにしてください。",
            en=f"the title is too long ({len(title)} characters); keep it to {TITLE_LENGTH}",
            place="title",
        )
    return title


def new_sheet(incident: Incident, facts: incident_facts.IncidentFacts, *, by: Any, reason: str) -> FactSheet:
    """Add the next sheet of facts; the earlier ones stay."""
    last = current_sheet(incident)
    return FactSheet.objects.create(
        organisation_id=incident.organisation_id,
        incident=incident,
        version=last.version + 1 if last else 1,
        facts=as_json(facts),
        stated_by=by if isinstance(by, Member) else None,
        stated_at=timezone.now(),
        reason=reason[:300],
    )


def as_json(facts: incident_facts.IncidentFacts) -> dict[str, Any]:
    """Return facts as JSON, unknown ones left out."""
    return {key: value for key, value in facts.model_dump(mode="json", exclude_none=True).items() if value != {}}
