"""The one page (A4) for an adviser or the phone: who, which company, what happened, what was answered, what to say."""

import datetime as dt
from typing import Self

from pydantic import model_validator

from madoguchi import catalogue
from madoguchi.law.doors import Door, Situation, doors
from madoguchi.letters import asked, person
from madoguchi.letters.asked import OPEN, Judged
from madoguchi.letters.facts import Facts, Line, Text
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Paragraph, Points, Table
from madoguchi.letters.person import Event, Heard, Writer
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates

# One page at a size that can be read: the first event, the latest ones, and texts cut where a line or two end.
EVENTS = 6
OPEN_QUESTIONS = 6
ITEMS = 8
LONG = 60
NAME = 40


class SheetFacts(Facts):
    """A person's matter on one page. ``situation`` decides the next door; ``wish`` is what the person wants, in a few words.

    ``items`` are those that leaked or may have; ``questions`` those of the last letter with their verdicts.
    """

    date: dt.date
    writer: Writer
    company: Line
    company_phone: Line | None = None
    heard: Heard | None = None
    items: tuple[str, ...] = ()
    course: tuple[Event, ...] = ()
    sent_on: dt.date | None = None
    replied_on: dt.date | None = None
    questions: tuple[Judged, ...] = ()
    wish: Text | None = None
    situation: Situation | None = None
    matter: Line | None = None

    @model_validator(mode="after")
    def _can_be_true(self) -> Self:
        if any(event.on > self.date for event in self.course):
            raise ValueError("something happened after the sheet's own day / 作成日より後の出来事があります")
        return self


def make(facts: SheetFacts, lang: Lang = "ja") -> Letter:
    """Return the sheet in ``lang``: always one page of A4. `Problem` where an item or a question is not known."""
    catalogue.check_keys(facts.items)
    wording = person.words("sheet", lang)
    opened = [one for one in facts.questions if facts.replied_on is None or one.verdict in OPEN]
    found = doors(facts.situation, lang) if facts.situation else []
    return Letter(
        kind="sheet",
        lang=lang,
        date=facts.date,
        paper="sheet",
        sender=facts.writer.name,
        subject=wording.say("title"),
        title=wording.say("title"),
        opening=(Lines(texts=tuple(_top(facts, wording)), side="right"),),
        blocks=(
            Heading(text=wording.say("heading.say")),
            Points(texts=tuple(_sentences(facts, opened, wording)), numbered=True),
            Table(rows=tuple(_who(facts, wording))),
            *_course(facts, wording),
            *_asked(facts, opened, wording),
            *(_door(found[0], wording) if found else []),
            Paragraph(text=wording.say("never")),
        ),
    )


def _top(facts: SheetFacts, wording: Wording) -> list[str]:
    label = wording.say("label")
    made = wording.say("made_on", date=dates.say(facts.date, wording.lang))
    return [made, *([wording.say("own_reference") + label + _cut(facts.matter, NAME)] if facts.matter else [])]


def _sentences(facts: SheetFacts, opened: list[Judged], wording: Wording) -> list[str]:
    """Return what to say on the phone, in three sentences: what happened, where it stands, what is wished."""
    company = _cut(facts.company, NAME)
    leaked = _items(facts, wording)
    happened = (
        wording.say("say.items", company=company, items=leaked) if leaked else wording.say("say.leak", company=company)
    )
    if facts.sent_on is None:
        stands = wording.say("say.not_asked")
    else:
        sent = dates.say(facts.sent_on, wording.lang)
        state = "waiting" if facts.replied_on is None else "open" if opened else "answered"
        stands = wording.say(f"say.{state}", sent=sent, count=len(opened))
    wish = wording.say("say.wish", wish=_cut(facts.wish, LONG)) if facts.wish else wording.say("say.what_next")
    return [happened, stands, wish]


def _items(facts: SheetFacts, wording: Wording) -> str:
    names = [catalogue.say(key, wording.lang) for key in dict.fromkeys(facts.items)]
    more = [wording.say("more_items", count=len(names) - ITEMS)] if len(names) > ITEMS else []
    return wording.join([*names[:ITEMS], *more])


def _who(facts: SheetFacts, wording: Wording) -> list[tuple[str, str]]:
    writer = facts.writer
    reach = wording.join([_cut(way, NAME) for way in (writer.phone, writer.email) if way])
    known = wording.join([_cut(number, NAME) for number in (writer.member_id, writer.order_id) if number])
    company = wording.join([_cut(part, NAME) for part in (facts.company, facts.company_phone) if part])
    heard = _cut(person.heard(wording, facts.heard), 2 * LONG) if facts.heard else ""
    reference = _cut(facts.heard.reference, NAME) if facts.heard and facts.heard.reference else ""
    rows = [
        ("me", _cut(person.signature(wording, writer), NAME)),
        ("reach", reach),
        ("number", known),
        ("company", company),
        ("heard", heard),
        ("reference", reference),
    ]
    return [(wording.say(f"who.{key}"), value) for key, value in rows if value]


def _course(facts: SheetFacts, wording: Wording) -> list[Block]:
    course = sorted(facts.course, key=lambda event: event.on)
    if not course:
        return []
    shown = course if len(course) <= EVENTS else [course[0], *course[-(EVENTS - 1) :]]
    rows = [(dates.say(event.on, wording.lang), _cut(event.text, LONG)) for event in shown]
    left = len(course) - len(shown)
    if left:
        rows.insert(1, ("…", wording.say("more_events", count=left)))
    return [Heading(text=wording.say("heading.course")), Table(rows=tuple(rows))]


def _asked(facts: SheetFacts, opened: list[Judged], wording: Wording) -> list[Block]:
    if facts.sent_on is None:
        return []
    sent = dates.say(facts.sent_on, wording.lang)
    replied = dates.say(facts.replied_on, wording.lang) if facts.replied_on else wording.say("asked.none")
    done = sum(one.verdict == "answered" for one in facts.questions) if facts.replied_on else 0
    rows = [(wording.say("asked.sent"), sent), (wording.say("asked.replied"), replied)]
    if facts.replied_on:
        rows.append((wording.say("asked.answered"), wording.say("count", count=done)))
    named = [_cut(asked.again(one, reportable=None, lang=wording.lang).short, NAME) for one in opened]
    if named:
        more = [wording.say("more_items", count=len(named) - OPEN_QUESTIONS)] if len(named) > OPEN_QUESTIONS else []
        rows.append((wording.say("asked.open"), wording.join([*named[:OPEN_QUESTIONS], *more])))
    return [Heading(text=wording.say("heading.asked")), Table(rows=tuple(rows))]


def _door(door: Door, wording: Wording) -> list[Block]:
    unsure = "" if door.reach_confirmed else wording.say("unconfirmed")
    ways = wording.join(
        [_cut(way.value, LONG) for way in door.ways if way.channel != "look_up"] or [door.ways[0].value]
    )
    rows = [
        (wording.say("door.name"), _cut(door.name, NAME)),
        (wording.say("door.reach"), wording.join([ways + unsure, *([door.hours] if door.hours else [])])),
        (wording.say("door.why"), door.why if len(door.why) < 3 * LONG else _cut(door.why, 3 * LONG)),
        (wording.say("door.bring"), wording.join(list(door.bring))),
    ]
    return [Heading(text=wording.say("heading.door")), Table(rows=tuple(rows))]


def _cut(text: str, most: int) -> str:
    """Return ``text`` on one line of at most ``most`` characters; what is cut is marked."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
