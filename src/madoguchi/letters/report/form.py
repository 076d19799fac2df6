"""The rows of the report's form, in its order: the one place where a report's facts become words.

Items, their fields, the answers a form offers and whether our sources confirm them are the law's (`law.report`);
the head of the form and what we add to an item are named in ``templates/report.yaml``.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from madoguchi import catalogue
from madoguchi.law.report import ITEMS, Field, ReportItem
from madoguchi.letters.report.facts import Contact, Measure, Moment, ReportFacts
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates

MARK = "※"  # a field or a list of answers that could not be compared with the official form

Fields = Iterator[tuple[str, str | None]]


class Row(NamedTuple):
    """One field of the form: its item (``0`` the head, ``1`` to ``9``), key, label, text, and whether the fact is known."""

    item: str
    field: str
    label: str
    text: str
    known: bool

    @property
    def name(self) -> str:
        """The label without its mark, for running text."""
        return self.label.removesuffix(MARK)


def form(facts: ReportFacts, lang: Lang) -> list[Row]:
    """Return every row of the form; what is not known says so. `Problem` for an item that the catalogue does not have."""
    wording = Wording("report", lang)
    rows = [_row(wording, facts, None, key, text) for key, text in _head(facts, Writer(wording, None))]
    for item, fields in zip(ITEMS, _ITEMS, strict=True):
        rows += [_row(wording, facts, item, key, text) for key, text in fields(facts, Writer(wording, item))]
    return rows


def _row(wording: Wording, facts: ReportFacts, item: ReportItem | None, key: str, text: str | None) -> Row:
    number, name = (item.number, item.key) if item else ("0", "head")
    field = _field(item, key)
    label = field.label.say(wording.lang) if field else wording.say(f"field.{name}.{key}")
    confirmed = field.confirmed and (field.options_confirmed or not field.options) if field else False
    # The head's fields are named by our sources one by one; report.yaml says which are not.
    mark = "" if confirmed or not item else MARK
    unknown = wording.say("investigating" if number in (facts.investigating or ()) else "unknown")
    return Row(number, f"{name}.{key}", label + mark, text or unknown, bool(text))


def _field(item: ReportItem | None, key: str) -> Field | None:
    return next((field for field in item.fields if field.key == key), None) if item else None


class Writer:
    """Words for the facts of one item."""

    def __init__(self, wording: Wording, item: ReportItem | None) -> None:
        """Write in the language of ``wording``; ``item`` has the answers that its fields offer."""
        self.wording = wording
        self.item = item

    def choice(self, field: str, key: str | None) -> str | None:
        """Return an answer in the form's words, or in ours where the form has none for it."""
        if key is None:
            return None
        known = _field(self.item, field)
        option = next((option for option in known.options if option.key == key), None) if known else None
        return option.text.say(self.wording.lang) if option else self.wording.say(f"choice.{field}.{key}")

    def choices(self, field: str, keys: Sequence[str] | None) -> str | None:
        """``None`` is unknown, an empty list a stated "none"."""
        if keys is None:
            return None
        return self.list([self.choice(field, key) or key for key in keys]) if keys else self.choice(field, "none")

    def named(self, names: Sequence[str] | None) -> str | None:
        """Whether there are any, and who."""
        if names is None:
            return None
        return self.paren(self.wording.say("yes"), self.list(names)) if names else self.wording.say("no")

    def named_only(self, names: Sequence[str]) -> str:
        """Return who or what there is; an empty list is a stated "none"."""
        return self.list(names) if names else self.wording.say("no")

    def list(self, words: Sequence[str]) -> str:
        """Return an enumeration."""
        return self.wording.join(tuple(words))

    def paren(self, text: str | None, detail: str | None) -> str | None:
        """Return ``text（detail）``, or whichever of them is known."""
        return self.wording.say("with_detail", text=text, detail=detail) if text and detail else text or detail

    def unless(self, idle: bool, text: str | None) -> str | None:
        """A field that a state leaves empty by nature is not an unknown one."""
        return self.wording.say("not_applicable") if idle and not text else text

    def day(self, day: dt.date | None) -> str | None:
        """Return a day in words."""
        return dates.say(day, self.wording.lang) if day else None

    def count(self, number: int | None) -> str | None:
        """Return a number of persons; 0 is a number."""
        return None if number is None else self.wording.say("persons", number=f"{number:,}")

    def lines(self, entries: Sequence[Measure | Moment] | None) -> str | None:
        """Return dated entries, one a line; an unknown day says so."""
        if entries is None:
            return None
        return "\n".join(self._dated(entry) for entry in entries) or self.wording.say("no")

    def _dated(self, entry: Measure | Moment) -> str:
        day = self.day(entry.date) or self.wording.say("no_day")
        return self.wording.say("dated", date=day, text=entry.text)


