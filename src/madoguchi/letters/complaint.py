"""The complaint (苦情の申出, 法40条): to the company's desk for complaints, the course by its days, and what is wished."""

import datetime as dt
from typing import Literal, Self

from pydantic import model_validator

from madoguchi.letters import asked, person
from madoguchi.letters.asked import OPEN, Judged
from madoguchi.letters.facts import Facts, Line, Text
from madoguchi.letters.letter import Block, Heading, Letter, Paragraph, Points, Table
from madoguchi.letters.person import Addressee, AnswerBy, Event, Writer
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang, Problem
from madoguchi.text import dates

Wish = Literal["answer", "reason", "contact", "prevention", "claims"]


class ComplaintFacts(Facts):
    """One complaint: the ``course`` in the person's words, what is still open, what troubles them and what they wish.

    Of ``questions`` those not yet answered are named. ``wishes`` are the usual ones, ``own_wishes`` the person's.
    """

    date: dt.date
    writer: Writer
    company: Addressee
    course: tuple[Event, ...]
    questions: tuple[Judged, ...] = ()
    troubles: tuple[Text, ...] = ()
    wishes: tuple[Wish, ...] = ("answer", "reason")
    own_wishes: tuple[Text, ...] = ()
    incident: Line | None = None
    reference: Line | None = None
    reportable: bool | None = None
    answer_by: AnswerBy = "either"
    wished_by: dt.date | None = None
    matter: Line | None = None

    @model_validator(mode="after")
    def _can_be_true(self) -> Self:
        if any(event.on > self.date for event in self.course):
            raise ValueError("something happened after the letter's own day / 申出の日より後の出来事があります")
        return self


def make(facts: ComplaintFacts, lang: Lang = "ja") -> Letter:
    """Return the complaint in ``lang``; `Problem` where nothing is wished or nothing has happened. Source: 法40条."""
    wording = person.words("complaint", lang)
    opened = sorted((one for one in facts.questions if one.verdict in OPEN), key=lambda one: one.number)
    wishes = [wording.say(f"wish_for.{wish}") for wish in dict.fromkeys(facts.wishes) if wish != "answer" or opened]
    wishes += facts.own_wishes
    if not facts.course or not wishes:
        raise Problem(
            ja="苦情の申出には、これまでの経過と、望むことが1つ以上要ります。書き足してください。",
            en="a complaint needs what has happened and at least one wish; add them",
            easy="これまでのことと、してほしいことを 1つ以上（いじょう）書（か）いてください。",
            place="course" if not facts.course else "wishes",
        )
    return Letter(
        kind="complaint",
        lang=lang,
        date=facts.date,
        paper="large",
        sender=facts.writer.name,
        subject=wording.say("subject", name=facts.writer.name),
        title=wording.say("title"),
        opening=tuple(person.opening(wording, facts.date, facts.company, facts.writer, facts.matter)),
        blocks=(
            *_greeting(facts, wording),
            *_course(facts, wording),
            *_open(opened, facts, wording),
            *_troubles(facts, wording),
            Heading(text=wording.say("heading.wishes")),
            Points(texts=tuple(wishes), numbered=True),
            Heading(text=wording.say("heading.answer")),
            Paragraph(text=person.way(wording, facts.answer_by, facts.writer)),
            *_wish(facts, wording),
            Paragraph(text=wording.say("thanks_in_advance")),
        ),
    )


def _greeting(facts: ComplaintFacts, wording: Wording) -> list[Block]:
    incident = facts.incident or wording.say("incident")
    name = person.signature(wording, facts.writer)
    rows = list(person.about(wording, facts.writer).rows)
    if facts.reference:
        rows.append((wording.say("notice.reference"), facts.reference))
    return [
        Paragraph(text=wording.say("greeting", name=name, incident=incident)),
        Paragraph(text=wording.say("ground")),
        Table(rows=tuple(rows)),
    ]


def _course(facts: ComplaintFacts, wording: Wording) -> list[Block]:
    course = sorted(facts.course, key=lambda event: event.on)
    rows = tuple((dates.say(event.on, wording.lang), event.text) for event in course)
    return [Heading(text=wording.say("heading.course")), Table(rows=rows)]


def _open(opened: list[Judged], facts: ComplaintFacts, wording: Wording) -> list[Block]:
    if not opened:
        return []
    ask = [asked.again(one, reportable=facts.reportable, lang=wording.lang) for one in opened]
    texts = tuple(
        wording.say("open", number=one.number, text=one.text) + wording.say(f"verdict.{judged.verdict}")
        for judged, one in zip(opened, ask, strict=True)
    )
    return [Heading(text=wording.say("heading.open")), Points(texts=texts)]


def _troubles(facts: ComplaintFacts, wording: Wording) -> list[Block]:
    if not facts.troubles:
        return []
    return [Heading(text=wording.say("heading.troubles")), Points(texts=facts.troubles)]


def _wish(facts: ComplaintFacts, wording: Wording) -> list[Block]:
    if not facts.wished_by:
        return []
    return [Paragraph(text=wording.say("wish.by", date=dates.say(facts.wished_by, wording.lang)))]
