"""A person's papers from what is known of the case: inquiry, follow-up, complaint, and the one page for an adviser."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from madoguchi.app.days import legal_day
from madoguchi.app.person.facts import CaseFacts
from madoguchi.app.person.models import Case, Message, Role
from madoguchi.app.person.paper_facts import heard, inquiry_facts, sides, situation
from madoguchi.app.person.queries import answers, asked_in, course_of, current_facts, windows
from madoguchi.app.person.sealing import told
from madoguchi.letters import complaint, follow_up, inquiry, sheet
from madoguchi.letters.asked import OPEN, Asked, Judged, again
from madoguchi.letters.inquiry import USUAL
from madoguchi.letters.letter import Letter
from madoguchi.problem import Lang, Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

SENT = (Role.INQUIRY, Role.FOLLOW_UP)
# How a message stands in the course of a complaint and of the page for an adviser.
SAID: dict[tuple[bool, Role], LocalText] = {
    (True, Role.NOTICE): LocalText.model_validate(
        {"ja": "通知が届く", "en": "notice received", "ja-easy": "お知（し）らせが 来（き）た"}
    ),
    (True, Role.ANNOUNCEMENT): LocalText.model_validate(
        {"ja": "公表を確認", "en": "announcement read", "ja-easy": "会社（かいしゃ）の 発表（はっぴょう）を 見（み）た"}
    ),
    (False, Role.INQUIRY): LocalText.model_validate(
        {"ja": "問い合わせを送付", "en": "inquiry sent", "ja-easy": "質問（しつもん）を 送（おく）った"}
    ),
    (True, Role.REPLY): LocalText.model_validate(
        {"ja": "回答が届く", "en": "reply received", "ja-easy": "返事（へんじ）が 来（き）た"}
    ),
    (False, Role.FOLLOW_UP): LocalText.model_validate(
        {
            "ja": "再度問い合わせを送付",
            "en": "follow-up sent",
            "ja-easy": "もう一度（いちど） 質問（しつもん）を 送（おく）った",
        }
    ),
    (False, Role.COMPLAINT): LocalText.model_validate(
        {"ja": "苦情を申出", "en": "complaint made", "ja-easy": "苦情（くじょう）を 送（おく）った"}
    ),
}


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
        facts = inquiry_facts(case, date=date, questions=questions or USUAL, own_questions=own_questions)
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
    sent, reply = _last_asked(case), _last_reply(case)
    phones = [each["value"] for each in windows(case) if each["channel"] == "phone"]
    told_facts = {
        "date": date,
        "writer": sides(facts)["writer"],
        "company": facts.company,
        "company_phone": (facts.phones or phones or [None])[0],
        "heard": heard(case, facts),
        "items": facts.items or (),
        "course": _course(case, lang),
        "sent_on": legal_day(sent.at) if sent else None,
        "replied_on": legal_day(reply.at) if reply else None,
        "questions": judged(case),
        "wish": wish,
        "situation": situation(case, today=date),
    }
    return sheet.make(datafile.check(sheet.SheetFacts, told_facts), lang)


def judged(case: Case) -> tuple[Judged, ...]:
    """Return the questions of the last letter with the verdict on each, as the last reply and the person's hand have it."""
    sent, reply = _last_asked(case), _last_reply(case)
    questions = asked_in(sent) if sent else None
    if not questions:
        return ()
    verdicts = answers(reply) if reply and reply.answers_id == sent.id else []
    text = told(reply)["text"] if verdicts else ""
    found = []
    for at, question in enumerate(questions):
        verdict = verdicts[at] if at < len(verdicts) else None
        found.append(
            Judged(
                number=question.number or at + 1,
                key=question.key,
                text=None if question.key else question.text,
                verdict=verdict["verdict"] if verdict else "not_answered",
                quote=_quote(text, verdict),
            )
        )
    return tuple(found)


def _follow_up(case: Case, date: datetime.date, lang: Lang) -> Made:
    sent, reply, facts = _last_asked(case), _last_reply(case), current_facts(case)
    if sent is None:
        raise Problem(
            ja="まだ問い合わせを送っていません。先に問い合わせを送るか、送ったことを記録してください。",
            en="no inquiry went out yet; send it first, or record that you did",
        )
    answered = reply if reply and reply.answers_id == sent.id else None
    questions = judged(case)
    told_facts = {
        "date": date,
        **sides(facts),
        "sent_on": legal_day(sent.at),
        "replied_on": legal_day(answered.at) if answered else None,
        "questions": questions,
        "reference": facts.reference,
        "reportable": facts.reportable,
        "answer_by": _answer_by(facts),
    }
    paper = follow_up.make(datafile.check(follow_up.FollowUpFacts, told_facts), lang)
    left = [each for each in questions if answered is None or each.verdict in OPEN]
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
        "answer_by": _answer_by(facts),
    }
    return Made(complaint.make(datafile.check(complaint.ComplaintFacts, told_facts), lang), ())


def _course(case: Case, lang: Lang) -> list[dict[str, Any]]:
    """Return what happened, in order, as the papers tell it; what is no step of the matter is left out."""
    found = []
    for message in course_of(case):
        said = SAID.get((message.incoming, Role(message.role)))
        if said:
            subject = told(message).get("subject", "")
            text = said.say(lang) + (f"（{subject}）" if subject and message.role == Role.NOTICE else "")
            found.append({"on": legal_day(message.at), "text": text})
    return found


def _answer_by(facts: CaseFacts) -> str:
    return "email" if facts.email else "post" if facts.address else "either"


def _last_asked(case: Case) -> Message | None:
    return Message.objects.filter(case=case, incoming=False, role__in=SENT).order_by("at").last()


def _last_reply(case: Case) -> Message | None:
    return Message.objects.filter(case=case, incoming=True, role=Role.REPLY).order_by("at").last()


def _quote(text: str, verdict: dict[str, Any] | None) -> str | None:
    span = verdict.get("span") if verdict else None
    return text[span[0] : span[1]] if span else None
