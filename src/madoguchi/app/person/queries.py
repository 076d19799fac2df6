"""What is known of a case: its facts as they stand, its messages in order, what to do, what was answered, who can help."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from madoguchi import harm
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.person.facts import CaseFacts
from madoguchi.app.person.models import Case, CaseSheet, KeyDocument, Letter, Message, Overrule, Reading, Windows
from madoguchi.app.person.sealing import told
from madoguchi.exchange import wellknown
from madoguchi.problem import Lang
from madoguchi.reading.questions import Asked
from madoguchi.record.keys import Trusted
from madoguchi.text import datafile


def cases(organisation: Organisation) -> QuerySet[Case]:
    """Return the cases of a home, newest first."""
    return Case.objects.filter(organisation=organisation).order_by("-opened_at")


def current_facts(case: Case) -> CaseFacts:
    """Return what is known of a case now; a case has at least its first sheet."""
    sheet = CaseSheet.objects.filter(case=case).order_by("-version").first()
    return datafile.check(CaseFacts, told(sheet)) if sheet else CaseFacts()


def holding_place(organisation: Organisation) -> QuerySet[IncomingMail]:
    """Return the mails that are in no case yet, the newest first."""
    return IncomingMail.objects.filter(organisation=organisation, message=None).order_by("-taken_at")


def course_of(case: Case) -> QuerySet[Message]:
    """Return the messages of a case in the order in which they were said."""
    return Message.objects.filter(case=case).order_by("at", "kept_at")


def steps(case: Case, lang: Lang = "ja") -> list[tuple[harm.Step, bool]]:
    """Return what to do about the items of a case, tonight's steps first, each with whether it was ticked off."""
    facts = current_facts(case)
    done = set(case.stepdones.values_list("step", flat=True))
    found = harm.advice(facts.items or (), lang, period_start=facts.period_start)
    return [(step, step.id in done) for step in found]


def asked_in(message: Message) -> list[Asked] | None:
    """Return the questions that a message of ours asked, or None where it carried no letter with questions."""
    letter = Letter.objects.filter(message=message).first()
    questions = told(letter).get("questions") if letter else None
    return [Asked(**each) for each in questions] if questions else None


def trusted_keys(case: Case) -> Trusted:
    """Return the keys that count in this case: of the domains that the person fixed, as published there."""
    fixed = {each.domain for each in current_facts(case).domains or ()}
    rows = KeyDocument.objects.filter(case=case, domain__in=fixed)
    # All of them: a revocation that was once published is never taken back.
    return wellknown.trusted(wellknown.read(told(row)["document"].encode(), row.domain) for row in rows)


def windows(case: Case) -> list[dict[str, Any]]:
    """Return the official windows as last found, best first."""
    row = Windows.objects.filter(case=case).order_by("-at").first()
    return told(row)["windows"] if row else []


def official_phones(case: Case) -> list[str]:
    """Return the phone numbers known to be the company's: those that the person entered, and of the windows found."""
    found = [each["value"] for each in windows(case) if each["channel"] == "phone" and each["grade"] != "elsewhere"]
    return list(dict.fromkeys([*(current_facts(case).phones or ()), *found]))


def answers(message: Message) -> list[dict[str, Any]]:
    """Return the verdict per question on a reply, each as the newest correction by a human has it.

    A corrected one keeps the machine's verdict under ``was`` and has the human's ``reason``.
    """
    last = Reading.objects.filter(message=message, kind="reply").order_by("-at").first()
    found = [dict(each) for each in told(last)["answer"]["answers"]] if last else []
    for row in Overrule.objects.filter(message=message).order_by("at"):
        if row.number <= len(found):
            each, said = found[row.number - 1], told(row)
            each.update(was=each.get("was", each["verdict"]), verdict=said["verdict"], reason=said["reason"])
    return found


def last_said(case: Case, *roles: str) -> datetime | None:
    """Return when the last message of these roles was said, or None."""
    return Message.objects.filter(case=case, role__in=roles).order_by("-at").values_list("at", flat=True).first()
