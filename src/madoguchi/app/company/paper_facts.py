"""The one way from an incident's facts to those of a report and of a notice."""

import datetime
from typing import Any

from madoguchi import harm
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.company.facts import IncidentFacts
from madoguchi.letters.facts import told
from madoguchi.letters.notice import NoticeFacts
from madoguchi.letters.report import ReportFacts
from madoguchi.problem import Lang
from madoguchi.text import datafile


def report_facts(
    facts: IncidentFacts,
    organisation: Organisation,
    *,
    kind: str,
    date: datetime.date,
    situations: list[str],
    destination: str,
    notices: dict[str, Any],
    before: dict[str, Any],
) -> ReportFacts:
    """Return the facts of a report dated ``date`` (a legal day).

    ``situations`` and ``destination`` are the law's answer; ``notices`` are item 6 as far as notices went out;
    ``before`` carries ``previous_date`` and ``reception_number`` where there was an earlier report.
    """
    said = facts.model_dump(exclude_none=True, mode="json")
    suspected = "_suspected" if facts.certainty == "suspected" else ""
    overview = {key: said[key] for key in _OVERVIEW if key in said} | {
        "discovered": said.get("known_on"),
        "events": [event + suspected for event in facts.events or ()] or None,
        "summary": told(facts.summary, "ja") if facts.summary else None,
        "situations": situations,
    }
    return datafile.check(
        ReportFacts,
        {
            "kind": kind,
            "date": date,
            "destination": destination,
            "my_number": "my_number" in (facts.items or ()) if facts.items else None,
            **before,
            "reporter": _reporter(organisation, facts),
            "overview": overview,
            "data": {"items": said.get("items"), "media": said.get("media"), "people_kinds": said.get("people_kinds")},
            "persons": {**said.get("persons", {}), "with_card": facts.persons_with_card},
            "cause": said["cause"],
            "secondary_harm": said["secondary_harm"],
            "notices": notices,
            "publication": said["publication"],
            "prevention": said["prevention"],
            "others": {**_for_persons(organisation, facts), **said["others"]},
            "investigating": said.get("investigating"),
        },
    )


def _for_persons(organisation: Organisation, facts: IncidentFacts) -> dict[str, str]:
    """Return of item 9 what follows from the facts: what the persons are told to do, and the desk that they can ask."""
    advice = harm.notice_advice(list(facts.items or ()), "ja") if facts.items else []
    desk = [organisation.desk_name, organisation.desk_phone, organisation.desk_hours, organisation.desk_email]
    return {"self_protection": "\n".join(advice), "desk": "　".join(part for part in desk if part)}


def notice_facts(
    facts: IncidentFacts,
    organisation: Organisation,
    *,
    date: datetime.date,
    person: str | None,
    address: str | None,
    proved: list[str],
    possible: list[str],
    reference: str,
    lang: Lang,
) -> NoticeFacts:
    """Return the facts of one person's notice dated ``date``: that person's own items, nobody else's."""
    own = {*proved, *possible}
    plans = [measure.text for measure in facts.prevention.planned or ()]
    return datafile.check(
        NoticeFacts,
        {
            "date": date,
            "company": organisation.name,
            "company_address": organisation.address,
            "representative": organisation.representative,
            "person": person,
            "person_address": address,
            "people_kind": (facts.people_kinds or ("customers",))[0],
            "reference": reference,
            "events": facts.events or ("leak",),
            "summary": facts.summary,
            "occurred": facts.occurred,
            "discovered": facts.known_on,
            "delay_reason": facts.delay_reason,
            "proved": proved,
            "possible": possible,
            "not_affected": [item for item in facts.not_affected or () if item not in own],
            "cause": facts.cause.kind,
            "cause_text": facts.cause_told,
            "secondary_harm": facts.secondary_harm.state,
            "secondary_text": facts.secondary_told,
            "company_did": facts.company_did or (),
            "company_plans": plans if lang != "en" else (),
            "desk": {
                "name": organisation.desk_name,
                "phone": organisation.desk_phone,
                "hours": organisation.desk_hours,
                "email": organisation.desk_email,
                "web": organisation.website,
            },
            "investigating": [item for item in facts.investigating or () if item in ("1", "2", "4", "5")],
        },
    )


_OVERVIEW = (
    "occurred",
    "discoverer",
    "discoverer_text",
    "course",
    "investigation",
    "investigation_text",
    "entrusters",
    "entrustees",
)


def _reporter(organisation: Organisation, facts: IncidentFacts) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "kana": organisation.kana,
        "corporate_number": organisation.corporate_number,
        "kind": facts.holder or "business",
        "address": " ".join(part for part in (organisation.postal_code, organisation.address) if part),
        "representative": organisation.representative,
        "contact": {
            "name": organisation.contact_name,
            "department": organisation.contact_department,
            "phone": organisation.contact_phone,
            "email": organisation.contact_email,
        },
    }
