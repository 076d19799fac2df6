"""Who can help now, the one next step first: `corpus/doors.yaml`, read against a person's `Situation`."""

from functools import cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi.law import bodies
from madoguchi.law.bodies import Body
from madoguchi.law.situation import Situation, Verdicts, points
from madoguchi.problem import Lang
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

__all__ = ["Door", "Situation", "Verdicts", "Way", "doors"]

Channel = Literal["phone", "mail", "page", "look_up"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """One way in: open where all of ``when``, one of ``any`` (if named) and none of ``when_not`` is so."""

    when: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    when_not: frozenset[str] = frozenset()
    order: int
    why: LocalText

    def open_to(self, so: frozenset[str]) -> bool:
        """Tell whether it is open where ``so`` is what is so."""
        return self.when <= so and (not self.any or bool(self.any & so)) and not self.when_not & so


class DoorEntry(_Strict):
    """A door as the file states it; the first open entry counts."""

    body: str
    entries: tuple[Entry, ...]
    powers: LocalText
    bring: tuple[LocalText, ...]
    cannot: LocalText
    cost: LocalText | None = None
    practice: LocalText | None = None
    citations: tuple[str, ...]
    confirmed: bool = True

    @model_validator(mode="after")
    def _leads_to_a_body(self) -> Self:
        if self.body not in bodies.load():
            raise ValueError(
                f"there is no body {self.body!r}; nearest: {datafile.nearest(self.body, [*bodies.load()])}"
            )
        return self


class DoorsFile(_Strict):
    """`doors.yaml`."""

    doors: tuple[DoorEntry, ...]


class Way(_Strict):
    """How to reach a body; for ``look_up`` the ``value`` says where its number or desk stands."""

    channel: Channel
    value: str


class Door(_Strict):
    """A door that is open now, in one language.

    ``why`` it is open, what the body can do (``powers``) and ``cannot``, what to ``bring``. ``reach_confirmed``: a source
    of ours states its number; ``confirmed``: also what is said of it, save ``practice``, which is what advisers say.
    """

    key: str
    name: str
    why: str
    powers: str
    ways: tuple[Way, ...]
    hours: str | None
    bring: tuple[str, ...]
    cannot: str
    cost: str | None
    practice: str | None
    citations: tuple[str, ...]
    reach_confirmed: bool
    confirmed: bool


def doors(situation: Situation, lang: Lang = "ja") -> list[Door]:
    """Return the doors that are open, nearest first, so that the first is the next step; those not open are left out.

    Doors already turned to (``situation.already``) come after the others. Source: 法40条・47条〜56条, and the bodies'
    own pages as cited at each door.
    """
    so = points(situation)
    found: list[tuple[bool, int, DoorEntry, Entry]] = []
    for door in entries():
        entry = next((one for one in door.entries if one.open_to(so)), None)
        if entry:
            found.append((door.body in situation.already, entry.order, door, entry))
    found.sort(key=lambda one: one[:2])
    return [_door(door, entry, situation, lang) for _, _, door, entry in found]


@cache
def entries() -> tuple[DoorEntry, ...]:
    """Return every door of the corpus."""
    return datafile.load(DoorsFile, files("madoguchi.law") / "corpus" / "doors.yaml").doors


def _door(door: DoorEntry, entry: Entry, situation: Situation, lang: Lang) -> Door:
    body = bodies.load()[door.body]
    name = body.name.say(lang)
    if door.body == "certified_body" and situation.certified_body:
        name = situation.certified_body
    return Door(
        key=door.body,
        name=name,
        why=entry.why.say(lang, certified_body=situation.certified_body),
        powers=door.powers.say(lang),
        ways=_ways(body, lang),
        hours=body.hours.say(lang) if body.hours else None,
        bring=tuple(text.say(lang) for text in door.bring),
        cannot=door.cannot.say(lang),
        cost=door.cost.say(lang) if door.cost else None,
        practice=door.practice.say(lang) if door.practice else None,
        citations=tuple(dict.fromkeys([*door.citations, *body.citations])),
        reach_confirmed=body.confirmed,
        confirmed=door.confirmed and body.confirmed,
    )


def _ways(body: Body, lang: Lang) -> tuple[Way, ...]:
    where = body.where.say(lang) if body.where else None
    given: list[tuple[Channel, str | None]] = [
        ("mail", body.mail),
        ("page", body.web),
        ("phone", body.phone),
        ("look_up", where),
    ]
    return tuple(Way(channel=channel, value=value) for channel, value in given if value)
