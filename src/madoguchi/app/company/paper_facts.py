"""The one way from an incident's facts to those of a report, of a notice and of the public papers."""

import datetime
from typing import Any

from madoguchi import harm
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.company.facts import IncidentFacts
from madoguchi.letters.facts import told
from madoguchi.letters.notice import NoticeFacts
from madoguchi.letters.public import PublicFacts
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
    compensation = {"compensation": told(facts.compensation_told, "ja")} if facts.compensation_told else {}
    return {"self_protection": "\n".join(advice), "desk": "　".join(part for part in desk if part), **compensation}


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
            "desk": _desk(organisation),
            "investigating": [item for item in facts.investigating or () if item in ("1", "2", "4", "5")],
        },
    )


def public_facts(
    facts: IncidentFacts,
    organisation: Organisation,
    *,
    date: datetime.date,
    notices: dict[str, Any],
    filings: list[dict[str, Any]],
    publication: dict[str, Any] | None = None,
    **more: Any,
) -> PublicFacts:
    """Return the facts of the public papers (statement, FAQ, call script) dated ``date``: of all who are concerned, of nobody.

    ``notices`` are item 6 as far as notices went out, ``filings`` the reports to an authority that were made; whom else
    the company told is in the facts. ``publication`` is item 7 where something was published, and the facts' own where
    nothing was. ``more`` is of the one statement: ``number``, ``previous_date``, ``correction``.
    `Problem` names a text that would tell who somebody is.
    """
    said = facts.model_dump(exclude_none=True, mode="json")
    methods = [*notices.get("methods", ()), *(["substitute"] if notices.get("detail") else [])]
    elsewhere = [{"to": to, "text": said["others"][key]} for key, to in _FILED.items() if said["others"].get(key)]
    return datafile.check(
        PublicFacts,
        {
            **{key: said[key] for key in _PUBLIC if key in said},
            "date": date,
            "company": organisation.name,
            "company_address": organisation.address,
            "representative": organisation.representative,
            "discovered": facts.known_on,
            "persons": {**said.get("persons", {}), "with_card": facts.persons_with_card},
            "not_affected": [item for item in facts.not_affected or () if item not in (facts.items or ())],
            "cause": facts.cause.kind,
            "cause_text": said.get("cause_told"),
            "secondary_harm": facts.secondary_harm.state,
            "secondary_text": said.get("secondary_told"),
            "compensation": said.get("compensation_told"),
            "notices": {"state": notices.get("state"), "methods": methods or None},
            "publication": publication or said["publication"],
            "filings": [*filings, *elsewhere],
            "done": said["prevention"].get("done", ()),
            "planned": said["prevention"].get("planned", ()),
            "desk": _desk(organisation),
            **more,
        },
    )


_PUBLIC = (
    "people_kinds",
    "affected_group",
    "events",
    "certainty",
    "summary",
    "occurred",
    "course",
    "items",
    "delay_reason",
    "company_did",
    "investigating",
)
# Item 9 of the report tells the regulator whom else the company told, in words that are the company's own.
_FILED = {
    "police": "police",
    "card_companies": "card_companies",
    "certified_body": "certified_body",
    "other_authorities": "authority",
}


def _desk(organisation: Organisation) -> dict[str, str]:
    """Return the desk that people can ask."""
    return {
        "name": organisation.desk_name,
        "phone": organisation.desk_phone,
        "hours": organisation.desk_hours,
        "email": organisation.desk_email,
        "web": organisation.website,
    }


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
