"""The inquiry (問い合わせ): what a person asks a company, each question with its ground, calm and without a threat."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from madoguchi import catalogue
from madoguchi.letters import asked, person, secret
from madoguchi.letters.asked import GROUPS, Asked
from madoguchi.letters.facts import Facts, Line, Text
from madoguchi.letters.letter import Block, Heading, Letter, Paragraph, Points, Table
from madoguchi.letters.person import Addressee, AnswerBy, Heard, Writer
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang, Problem
from madoguchi.text import dates

# What nearly everybody needs to know first; a person adds and takes away.
USUAL = (
    "affected",
    "items",
    "when",
    "cause",
    "secondary_harm",
    "what_to_do",
    "company_measures",
    "prevention",
    "window",
)
FORM = 1000
"""Characters that contact forms mostly take."""
MANY = 12


class InquiryFacts(Facts):
    """One inquiry. ``questions`` are keys of `law.questions`; ``own_questions`` and ``concerns`` the person's own words.

    ``items`` are those that the notice names as this person's. ``reportable``: whether the incident is known to be one
    that must be reported (article 26(1)), known not to be, or neither. ``wished_by`` is a wish, never a deadline.
    ``matter`` is the person's own reference.
    """

    date: dt.date
    writer: Writer
    company: Addressee
    heard: Heard | None = None
    incident: Line | None = None
    items: tuple[str, ...] = ()
    concerns: tuple[Text, ...] = ()
    questions: tuple[str, ...] = USUAL
    own_questions: tuple[Text, ...] = ()
    reportable: bool | None = None
    answer_by: AnswerBy = "either"
    wished_by: dt.date | None = None
    matter: Line | None = None


class Hint(NamedTuple):
    """What the person should know before the letter goes out; never in the letter."""

    id: str
    text: str


def numbered(facts: InquiryFacts, lang: Lang = "ja") -> tuple[Asked, ...]:
    """Return the questions of the inquiry under the numbers by which the reply is judged."""
    return asked.number(facts.questions, facts.own_questions, reportable=facts.reportable, lang=lang)


def make(facts: InquiryFacts, lang: Lang = "ja", *, short: bool = False) -> Letter:
    """Return the inquiry in ``lang``; ``short`` leaves out all but who, when and the questions.

    `Problem` where a question or an item is not known, or where nothing is asked. Source: 法26条2項・32条〜36条・40条,
    規則10条.
    """
    catalogue.check_keys(facts.items)
    wording = person.words("inquiry", lang)
    questions = numbered(facts, lang)
    if not questions:
        raise Problem(
            ja="質問が1つもありません。尋ねたいことを1つ以上選ぶか、ご自身の言葉で書いてください。",
            en="nothing is asked; choose at least one question or write one of your own",
            easy="聞（き）きたいことを 1つ以上（いじょう）えらんでください。",
            place="questions",
        )
    blocks = _short(facts, questions, wording) if short else _long(facts, questions, wording)
    return Letter(
        kind="inquiry",
        lang=lang,
        date=facts.date,
        paper="large",
        sender=facts.writer.name,
        subject=wording.say("subject", name=facts.writer.for_person or facts.writer.name),
        title=wording.say("title"),
        opening=tuple(person.opening(wording, facts.date, facts.company, facts.writer, facts.matter)),
        blocks=tuple(blocks),
    )


def form_text(facts: InquiryFacts, lang: Lang = "ja", most: int = FORM) -> str:
    """Return the inquiry as one text for a contact form that takes ``most`` characters: as much of it as fits.

    Grounds go first, then what worries the person; who asks, the notice and the questions stay. `Problem` names the
    least that is needed where even that does not fit.
    """
    wording = person.words("inquiry", lang)
    questions = asked.number(facts.questions, facts.own_questions, reportable=facts.reportable, lang=lang)
    calm = facts.model_copy(update={"concerns": ()})
    tries = [
        make(facts, lang).blocks,
        make(facts, lang, short=True).blocks,
        _short(calm, questions, wording),
        _short(calm, questions, wording, bare=True),
    ]
    texts = [_plain(blocks, wording.say("label")) for blocks in tries]
    for text in texts:
        if len(text) <= most:
            return text
    least = len(texts[-1])
    raise Problem(
        ja=f"このフォームに入る{most}文字に収まりません（最も短くして{least}文字）。質問を減らすか、メールか書面で送ってください。",
        en=f"it does not fit the form's {most} characters (at its shortest {least}); ask less or send it by mail or post",
        easy=f"文（ぶん）が 長（なが）いです（{least}字（じ））。質問（しつもん）を へらすか、メールで 送（おく）ってください。",
        place="questions",
    )


def hints(facts: InquiryFacts, lang: Lang = "ja") -> list[Hint]:
    """Return what the person should know before sending. Source of the first: law.md 9b (法33条, 35条5項)."""
    wording = person.words("inquiry", lang)
    asks = set(facts.questions)
    words = [*facts.concerns, *facts.own_questions, *([facts.heard.text] if facts.heard and facts.heard.text else [])]
    count = len(numbered(facts))
    told = {
        "disclosure_first": "stop_use" in asks,
        "unverified": bool(
            facts.heard and facts.heard.how in {"mail", "sms", "post", "call"} and not facts.heard.verified
        ),
        "digits": any(secret.runs(text) for text in words),
        "no_contact": not (facts.writer.email or facts.writer.address),
        "compensation": "compensation" in asks,
        "many": count > MANY,
    }
    return [Hint(name, wording.say(f"hint.{name}", count=count)) for name, so in told.items() if so]


def _long(facts: InquiryFacts, questions: tuple[Asked, ...], wording: Wording) -> list[Block]:
    return [
        Paragraph(text=_greeting(facts, wording, "")),
        Heading(text=wording.say("heading.about")),
        person.about(wording, facts.writer),
        *_course(facts, wording),
        *_concerns(facts, wording),
        Heading(text=wording.say("heading.questions")),
        Paragraph(
            text=wording.say("questions_intro" if len(questions) > 1 else "question_intro", count=len(questions))
        ),
        *_questions(questions, wording),
        Heading(text=wording.say("heading.answer")),
        *(Paragraph(text=text) for text in _answer(facts, wording)),
        Paragraph(text=wording.say("thanks_in_advance")),
    ]


def _greeting(facts: InquiryFacts, wording: Wording, form: str) -> str:
    writer = facts.writer
    incident = facts.incident or wording.say("incident")
    if writer.for_person:
        return wording.say(f"{form}for_person", name=writer.name, person=writer.for_person, incident=incident)
    return wording.say(f"{form}greeting", name=writer.name, incident=incident)


def _course(facts: InquiryFacts, wording: Wording) -> list[Block]:
    if not facts.heard and not facts.items:
        return []
    blocks: list[Block] = [Heading(text=wording.say("heading.course"))]
    if facts.heard:
        blocks.append(Paragraph(text=person.heard(wording, facts.heard)))
        if facts.heard.text and facts.heard.how != "other":
            blocks.append(Paragraph(text=facts.heard.text))
        rows = person.notice_rows(wording, facts.heard)
        blocks += [Table(rows=rows)] if rows else []
    if facts.items:
        blocks.append(Paragraph(text=wording.say("items", items=_items(facts, wording))))
    return blocks


def _items(facts: InquiryFacts, wording: Wording) -> str:
    return wording.join([catalogue.say(key, wording.lang) for key in dict.fromkeys(facts.items)])


def _concerns(facts: InquiryFacts, wording: Wording) -> list[Block]:
    if not facts.concerns:
        return []
    return [Heading(text=wording.say("heading.concerns")), Points(texts=facts.concerns)]


def _questions(questions: tuple[Asked, ...], wording: Wording) -> list[Block]:
    """Return each group under its heading with its ground once; where a question has words of its own they stand with it."""
    blocks: list[Block] = []
    for group in GROUPS:
        inside = [one for one in questions if one.group == group]
        if not inside:
            continue
        blocks.append(Heading(text=wording.say(f"group.{group}"), level=3))
        common = max((one.because for one in inside), key=[one.because for one in inside].count)
        alone = group == "right" or all(one.because != common for one in inside)
        if not alone:
            blocks.append(Paragraph(text=common))
        texts = tuple(
            one.text if one.because == common and not alone else f"{one.text}\n{one.because}" for one in inside
        )
        blocks.append(Points(texts=texts, numbered=True, start=inside[0].number))
    return blocks


def _answer(facts: InquiryFacts, wording: Wording) -> list[str]:
    texts = [person.way(wording, facts.answer_by, facts.writer)]
    if facts.wished_by:
        texts.append(wording.say("wish.by", date=dates.say(facts.wished_by, wording.lang)))
    return [*texts, wording.say("wish.parts"), wording.say("identity")]


def _short(facts: InquiryFacts, questions: tuple[Asked, ...], wording: Wording, *, bare: bool = False) -> list[Block]:
    """Return the inquiry for a contact form: whoever reads it can find the person and answer by number."""
    rows = list(person.about(wording, facts.writer).rows[1:])
    blocks: list[Block] = [Paragraph(text=_greeting(facts, wording, "short."))]
    if facts.heard:
        if not bare:
            blocks.append(Paragraph(text=person.heard(wording, facts.heard)))
        rows += person.notice_rows(wording, facts.heard)
    blocks += [Table(rows=tuple(rows))] if rows else []
    blocks += _concerns(facts, wording)[1:]
    for group in GROUPS:
        inside = [one for one in questions if one.group == group]
        if inside and not bare:
            blocks.append(Paragraph(text=_short_ground(group, inside, wording)))
        if inside:
            texts = tuple(one.short if bare else one.text for one in inside)
            blocks.append(Points(texts=texts, numbered=True, start=inside[0].number))
    blocks.append(Paragraph(text=person.way(wording, facts.answer_by, facts.writer)))
    return blocks if bare else [*blocks, Paragraph(text=wording.say("short.full"))]


def _short_ground(group: str, inside: list[Asked], wording: Wording) -> str:
    if group == "right":
        found = dict.fromkeys(asked.articles(one, wording.lang) for one in inside)
        return wording.say("short.ground.right", articles=wording.join([article for article in found if article]))
    depends = group == "notice_item" and any(one.depends for one in inside)
    return wording.say(f"short.ground.{group}_depends" if depends else f"short.ground.{group}")


def _plain(blocks: Sequence[Block], label: str) -> str:
    """Return blocks as text without line breaks of ours: a form breaks its own lines."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Heading(text=text):
                parts.append(f"■ {text}")
            case Paragraph(text=text):
                parts.append(text)
            case Points(texts=texts, numbered=numbered, start=start):
                marks = [f"{place}. " if numbered else "・" for place in range(start, start + len(texts))]
                parts.append("\n".join(mark + text for mark, text in zip(marks, texts, strict=True)))
            case Table(rows=rows):
                parts.append("\n".join(label.join(row) for row in rows))
    return "\n".join(parts)
