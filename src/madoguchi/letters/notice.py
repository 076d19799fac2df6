"""The notice to a person (本人通知): what happened to that person's data, as the law's items 1, 2, 4, 5 and 9."""

import datetime as dt
from typing import Literal, Self

from pydantic import model_validator

from madoguchi import catalogue, harm
from madoguchi.letters.facts import Cause, Desk, Facts, Line, PeopleKind, Period, Secondary, Told, told
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Paragraph, Points, Table
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates

Event = Literal["leak", "loss", "damage"]
Open = Literal["1", "2", "4", "5"]


class NoticeFacts(Facts):
    """One person's notice. ``proved`` and ``possible`` are that person's own items (catalogue keys), nobody else's.

    An item in both is proved. ``investigating`` names the items of rule 8(1) that are being looked into, so that an
    unknown there is said to be under investigation. ``reference`` is a code that the person can quote.
    """

    date: dt.date
    company: Line
    company_address: Line | None = None
    representative: Line | None = None
    person: Line | None = None
    person_address: Line | None = None
    people_kind: PeopleKind = "customers"
    reference: Line | None = None
    events: tuple[Event, ...] = ("leak",)
    summary: Told | None = None
    occurred: Period | None = None
    discovered: dt.date | None = None
    delay_reason: Told | None = None
    proved: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    not_affected: tuple[str, ...] = ()
    cause: Cause | None = None
    cause_text: Told | None = None
    secondary_harm: Secondary | None = None
    secondary_text: Told | None = None
    company_did: tuple[Told, ...] = ()
    company_plans: tuple[Told, ...] = ()
    desk: Desk | None = None
    investigating: tuple[Open, ...] = ()

    @model_validator(mode="after")
    def _can_be_true(self) -> Self:
        if not self.events:
            raise ValueError("name at least one event / 事案の種類（漏えいなど）を1つ以上書いてください")
        both = sorted(set(self.not_affected) & {*self.proved, *self.possible})
        if both:
            raise ValueError(
                f"{', '.join(both)} cannot be affected and not affected / 対象であり対象でない項目があります"
            )
        days = [self.discovered, self.occurred and self.occurred.start, self.occurred and self.occurred.end]
        if any(day and day > self.date for day in days):
            raise ValueError("a day lies after the notice's own date / お知らせの日より後の日付があります")
        if self.discovered and self.occurred and self.occurred.start and self.discovered < self.occurred.start:
            raise ValueError("it was found before it happened / 知った日が発生した日より前です")
        return self


def make(facts: NoticeFacts, lang: Lang = "ja") -> Letter:
    """Return the notice in ``lang``; `Problem` where an item is not a key of the catalogue.

    Source: 法第26条第2項, 規則第10条, ガイドライン通則編 3-5-4.
    """
    catalogue.check_keys([*facts.proved, *facts.possible, *facts.not_affected])
    wording = Wording("notice", lang)
    words = {
        "event": wording.say("event.join").join(wording.say(f"event.{event}") for event in dict.fromkeys(facts.events)),
        "you": wording.say("you.customers" if facts.people_kind == "customers" else "you.other"),
        "date": dates.say(facts.date, lang),
        "company": facts.company,
    }
    certainty = "proved" if facts.proved else "possible"
    return Letter(
        kind="notice",
        lang=lang,
        date=facts.date,
        sender=facts.company,
        subject=wording.say(f"subject.{certainty}", **words),
        title=wording.say(f"title.{certainty}", **words),
        opening=tuple(_opening(facts, wording, words)),
        blocks=(
            *_greeting(facts, wording, words, certainty),
            *_what(facts, wording),
            *_items(facts, wording, words),
            *_cause(facts, wording, words),
            *_secondary(facts, wording, words),
            *_advice(facts, wording),
            *_company(facts, wording),
            *_desk(facts, wording),
        ),
    )


def _opening(facts: NoticeFacts, wording: Wording, words: dict[str, str]) -> list[Block]:
    label = wording.say("reference.label") + wording.say("label")
    name = wording.say("addressee.named", name=facts.person) if facts.person else None
    return [
        Lines(texts=(words["date"], *([label + facts.reference] if facts.reference else [])), side="right"),
        Lines(texts=_given(facts.person_address, name or wording.say(f"addressee.{facts.people_kind}"))),
        Lines(texts=_given(facts.company, facts.representative, facts.company_address), side="right"),
    ]


