"""One sentence for each matter of an incident, as the public is told of it: the statement, the FAQ and the script say the same."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from madoguchi import catalogue
from madoguchi.letters.facts import told
from madoguchi.letters.public import Filing, Measure, PublicFacts
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates

State = Literal["answered", "partly", "unknown_yet"]


class Matter(NamedTuple):
    """What can be said of one matter now, and whether that is all of it."""

    text: str
    state: State


class Account:
    """An incident told in one language, matter by matter; what is not known says so and is never guessed."""

    def __init__(self, facts: PublicFacts, lang: Lang) -> None:
        """Read the words; the items of ``facts`` are keys of the catalogue (`public.check_items`)."""
        self.facts = facts
        self.lang = lang
        self.words = Wording("public", lang)
        self.notice = Wording("notice", lang)

    @property
    def date(self) -> str:
        """The day of publication."""
        return dates.say(self.facts.date, self.lang)

    @property
    def event(self) -> str:
        """Leak, loss, damage: the words of the notice."""
        join = self.notice.say("event.join")
        return join.join(self.notice.say(f"event.{event}") for event in dict.fromkeys(self.facts.events))

    @property
    def people(self) -> str:
        """Whose data it is."""
        return self.words.join([self.words.say(f"people.{kind}") for kind in dict.fromkeys(self.facts.people_kinds)])

    def occurred(self) -> Matter:
        """The period concerned; with an end that is not known it is told in part."""
        period = self.facts.occurred
        if not period:
            return self._open("1")
        return Matter(period.say(self.words), "answered" if period.start and period.end else "partly")

    def discovered(self) -> Matter:
        """The day on which the company learned of it."""
        day = self.facts.discovered
        return Matter(dates.say(day, self.lang), "answered") if day else self._open("1")

    def group(self) -> Matter | None:
        """Who is concerned, where the company said so or is looking into it."""
        if self.facts.affected_group:
            return Matter(told(self.facts.affected_group, self.lang), "answered")
        return self._open("3") if "3" in self.facts.investigating else None

    def persons(self) -> Matter:
        """How many: the confirmed number, the most that may be affected, or both."""
        confirmed, upper = self.facts.persons.confirmed, self.facts.persons.upper
        if confirmed is None and upper is None:
            return self._open("3")
        if confirmed is None:
            return Matter(self.words.say("count.upper", number=f"{upper:,}"), "partly")
        if upper is None or upper == confirmed:
            kind = "number" if self.facts.certainty == "occurred" else "suspected"
            return Matter(self.words.say(f"count.{kind}", number=f"{confirmed:,}"), "answered")
        if not confirmed:
            return Matter(self.words.say("count.upper", number=f"{upper:,}"), "partly")
        return Matter(self.words.say("count.both", confirmed=f"{confirmed:,}", upper=f"{upper:,}"), "partly")

    def with_card(self) -> Matter | None:
        """How many of them with card data, where that is counted: the most there may be, where nobody is confirmed."""
        persons = self.facts.persons
        if persons.with_card is None:
            return None
        most = persons.with_card and not persons.confirmed
        said = self.words.say("count.upper" if most else "count.number", number=f"{persons.with_card:,}")
        return Matter(said, "partly" if most else "answered")

    def items(self) -> Matter:
        """Which items."""
        return Matter(self.named(self.facts.items), "answered") if self.facts.items else self._open("2")

    def not_affected(self) -> Matter | None:
        """Which items are not among them, where the company said so."""
        return Matter(self.named(self.facts.not_affected), "answered") if self.facts.not_affected else None

    def cause(self) -> Matter:
        """The cause in the company's words, or in the house's for its kind."""
        if self.facts.cause_text:
            return Matter(told(self.facts.cause_text, self.lang), "answered")
        if self.facts.cause and self.facts.cause != "other":
            return Matter(self.notice.say(f"cause.{self.facts.cause}"), "answered")
        return Matter(self.notice.say(f"cause.{self._how_open('4')}", date=self.date), "unknown_yet")

    def secondary(self) -> Matter:
        """Further harm; "none seen" is never said to be none."""
        state = self.facts.secondary_harm
        texts = [self.notice.say(f"secondary.{state or self._how_open('5')}", date=self.date)]
        if self.facts.secondary_text:
            texts.append(told(self.facts.secondary_text, self.lang))
        if state == "none_seen":
            texts.append(self.words.say("not_none"))
        return Matter("\n".join(texts), "answered" if state else "unknown_yet")

    def compensation(self) -> Matter | None:
        """What the company decided to offer, in its own words; nothing where it decided nothing."""
        return Matter(told(self.facts.compensation, self.lang), "answered") if self.facts.compensation else None

    def told_individually(self) -> Matter:
        """How those affected are told."""
        notices = self.facts.notices
        ways = [way for way in notices.methods or () if way != "substitute"]
        names = self.words.join([self.words.say(f"methods.{way}") for way in ways])
        methods = self.words.say("methods.by", methods=names) if ways else ""
        texts = []
        if notices.state in ("done", "under_way", "planned") and (ways or not notices.methods):
            texts.append(self.words.say(f"told.{notices.state}", methods=methods))
        if "substitute" in (notices.methods or ()):
            texts.append(self.words.say("told.substitute"))
        if not texts:
            return Matter(self.words.say("told.unknown"), "unknown_yet")
        return Matter("\n".join(texts), "answered")

    def filings(self) -> tuple[tuple[str, str], ...]:
        """Whom the company told or will tell: who, and what it says of it."""
        return tuple((self._filed_with(filing), self._filed(filing)) for filing in self.facts.filings)

    def measures(self, which: Literal["done", "planned"]) -> tuple[str, ...]:
        """The measures against recurrence, with their days where they have one."""
        return tuple(self._measure(which, measure) for measure in getattr(self.facts, which))

    def course(self) -> tuple[tuple[str, str], ...]:
        """The course of facts: day and what happened."""
        return tuple(
            (dates.say(entry.date, self.lang) if entry.date else self.words.say("no_day"), told(entry.text, self.lang))
            for entry in self.facts.course
        )

    def desk(self) -> tuple[tuple[str, str], ...]:
        """Each way to reach the desk, with its label."""
        desk = self.facts.desk
        hours = told(desk.hours, self.lang) if desk.hours else None
        form = (self.words.say("form"), desk.form)
        ways = [("name", desk.name), ("phone", desk.phone), ("hours", hours), ("email", desk.email)]
        rows = [(self.notice.say(f"desk.{way}"), value) for way, value in ways]
        rows += [form, (self.notice.say("desk.web"), desk.web), (self.notice.say("desk.address"), desk.address)]
        return tuple((label, value) for label, value in rows if value)

    def rows(self) -> list[tuple[str, str, Matter]]:
        """Key, label and text of each matter that can change from one statement to the next."""
        matters: list[tuple[str, Callable[[], Matter | None]]] = [
            ("occurred", self.occurred),
            ("discovered", self.discovered),
            ("group", self.group),
            ("persons", self.persons),
            ("with_card", self.with_card),
            ("items", self.items),
            ("not_affected", self.not_affected),
            ("cause", self.cause),
            ("secondary", self.secondary),
            ("compensation", self.compensation),
        ]
        found = [(key, self.label(key), matter()) for key, matter in matters]
        return [(key, label, matter) for key, label, matter in found if matter]

    def label(self, key: str) -> str:
        """The name of a matter."""
        return self.words.say(f"label.items.{self.facts.certainty}" if key == "items" else f"label.{key}")

    def named(self, keys: tuple[str, ...] | None) -> str:
        """Items by name."""
        return self.words.join([catalogue.say(key, self.lang) for key in dict.fromkeys(keys or ())])

    def something_is_open(self) -> bool:
        """Whether another statement can be expected."""
        return bool(self.facts.investigating) or any(matter.state == "unknown_yet" for _, _, matter in self.rows())

    def _open(self, item: str) -> Matter:
        how = self._how_open(item)
        return Matter(self.words.say(how), "unknown_yet")

    def _how_open(self, item: str) -> str:
        return "investigating" if item in self.facts.investigating else "unknown"

    def _filed_with(self, filing: Filing) -> str:
        return told(filing.name, self.lang) if filing.name else self.words.say(f"filing.{filing.to}")

    def _filed(self, filing: Filing) -> str:
        if filing.text:
            return told(filing.text, self.lang)
        # The law calls it a report where it is one; of the others we only know that they were told.
        verb = "reported" if filing.to in ("ppc", "authority", "certified_body") else "contacted"
        if filing.date:
            return self.words.say(f"filing.{verb}.{filing.state}_on", date=dates.say(filing.date, self.lang))
        return self.words.say(f"filing.{verb}.{filing.state}")

    def _measure(self, which: str, measure: Measure) -> str:
        text = told(measure.text, self.lang)
        if not measure.date:
            return text
        # The day follows the sentence; its full stop would stand in the middle.
        day = dates.say(measure.date, self.lang)
        return self.words.say(f"measure.{which}", text=text.rstrip("。．. "), date=day)
