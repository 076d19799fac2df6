"""What is known of a case: its facts as they stand, its messages in order, what to do, what was answered, who can help."""

from typing import Any

from django.db.models import Q, QuerySet

from madoguchi import harm
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.mail.models import IncomingMail, State
from madoguchi.app.person.facts import CaseFacts
from madoguchi.app.person.models import (
    OURS,
    Case,
    CaseSheet,
    KeyDocument,
    Letter,
    Message,
    Overrule,
    Reading,
    Role,
    Windows,
)
from madoguchi.app.person.sealing import told
from madoguchi.exchange import wellknown
from madoguchi.problem import Lang
from madoguchi.reading.questions import Asked, of_letter
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
    """Return the mails that are in no case yet and were not thrown away, the newest first."""
    return IncomingMail.objects.filter(organisation=organisation, message=None, discarded=None).order_by("-taken_at")


def course_of(case: Case) -> QuerySet[Message]:
    """Return the messages of a case in the order in which they were said."""
    return Message.objects.filter(case=case).order_by("at", "kept_at")


def sent_out(case: Case, *roles: str) -> QuerySet[Message]:
    """Return the letters of ours in order, of these ``roles`` or of any, but for those that the mail did not deliver."""
    lost = Q(sent__state__in=(State.FAILED, State.STOPPED)) | Q(sent__bounces__permanent=True)
    return course_of(case).filter(incoming=False, role__in=roles or OURS).exclude(lost)


def last_reply(asked: Message) -> Message | None:
    """Return the last reply to a message of ours, or None; one that was found to be fake is none."""
    replies = course_of(asked.case).filter(incoming=True, role=Role.REPLY, answers=asked)
    return next((message for message in replies.reverse() if not found_fake(message)), None)


def found_fake(message: Message) -> bool:
    """Tell whether the last check found a message to be fake, and the person did not read it against the check since."""
    last = message.checks.order_by("-at").first()
    return last is not None and last.verdict == "fake" and not message.readings.filter(at__gt=last.at).exists()


def steps(case: Case, lang: Lang = "ja") -> list[tuple[harm.Step, bool]]:
    """Return what to do about the items of a case, tonight's steps first, each with whether it was ticked off."""
    facts = current_facts(case)
    done = set(case.stepdones.values_list("step", flat=True))
    found = harm.advice(facts.items or (), lang, period_start=facts.period_start)
    return [(step, step.id in done) for step in found]


def asked_in(message: Message) -> list[Asked] | None:
    """Return the questions that a message of ours asked: those of its letter, or read from what the person wrote elsewhere.

    None where it asked nothing.
    """
    letter = Letter.objects.filter(message=message).first()
    if letter is None:
        return of_letter(told(message)["text"]) or None
    return [Asked(**each) for each in told(letter)["questions"]] or None


def trusted_keys(case: Case) -> Trusted:
    """Return the keys that count in this case: of the domains that the person fixed, as published there."""
    fixed = {each.domain for each in current_facts(case).domains or ()}
    kept = [told(row) for row in KeyDocument.objects.filter(case=case).order_by("at")]
    # All of them: a revocation that was once published is never taken back.
    return wellknown.trusted(
        wellknown.read(each["document"].encode(), each["domain"]) for each in kept if each["domain"] in fixed
    )


def windows(case: Case) -> list[dict[str, Any]]:
    """Return the windows as last found, best first; what is graded *elsewhere* is no official one."""
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
        said = told(row)
        for each in found:
            if (each["question"], each["asked"]) == (said["question"], said["asked"]):
                each.update(was=each.get("was", each["verdict"]), verdict=said["verdict"], reason=said["reason"])
    return found