def _given(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _greeting(facts: NoticeFacts, wording: Wording, words: dict[str, str], certainty: str) -> list[Block]:
    thanks = [Paragraph(text=wording.say("thanks"))] if facts.people_kind == "customers" else []
    return [
        *thanks,
        Paragraph(text=wording.say(f"apology.{certainty}", **words)),
        Paragraph(text=wording.say("as_of", **words)),
    ]


def _what(facts: NoticeFacts, wording: Wording) -> list[Block]:
    open_word = wording.say("investigating" if "1" in facts.investigating else "unknown")
    summary = told(facts.summary, wording.lang) if facts.summary else wording.say("what.no_summary")
    # 滅失 and 毀損 are words of the law; a reader who meets them, or who reads やさしい日本語, is told what they mean.
    meanings = "".join(wording.say(f"explain.{event}") for event in dict.fromkeys(facts.events))
    discovered = dates.say(facts.discovered, wording.lang) if facts.discovered else open_word
    blocks: list[Block] = [
        Heading(text=wording.say("heading.what")),
        Paragraph(text=summary),
        Table(
            rows=(
                (wording.say("what.occurred"), facts.occurred.say(wording) if facts.occurred else open_word),
                (wording.say("what.discovered"), discovered),
            )
        ),
    ]
    if set(facts.events) != {"leak"} or wording.lang == "ja-easy":
        blocks.append(Paragraph(text=meanings))
    if facts.delay_reason:
        blocks.append(Heading(text=wording.say("what.delay"), level=3))
        blocks.append(Paragraph(text=told(facts.delay_reason, wording.lang)))
    return blocks


def _items(facts: NoticeFacts, wording: Wording, words: dict[str, str]) -> list[Block]:
    blocks: list[Block] = [Heading(text=wording.say("heading.items", **words))]
    possible = [key for key in facts.possible if key not in facts.proved]
    for tier, keys in (("proved", facts.proved), ("possible", possible)):
        if keys:
            blocks.append(Heading(text=wording.say(f"items.{tier}", **words), level=3))
            blocks.append(Points(texts=tuple(_names(keys, wording))))
    if not facts.proved and not possible:
        unknown = "items.investigating" if "2" in facts.investigating else "items.none"
        blocks.append(Paragraph(text=wording.say(unknown)))
    if facts.not_affected:
        items = wording.join(_names(facts.not_affected, wording))
        blocks.append(Paragraph(text=wording.say("items.not_affected", items=items)))
    return blocks


def _names(keys: tuple[str, ...] | list[str], wording: Wording) -> list[str]:
    return [catalogue.say(key, wording.lang) for key in dict.fromkeys(keys)]


def _cause(facts: NoticeFacts, wording: Wording, words: dict[str, str]) -> list[Block]:
    if facts.cause_text:
        text = told(facts.cause_text, wording.lang)
    elif facts.cause and facts.cause != "other":
        text = wording.say(f"cause.{facts.cause}")
    else:
        text = wording.say("cause.investigating" if "4" in facts.investigating else "cause.unknown", **words)
    return [Heading(text=wording.say("heading.cause")), Paragraph(text=text)]


def _secondary(facts: NoticeFacts, wording: Wording, words: dict[str, str]) -> list[Block]:
    unknown = "investigating" if "5" in facts.investigating else "unknown"
    blocks: list[Block] = [
        Heading(text=wording.say("heading.secondary")),
        Paragraph(text=wording.say(f"secondary.{facts.secondary_harm or unknown}", **words)),
    ]
    if facts.secondary_text:
        blocks.append(Paragraph(text=told(facts.secondary_text, wording.lang)))
    return blocks


def _advice(facts: NoticeFacts, wording: Wording) -> list[Block]:
    blocks: list[Block] = [Heading(text=wording.say("heading.advice"))]
    since = facts.occurred.start if facts.occurred else None
    steps = harm.notice_advice(list(dict.fromkeys([*facts.proved, *facts.possible])), wording.lang, since)
    if steps:
        blocks.append(Paragraph(text=wording.say("advice.intro")))
        blocks.append(Points(texts=tuple(steps)))
    else:
        blocks.append(Paragraph(text=wording.say("advice.beware")))
    return [*blocks, Paragraph(text=wording.say("advice.never_asked"))]


def _company(facts: NoticeFacts, wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    for name, measures in (("did", facts.company_did), ("plans", facts.company_plans)):
        if measures:
            blocks.append(Heading(text=wording.say(f"company.{name}"), level=3))
            blocks.append(Points(texts=tuple(told(measure, wording.lang) for measure in measures)))
    return [Heading(text=wording.say("heading.company")), *blocks] if blocks else []


def _desk(facts: NoticeFacts, wording: Wording) -> list[Block]:
    desk = facts.desk or Desk()
    hours = told(desk.hours, wording.lang) if desk.hours else None
    ways = [("name", desk.name), ("phone", desk.phone), ("hours", hours), ("email", desk.email), ("web", desk.web)]
    rows = tuple((wording.say(f"desk.{way}"), value) for way, value in [*ways, ("address", desk.address)] if value)
    blocks: list[Block] = [Heading(text=wording.say("heading.desk"))]
    blocks.append(Table(rows=rows) if rows else Paragraph(text=wording.say("desk.unknown")))
    if facts.reference:
        blocks.append(Paragraph(text=wording.say("reference.ask", reference=facts.reference)))
    blocks.append(Paragraph(text=wording.say("desk.no_link")))
    if _something_is_open(facts):
        blocks.append(Paragraph(text=wording.say("more")))
    return blocks


def _something_is_open(facts: NoticeFacts) -> bool:
    cause_known = facts.cause_text or (facts.cause and facts.cause != "other")
    known = (facts.summary, facts.occurred, facts.discovered, facts.proved or facts.possible, cause_known)
    return bool(facts.investigating) or not all(known) or facts.secondary_harm is None
