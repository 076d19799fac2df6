"""The follow-up (再質問): only what is still open, with what the company wrote, why it is asked, and thanks for the rest."""

import datetime as dt
from typing import Self

from pydantic import model_validator

from madoguchi.letters import asked, person
from madoguchi.letters.asked import OPEN, Asked, Judged
from madoguchi.letters.facts import Facts, Line
from madoguchi.letters.letter import Block, Heading, Letter, Paragraph, Points, Table
from madoguchi.letters.person import Addressee, AnswerBy, Writer
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang, Problem
from madoguchi.text import dates


class FollowUpFacts(Facts):
    """What was asked on ``sent_on`` and how it was answered; without ``replied_on`` no reply has come.

    ``questions`` keep the numbers of the inquiry. ``reference`` is the code of the company's notice or reply.
    """

    date: dt.date
    writer: Writer
    company: Addressee
    sent_on: dt.date
    replied_on: dt.date | None = None
    questions: tuple[Judged, ...]
    incident: Line | None = None
    reference: Line | None = None
    reportable: bool | None = None
    answer_by: AnswerBy = "either"
    wished_by: dt.date | None = None
    matter: Line | None = None

    @model_validator(mode="after")
    def _can_be_true(self) -> Self:
        if self.sent_on > self.date or (self.replied_on and not self.sent_on <= self.replied_on <= self.date):
            raise ValueError("the reply lies before the letter, or a day after this one / 日付の前後が合いません")
        numbers = [one.number for one in self.questions]
        if len(numbers) != len(set(numbers)):
            raise ValueError("two questions have the same number / 同じ番号の質問が2つあります")
        return self


def make(facts: FollowUpFacts, lang: Lang = "ja") -> Letter:
    """Return the follow-up in ``lang``; `Problem` where nothing is open or a key is no question.

    What the company has no duty to answer and declined is not asked again. Reasons are asked for under article 36 only
    where a claim was declined (法36条), elsewhere as a plain request.
    """
    wording = person.words("follow_up", lang)
    opened = sorted((one for one in facts.questions if _is_open(one, facts)), key=lambda one: one.number)
    if not opened:
        raise Problem(
            ja="答えの足りない質問がありません。再質問は要りません。",
            en="no question is open; there is nothing to ask again",
            easy="ぜんぶ 答（こた）えが あります。もう一度（いちど）聞（き）く 必要（ひつよう）は ありません。",
            place="questions",
        )
    ask = [asked.again(one, reportable=facts.reportable, lang=lang) for one in opened]
    return Letter(
        kind="follow_up",
        lang=lang,
        date=facts.date,
        paper="large",
        sender=facts.writer.name,
        subject=wording.say("subject" if facts.replied_on else "subject_no_reply", name=facts.writer.name),
        title=wording.say("title" if facts.replied_on else "title_no_reply"),
        opening=tuple(person.opening(wording, facts.date, facts.company, facts.writer, facts.matter)),
        blocks=(
            *_greeting(facts, wording),
            *_thanks(facts, wording),
            Heading(text=wording.say("heading.open")),
            *(_again(opened, ask, wording) if facts.replied_on else [_list(ask, wording)]),
            *_grounds(ask, wording),
            Heading(text=wording.say("heading.answer")),
            Paragraph(text=person.way(wording, facts.answer_by, facts.writer)),
            *_wish(facts, wording),
            Paragraph(text=wording.say("wish.parts")),
            Paragraph(text=wording.say("thanks_in_advance")),
        ),
    )


def _is_open(one: Judged, facts: FollowUpFacts) -> bool:
    return facts.replied_on is None or one.verdict in OPEN


def _greeting(facts: FollowUpFacts, wording: Wording) -> list[Block]:
    sent = dates.say(facts.sent_on, wording.lang)
    incident = facts.incident or wording.say("incident")
    texts = [wording.say("greeting", name=person.signature(wording, facts.writer), sent=sent, incident=incident)]
    if facts.replied_on:
        texts.append(wording.say("replied", replied=dates.say(facts.replied_on, wording.lang)))
    else:
        texts.append(wording.say("no_reply", date=dates.say(facts.date, wording.lang)))
    about = list(person.about(wording, facts.writer).rows)
    if facts.reference:
        about.append((wording.say("notice.reference"), facts.reference))
    return [*(Paragraph(text=text) for text in texts), Table(rows=tuple(about))]


def _thanks(facts: FollowUpFacts, wording: Wording) -> list[Block]:
    done = [one for one in facts.questions if facts.replied_on and one.verdict == "answered"]
    if not done:
        return []
    named = [asked.again(one, reportable=facts.reportable, lang=wording.lang) for one in done]
    return [
        Heading(text=wording.say("heading.answered")),
        Paragraph(text=wording.say("answered", questions=wording.join([_name(one, wording) for one in named]))),
    ]


def _name(one: Asked, wording: Wording) -> str:
    return wording.say("question", number=one.number, short=one.short)


def _again(opened: list[Judged], ask: list[Asked], wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    for judged, one in zip(opened, ask, strict=True):
        blocks += [Heading(text=_name(one, wording), level=3), Paragraph(text=one.text)]
        if judged.quote:
            blocks.append(Paragraph(text=wording.say("quote", quote=judged.quote)))
        blocks.append(Paragraph(text=_what_is_missing(judged, one, wording)))
    return blocks


def _what_is_missing(judged: Judged, one: Asked, wording: Wording) -> str:
    declined_claim = judged.verdict == "refused" and one.ground == "right"
    verdict_key = "refused_right" if declined_claim else judged.verdict
    said = wording.say(f"missing.{verdict_key}")
    return said + (wording.say("missing.own", missing=judged.missing) if judged.missing else "")


def _list(ask: list[Asked], wording: Wording) -> Table:
    return Table(rows=tuple((wording.say("number", number=one.number), one.text) for one in ask))


def _grounds(ask: list[Asked], wording: Wording) -> list[Block]:
    """Return each ground once with the numbers of the questions that rest on it."""
    by_ground: dict[str, list[int]] = {}
    for one in ask:
        by_ground.setdefault(one.because, []).append(one.number)
    texts = tuple(
        wording.say("ground", numbers=wording.join([str(number) for number in numbers]), because=because)
        for because, numbers in by_ground.items()
    )
    return [Heading(text=wording.say("heading.grounds")), Points(texts=texts)]


def _wish(facts: FollowUpFacts, wording: Wording) -> list[Block]:
    if not facts.wished_by:
        return []
    return [Paragraph(text=wording.say("wish.by", date=dates.say(facts.wished_by, wording.lang)))]
