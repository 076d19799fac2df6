"""The words of this room: where a value stands, what a row holds, what a person's exposure is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Tier = Literal["proved", "possible", "population"]
TIERS: tuple[Tier, ...] = ("proved", "possible", "population")

#: Strong keys in the order in which one is named when several tie a record to a person.
KEYS = ("email", "phone", "member_id", "order_id", "card_number", "name+address", "name+birth_date")

#: A value that more people of the list share identifies nobody (contract, `scope`).
SHARED = 20


class Spot(NamedTuple):
    """Where a value stands in its (unpacked) file: line from 1, character in it from 0, offset and length in bytes."""

    line: int
    column: int
    offset: int | None
    length: int | None


Span = tuple[int, int]


class Row(NamedTuple):
    """One row of a table: its cells as text (None is NULL) and a function that finds a cell's place.

    ``place`` answers only until the next row is read: places are looked up for evidence, not for every cell.
    """

    table: str
    values: list[str | None]
    place: Callable[[int, Span | None], Spot]

    def spot(self, cell: int, within: Span | None = None) -> Spot:
        """Return where a cell's value stands, or the piece ``within`` of its text."""
        return self.place(cell, within)


@dataclass(frozen=True, slots=True)
class Exposure:
    """One item of one person with its tier, the key that tied it and the first place where it was seen.

    ``source`` is the file as the user knows it, ``place`` is ``source:line``; ``offset`` and ``length`` are bytes of
    the exact value in the unpacked file, or None; ``count`` is the number of sights in that source.
    """

    person: str
    item: str
    tier: Tier
    key: str
    source: str
    place: str
    offset: int | None
    length: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Affected:
    """One line of people.csv: the strongest tier of a person and the items of that tier."""

    id: str
    tier: Tier
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a scan found: exposures and people in a fixed order, the summary, and the times of this one run."""

    exposures: list[Exposure]
    people: list[Affected]
    summary: dict[str, Any]
    run: dict[str, Any] = field(default_factory=dict)
    #: Some of the material could not be read (exit 1); a scan that could read none of it raises `Problem`.
    partly: bool = False
