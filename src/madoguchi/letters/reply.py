"""The desk's reply to one person's inquiry (回答): each question under its own number, never more than is known."""

import datetime as dt
from itertools import groupby
from typing import Literal, Self

from pydantic import model_validator

from madoguchi import catalogue, harm
from madoguchi.harm.steps import call
from madoguchi.law import questions
from madoguchi.law.questions import GroundKey
from madoguchi.letters.facts import Desk, Facts, Line, Told, told
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Paragraph, Points, Table
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates

AnswerState = Literal["answered", "partly", "refused", "unknown_yet"]
CLAIMS = ("disclosure", "provision_record", "correction", "stop_use")  # what is done, not told
_OTHERS = ("ppc", "consumer_hotline")  # who helps whatever was asked
_SHORT = 24


class AnswerLine(Facts):
    """The answer to one question of the inquiry.

    ``number`` is the inquiry's own (else they are counted); ``question`` a key of `law.questions`, or None with
    ``asked``, the person's own words. ``ground`` is the law's unless given. ``text`` is the answer, or the reason of a
    refusal; ``citation`` what a refusal rests on: for a *right* it must be named (法第33条第2項, 第36条). What is
    ``unknown_yet`` may have a text of its own.
    """

    number: int | None = None
    question: str | None = None
    asked: Told | None = None
    ground: GroundKey | None = None
    state: AnswerState
    text: Told | None = None
    citation: Line | None = None

    @model_validator(mode="after")
    def _says_what_it_must(self) -> Self:
        if not (self.question or self.asked):
            raise ValueError("say which question is answered / どの質問への回答かを書いてください")
        if self.state != "unknown_yet" and not self.text:
            raise ValueError("an answer needs its text, a refusal its reason / 回答の文、または断る理由がありません")
        return self


class ReplyFacts(Facts):
    """One reply. ``reference`` is the desk's number, ``inquiry_reference`` the person's own.

    ``items`` are those of that person's that are or may be affected: what the person can do is told for exactly these.
    ``period_start`` is the first day of the period concerned. ``open_by``: the day by which the desk will speak again
    of what is open. ``certified_body`` is named only by its members.
    """

    date: dt.date
    organisation: Line
    organisation_address: Line | None = None
    responsible: Line | None = None
    person: Line | None = None
    person_address: Line | None = None
    inquiry_date: dt.date | None = None
    inquiry_reference: Line | None = None
    reference: Line | None = None
    answers: tuple[AnswerLine, ...]
    items: tuple[str, ...] = ()
    period_start: dt.date | None = None
    open_by: dt.date | None = None
    desk: Desk | None = None
    certified_body: Told | None = None

    @model_validator(mode="after")
    def _can_be_sent(self) -> Self:
        if not self.answers:
            raise ValueError("a reply answers at least one question / 回答する質問が1つもありません")
        numbers = [line.number for line in self.answers if line.number is not None]
        if len(set(numbers)) != len(numbers) or 0 < len(numbers) < len(self.answers):
            raise ValueError(
                "number each answer once, or none / 回答の番号は、すべてに1つずつ付けるか、付けないでください"
            )
        if self.inquiry_date and self.inquiry_date > self.date:
            raise ValueError("the inquiry is dated after the reply / お問い合わせの日が回答の日より後です")
        if self.open_by and self.open_by < self.date:
            raise ValueError("open_by lies before the reply / 次にお知らせする日が回答の日より前です")
        for line in self.answers:
            if line.state == "refused" and ground(line) == "right" and not line.citation:
                raise ValueError(
                    f"{line.question or 'a right'}: refusing a right needs the article it rests on"
                    " / 本人の権利の請求を断るときは、根拠の条文を書いてください"
                )
        return self


def ground(line: AnswerLine) -> GroundKey | None:
    """Return what the question rests on: as given, else as the law has it; `Problem` for a key that is no question."""
    if line.ground or not line.question:
        return line.ground
    return questions.question(line.question).ground


def make(facts: ReplyFacts, lang: Lang = "ja") -> Letter:
    """Return the reply in ``lang``; `Problem` for a question or an item that does not exist.

    Source: 法第26条第2項, 第32条〜第36条 (what is refused is told with its reason), 第40条 (complaints).
    """
    catalogue.check_keys(facts.items)
    wording = Wording("reply", lang)
    return Letter(
        kind="reply",
        lang=lang,
        date=facts.date,
        sender=facts.organisation,
        subject=wording.say("subject", company=facts.organisation),
        title=wording.say("title"),
        opening=tuple(_opening(facts, wording)),
        blocks=(
            *_greeting(facts, wording),
            *_overview(facts, wording),
            Heading(text=wording.say("heading.answers")),
            *(block for number, line in _numbered(facts) for block in _answer(number, line, wording)),
            *_next(facts, wording),
            *_elsewhere(facts, wording),
            *_desk(facts, wording),
            Lines(texts=(wording.say("end"),), side="right"),
        ),
    )


def _numbered(facts: ReplyFacts) -> list[tuple[int, AnswerLine]]:
    lines = [(line.number or place, line) for place, line in enumerate(facts.answers, 1)]
    return sorted(lines, key=lambda pair: pair[0])


def _opening(facts: ReplyFacts, wording: Wording) -> list[Block]:
    right = [dates.say(facts.date, wording.lang)]
    right += [wording.say("reference", reference=facts.reference)] if facts.reference else []
    right += [wording.say("matter", matter=facts.inquiry_reference)] if facts.inquiry_reference else []
    name = wording.say("addressee.named", name=facts.person) if facts.person else wording.say("addressee.unnamed")
    sender = (facts.organisation, facts.responsible, facts.organisation_address)
    return [
        Lines(texts=tuple(right), side="right"),
        Lines(texts=(*([facts.person_address] if facts.person_address else []), name)),
        Lines(texts=tuple(text for text in sender if text), side="right"),
    ]


