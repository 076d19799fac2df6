"""A person's papers from what is known of the case: inquiry, follow-up, complaint, and the one page for an adviser."""

import datetime
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from madoguchi.app.days import legal_day
from madoguchi.app.person.models import Case, Message, Role
from madoguchi.app.person.paper_facts import answer_by, heard, inquiry_facts, sides, situation
from madoguchi.app.person.queries import (
    answers,
    asked_in,
    course_of,
    current_facts,
    found_fake,
    last_reply,
    official_phones,
    sent_out,
)
from madoguchi.app.person.sealing import told
from madoguchi.letters import complaint, follow_up, inquiry, sheet
from madoguchi.letters.asked import OPEN, Asked, Judged, again
from madoguchi.letters.inquiry import USUAL
from madoguchi.letters.letter import Letter
from madoguchi.problem import Lang, Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class Course(BaseModel):
    """`course.yaml`: how what was said stands in the course of a paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    said: dict[Role, LocalText]


@cache
def _words() -> dict[Role, LocalText]:
    return datafile.load(Course, files("madoguchi.app.person") / "course.yaml").said


class Made(NamedTuple):
    """A letter with the questions in it, under the numbers by which the reply is judged."""

    paper: Letter
    questions: Sequence[Asked]


def make(
    case: Case,
    kind: str,
    *,
    date: datetime.date,
    questions: Sequence[str] | None = None,
    own_questions: Sequence[str] = (),
    lang: Lang = "ja",
) -> Made:
    """Return the letter of ``kind`` dated ``date`` (a legal day); `Problem` names what is missing for it."""
    if kind == Role.INQUIRY:
        chosen = USUAL if questions is None else questions
        facts = inquiry_facts(case, date=date, questions=chosen, own_questions=own_questions)
        return Made(inquiry.make(facts, lang), inquiry.numbered(facts, lang))
    if kind == Role.FOLLOW_UP:
        return _follow_up(case, date, lang)
    if kind == Role.COMPLAINT:
        return _complaint(case, date, lang)
    raise Problem(
        ja="書面の種類は inquiry（問い合わせ）、follow_up（再度の問い合わせ）、complaint（苦情の申出）のどれかです。",
        en="a letter is an inquiry, a follow_up or a complaint",
        place="kind",
    )


def one_page(case: Case, *, date: datetime.date, wish: str | None = None, lang: Lang = "ja") -> Letter:
    """Return the one page A4 for an adviser or the phone."""
    facts = current_facts(case)
    sent = _last_asked(case)
    reply = last_reply(sent) if sent else None
    told_facts = {
        "date": date,
        "writer": sides(facts)["writer"],
        "company": facts.company,
        "company_phone": next(iter(official_phones(case)), None),
        "heard": heard(case, facts),
        "items": facts.items or (),
        "course": _course(case, lang),
        "sent_on": legal_day(sent.at) if sent else None,
        "replied_on": _day_of(reply, after=sent),
        "questions": judged(case),
        "wish": wish,
        "situation": situation(case, today=date),
    }
    return sheet.make(datafile.check(sheet.SheetFacts, told_facts), lang)


def judged(case: Case) -> tuple[Judged, ...]:
    """Return the questions of the last letter with the verdict on each, as the last reply and the person's hand have it."""
    sent = _last_asked(case)
    questions = (asked_in(sent) if sent else None) or []
    reply = last_reply(sent) if sent else None
    if reply and not reply.readings.filter(kind="reply").exists():
        raise Problem(
            ja="届いた回答の内容を、まだ確認していません。先に、質問ごとの答えを確認してください。",
            en="the reply that came was not read yet; have it read question by question first",
            place="reply",
        )
    text = told(reply)["text"] if reply else ""
    verdicts = {(each["question"], each["asked"]): each for each in answers(reply)} if reply else {}
    numbers = [question.number for question in questions]
    if None in numbers or len(set(numbers)) < len(numbers):  # as a person writes them: not numbered, or two in one
        numbers = list(range(1, len(questions) + 1))
    found = []
    for number, question in zip(numbers, questions, strict=True):
        verdict = verdicts.get((question.key or "other", question.text))
        found.append(
            Judged(
                number=number,
                key=question.key,
                text=None if question.key else question.text,
                verdict=verdict["verdict"] if verdict else "not_answered",
                quote=_quote(text, verdict),
            )
        )
    return tuple(found)


def _follow_up(case: Case, date: datetime.date, lang: Lang) -> Made:
    sent, facts = _last_asked(case), current_facts(case)
    if sent is None:
        raise Problem(
            ja="まだ問い合わせを送っていません。先に問い合わせを送るか、送ったことを記録してください。",
            en="no inquiry went out yet; send it first, or record that you did",
        )
    reply = last_reply(sent)
    questions = judged(case)
    told_facts = {
        "date": date,
        **sides(facts),
        "sent_on": legal_day(sent.at),
        "replied_on": _day_of(reply, after=sent),
        "questions": questions,
        "reference": facts.reference,
        "reportable": facts.reportable,
        "answer_by": answer_by(facts),
    }
    paper = follow_up.make(datafile.check(follow_up.FollowUpFacts, told_facts), lang)
    left = [each for each in questions if reply is None or each.verdict in OPEN]
    return Made(paper, [again(each, reportable=facts.reportable, lang=lang) for each in left])


def _complaint(case: Case, date: datetime.date, lang: Lang) -> Made:
    facts = current_facts(case)
    told_facts = {
        "date": date,
        **sides(facts),
        "course": _course(case, lang),
        "questions": judged(case),
        "troubles": facts.concerns or (),
        "reference": facts.reference,
        "reportable": facts.reportable,
        "answer_by": answer_by(facts),
    }
    return Made(complaint.make(datafile.check(complaint.ComplaintFacts, told_facts), lang), ())


def _course(case: Case, lang: Lang) -> list[dict[str, Any]]:
    """Return what happened, in order, as the papers tell it; what is no step of the matter is left out."""
    found = []
    went_out = set(sent_out(case).values_list("id", flat=True))
    for message in course_of(case):
        said = _words().get(Role(message.role))
        if said and (message.id in went_out or (message.incoming and not found_fake(message))):
            subject = told(message)["subject"] if message.role == Role.NOTICE else ""
            mark = f" ({subject})" if lang == "en" else f"（{subject}）"
            found.append({"on": legal_day(message.at), "text": said.say(lang) + (mark if subject else "")})
    return found


def _last_asked(case: Case) -> Message | None:
    return sent_out(case, Role.INQUIRY, Role.FOLLOW_UP).last()


def _day_of(reply: Message | None, *, after: Message | None) -> datetime.date | None:
    """Return the day of a reply; the clock of whoever wrote it may be late, and no reply comes before its question."""
    if reply is None or after is None:
        return None
    return max(legal_day(reply.at), legal_day(after.at))


def _quote(text: str, verdict: dict[str, Any] | None) -> str | None:
    span = verdict.get("span") if verdict else None
    return text[span[0] : span[1]] if span else None