def _head(facts: ReportFacts, say: Writer) -> Fields:
    reporter, contact = facts.reporter, facts.reporter.contact or Contact()
    first = facts.kind != "supplement" and not (facts.previous_date or facts.reception_number)
    yield "kind", f"{say.choice('turn', 'first' if first else 'later')} / {say.choice('kind', facts.kind)}"
    yield "date", say.day(facts.date)
    if not first:
        yield "previous_date", say.day(facts.previous_date)
        yield "reception_number", facts.reception_number
    yield "destination", facts.destination
    yield "my_number", None if facts.my_number is None else say.wording.say("yes" if facts.my_number else "no")
    yield "reporter_kind", say.choice("reporter_kind", reporter.kind)
    yield "name", reporter.name
    yield "kana", reporter.kana
    yield "corporate_number", reporter.corporate_number
    yield "address", reporter.address
    yield "representative", reporter.representative
    yield "contact_name", contact.name
    yield "contact_department", contact.department
    yield "contact_phone", contact.phone
    yield "contact_email", contact.email


def _overview(facts: ReportFacts, say: Writer) -> Fields:
    item = facts.overview
    yield "occurred_on", item.occurred.say(say.wording) if item.occurred else None
    yield "found_on", say.day(item.discovered)
    yield "event", say.choices("event", item.events)
    yield "found_by", say.paren(say.choice("found_by", item.discoverer), item.discoverer_text)
    yield "situations", say.choices("situations", item.situations)
    yield "entruster", say.named(item.entrusters)
    yield "entrustee", say.named(item.entrustees)
    yield "summary", item.summary
    yield "course", say.lines(item.course)
    investigation = say.choice("outside_investigation", item.investigation)
    yield "outside_investigation", say.paren(investigation, item.investigation_text)


def _data(facts: ReportFacts, say: Writer) -> Fields:
    item = facts.data
    catalogue.check_keys(item.items or ())
    names = [catalogue.say(key, say.wording.lang) for key in dict.fromkeys(item.items or ())]
    yield "medium", say.choices("medium", item.media)
    yield "kind", say.choices("kind", item.people_kinds)
    texts = [*names, *([item.items_text] if item.items_text else [])]
    yield "items", say.named_only(texts) if item.items is not None or texts else None


def _persons(facts: ReportFacts, say: Writer) -> Fields:
    yield "confirmed", say.count(facts.persons.confirmed)
    yield "upper", say.count(facts.persons.upper)
    yield "with_card", say.count(facts.persons.with_card)


def _cause(facts: ReportFacts, say: Writer) -> Fields:
    yield "where", say.choice("where", facts.cause.actor)
    yield "class", say.choice("class", facts.cause.kind)
    yield "detail", facts.cause.detail


def _secondary(facts: ReportFacts, say: Writer) -> Fields:
    item = facts.secondary_harm
    answers = {"seen": "yes", "none_seen": "no", "possible": "unknown"}
    yield "exists", say.choice("exists", answers[item.state]) if item.state else None
    none_seen = say.wording.say("none_seen") if item.state == "none_seen" else None
    yield "detail", item.detail or none_seen


def _response(facts: ReportFacts, say: Writer) -> Fields:
    item = facts.notices
    idle = item.state == "none"
    yield "notice", say.choice("notice", item.state)
    yield "date", say.unless(idle, say.day(item.date))
    yield "methods", say.unless(idle, say.choices("methods", item.methods))
    yield "count", say.unless(idle, say.count(item.count))
    yield "measures", item.detail or (say.wording.say("notice_above") if item.state and not idle else None)


def _publication(facts: ReportFacts, say: Writer) -> Fields:
    item = facts.publication
    idle = item.state == "none"
    yield "state", say.choice("state", item.state)
    yield "on", say.unless(idle, say.day(item.date))
    yield "means", say.unless(idle, say.choices("means", item.methods))
    if item.detail:
        yield "detail", item.detail


def _prevention(facts: ReportFacts, say: Writer) -> Fields:
    done, planned = facts.prevention.done, facts.prevention.planned
    yield "done", say.lines(done)
    yield "planned", say.lines(planned)
    days = [measure.date for measure in planned or () if measure.date]
    # The last day is known only when each measure has one.
    last = max(days) if days and len(days) == len(planned or ()) else None
    yield "complete_by", say.unless(planned == (), say.day(last))


def _reference(facts: ReportFacts, _: Writer) -> Fields:
    item = facts.others
    yield "self_protection", item.self_protection
    yield "contact", item.desk
    yield "police", item.police
    yield "other_authorities", item.other_authorities
    yield "certified_body", item.certified_body
    yield "card_companies", item.card_companies
    yield "compensation", item.compensation
    if item.other:
        yield "other", item.other


_ITEMS = (
    _overview,
    _data,
    _persons,
    _cause,
    _secondary,
    _response,
    _publication,
    _prevention,
    _reference,
)