def _greeting(facts: ReplyFacts, wording: Wording) -> list[Block]:
    day = dates.say(facts.inquiry_date, wording.lang) if facts.inquiry_date else None
    thanks = wording.say("thanks.on", date=day) if day else wording.say("thanks.once")
    as_of = wording.say("as_of", date=dates.say(facts.date, wording.lang))
    return [Paragraph(text=thanks), Paragraph(text=as_of)]


def _overview(facts: ReplyFacts, wording: Wording) -> list[Block]:
    """A table of all answers, where there are enough of them to lose sight of one."""
    if len(facts.answers) < 3:
        return []
    rows = tuple(
        (_title(number, line, wording), wording.say(f"state.{line.state}")) for number, line in _numbered(facts)
    )
    return [Heading(text=wording.say("heading.overview")), Table(rows=rows)]


def _title(number: int, line: AnswerLine, wording: Wording) -> str:
    return wording.say("numbered", number=number, short=_short(line, wording))


def _short(line: AnswerLine, wording: Wording) -> str:
    if line.question:
        return questions.question(line.question).short.say(wording.lang)
    text = told(line.asked or "", wording.lang)
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _answer(number: int, line: AnswerLine, wording: Wording) -> list[Block]:
    asked = told(line.asked, wording.lang) if line.asked else None
    if line.question and not asked:
        asked = questions.question(line.question).text.say(wording.lang)
    text = told(line.text, wording.lang) if line.text else ""
    if text.startswith("・"):
        text = f"\n{text}"  # a list begins on a line of its own, not behind the label
    said: list[str] = []
    match line.state:
        case "refused":
            kind = "claim" if line.question in CLAIMS else "answer"
            said = [wording.say(f"refused.{kind}"), wording.say("reason", text=text)]
            said += [wording.say("rests_on", citation=line.citation)] if line.citation else []
        case "unknown_yet":
            said = [wording.say("answer", text=text) if text else wording.say("unknown_yet")]
        case "partly":
            said = [wording.say("answer", text=text), wording.say("partly")]
        case "answered":
            said = [wording.say("answer", text=text)]
    return [
        Heading(text=_title(number, line, wording), level=3),
        *([Paragraph(text=wording.say("question", text=asked))] if asked else []),
        *(block for one in said for block in _blocks(one)),
    ]


def _blocks(text: str) -> list[Block]:
    """Return a text as paragraphs, its lines that begin with ・ as a list."""
    blocks: list[Block] = []
    for listed, lines in groupby(text.split("\n"), key=lambda line: line.startswith("・")):
        if listed:
            blocks.append(Points(texts=tuple(line.removeprefix("・") for line in lines)))
        else:
            blocks.append(Paragraph(text="\n".join(lines)))
    return blocks


def _next(facts: ReplyFacts, wording: Wording) -> list[Block]:
    still_open = [str(number) for number, line in _numbered(facts) if line.state == "unknown_yet"]
    blocks: list[Block] = []
    if still_open:
        numbers = wording.join(still_open)
        by = dates.say(facts.open_by, wording.lang) if facts.open_by else None
        text = (
            wording.say("next.open_by", numbers=numbers, date=by) if by else wording.say("next.open", numbers=numbers)
        )
        blocks.append(Paragraph(text=text))
    told_above = any(line.question == "what_to_do" and line.state == "answered" for line in facts.answers)
    if not told_above and (steps := harm.notice_advice(facts.items, wording.lang, facts.period_start)):
        blocks += [Paragraph(text=wording.say("next.advice")), Points(texts=tuple(steps))]
    return [Heading(text=wording.say("heading.next")), *blocks] if blocks else []


def _elsewhere(facts: ReplyFacts, wording: Wording) -> list[Block]:
    """The complaint desk first (法第40条), then who else can help; numbers are those of `law`."""
    others = []
    if facts.certified_body:
        others.append(wording.say("elsewhere.certified", name=told(facts.certified_body, wording.lang)))
    for key in _OTHERS:
        body = call(key, wording.lang)
        text = wording.say("elsewhere.body", name=body.name, phone=body.phone or body.where)
        others.append(wording.say("elsewhere.hours", body=text, hours=body.hours) if body.hours else text)
    return [
        Heading(text=wording.say("heading.elsewhere")),
        Paragraph(text=wording.say("elsewhere.us")),
        Paragraph(text=wording.say("elsewhere.others")),
        Points(texts=tuple(others)),
    ]


def _desk(facts: ReplyFacts, wording: Wording) -> list[Block]:
    desk, labels = facts.desk or Desk(), Wording("notice", wording.lang)
    hours = told(desk.hours, wording.lang) if desk.hours else None
    ways = [("name", desk.name), ("phone", desk.phone), ("hours", hours), ("email", desk.email), ("web", desk.web)]
    rows = tuple((labels.say(f"desk.{way}"), value) for way, value in [*ways, ("address", desk.address)] if value)
    blocks: list[Block] = [Heading(text=wording.say("heading.desk"))]
    blocks.append(Table(rows=rows) if rows else Paragraph(text=labels.say("desk.unknown")))
    if facts.reference:
        blocks.append(Paragraph(text=wording.say("quote", reference=facts.reference)))
    return blocks
