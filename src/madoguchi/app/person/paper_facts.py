"""The one way from what is known of a case to the facts of its letters, and to the situation that decides who can help."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

from madoguchi.app.days import legal_day
from madoguchi.app.person.facts import CaseFacts
from madoguchi.app.person.models import Case, Message, Role
from madoguchi.app.person.queries import answers, course_of, current_facts, found_fake, sent_out
from madoguchi.law.situation import Situation
from madoguchi.letters.inquiry import USUAL, InquiryFacts
from madoguchi.problem import Problem
from madoguchi.text import datafile

WRITER = ("name", "name_kana", "address", "phone", "email", "member_id", "order_id", "login_email", "for_person")
NEEDED = {"company": ("会社の名前", "the company's name"), "name": ("お名前", "your name")}


def inquiry_facts(
    case: Case, *, date: datetime.date, questions: Sequence[str] = USUAL, own_questions: Sequence[str] = ()
) -> InquiryFacts:
    """Return the facts of the inquiry dated ``date`` (a legal day); `Problem` names what it cannot do without."""
    facts = current_facts(case)
    told = {
        "date": date,
        **sides(facts),
        "heard": heard(case, facts),
        "items": facts.items or (),
        "concerns": facts.concerns or (),
        "questions": tuple(questions),
        "own_questions": tuple(question for question in own_questions if question.strip()),
        "reportable": facts.reportable,
        "answer_by": answer_by(facts),
    }
    return datafile.check(InquiryFacts, told)


def answer_by(facts: CaseFacts) -> str:
    """Return the way by which an answer reaches the person: mail where they gave an address, else the post."""
    return "email" if facts.email else "post" if facts.address else "either"


def sides(facts: CaseFacts) -> dict[str, Any]:
    """Return who writes (``writer``) and to whom (``company``); `Problem` where a name is missing."""
    for key, (ja, en) in NEEDED.items():
        if not getattr(facts, key):
            raise Problem(ja=f"{ja}がまだ記入されていません。", en=f"{en} is not entered yet", place=key)
    known = facts.model_dump(exclude_none=True)
    return {
        "writer": {key: known[key] for key in WRITER if key in known},
        "company": {
            "name": facts.company,
            **{
                key: known[name]
                for key, name in (("department", "department"), ("address", "company_address"))
                if name in known
            },
        },
    }


def heard(case: Case, facts: CaseFacts) -> dict[str, Any] | None:
    """Return how the person learned of it; it is said to be the company's own only where a check found it genuine."""
    if facts.how is None:
        return None
    notice = Message.objects.filter(case=case, role=Role.NOTICE).order_by("at").first()
    last = notice.checks.order_by("-at").first() if notice else None
    return {
        "how": facts.how,
        "on": facts.noticed_on,
        "text": facts.noticed,
        "notice_date": facts.notice_date,
        "reference": facts.reference,
        "subject": facts.subject,
        "verified": bool(last and last.verdict == "genuine"),
    }


def situation(case: Case, *, today: datetime.date) -> Situation:
    """Return where the case stands on ``today``: what was asked and when, what was answered, what happened since."""
    facts = current_facts(case)
    days = {role: _day(case, role) for role in (Role.INQUIRY, Role.FOLLOW_UP, Role.COMPLAINT)}
    said = course_of(case).filter(role=Role.REPLY).select_related("answers")
    replies = [message for message in said if not found_fake(message)]
    to_complaint = [each for each in replies if each.answers and each.answers.role == Role.COMPLAINT]
    others = [each for each in replies if each not in to_complaint]
    verdicts = Counter(each["verdict"] for each in answers(others[-1])) if others else {}
    told = {
        "as_of": today,
        "company_known": facts.company is not None,
        "company_abroad": bool(facts.company_abroad),
        "items": facts.items or (),
        "harm": facts.harm or (),
        "inquiry_sent_on": days[Role.INQUIRY],
        "replied_on": legal_day(others[-1].at) if others else None,
        "verdicts": dict(verdicts),
        "follow_up_sent_on": days[Role.FOLLOW_UP],
        "complaint_sent_on": days[Role.COMPLAINT],
        "complaint_replied_on": legal_day(to_complaint[-1].at) if to_complaint and days[Role.COMPLAINT] else None,
        "disputed": bool(facts.disputed),
        "certified_body": facts.certified_body,
        "already": facts.already or (),
    }
    return datafile.check(Situation, told)


def _day(case: Case, role: Role) -> datetime.date | None:
    last = sent_out(case, role).last()
    return legal_day(last.at) if last else None
