"""When a person counts as affected, and by which items: the rules of the contract (`scope`), and nothing else.

A record is a row and the rows it refers to (`links`). Its fields stand in groups: one for each row and for each whose
within the row (the buyer's, the recipient's). A strong key anywhere in the record ties a person to it:

- a mail address, a phone, a member or order id in its own column, a whole valid card number;
- a name with an address, a name with a birth date, of the same group. A name in kana is a name.

Then every filled field of a group is that person's item, unless the group names somebody else: then only the strong
key that matched counts. A group without a name of its own goes by the name of the row it hangs on. Names of different
scripts (山田太郎, TARO YAMADA) cannot be told apart and are not somebody else; nor is the family name alone. In running
text, and in cells that no heading explains, only the person's own values count.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from madoguchi.scope import messages
from madoguchi.scope.people import SINGLE, People, Person
from madoguchi.scope.shapes import KEYS
from madoguchi.scope.values import canonical, script
from madoguchi.text import fold

_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Field:
    """One filled field: its item, what it says (an address in each way its cells allow), the cell where it begins."""

    item: str
    texts: tuple[str, ...]
    cell: int

    def values(self) -> set[str]:
        """Return its compared writings."""
        return {value for text in self.texts if (value := canonical(self.item, text))}


@dataclass(slots=True)
class Group:
    """Fields of one row that are one person's, and the texts of its cells that no heading explains.

    ``origin`` is what the row is known by to whoever made the record; ``hangs_on`` is the group whose name counts
    where this one has none.
    """

    origin: object
    fields: list[Field]
    loose: list[tuple[int, str]] = field(default_factory=list)
    hangs_on: "Group | None" = None

    def names(self) -> set[str]:
        """Return the names it gives, kana included."""
        return {value for f in self.fields if f.item in ("name", "name_kana") for value in f.values()}


class Sight(NamedTuple):
    """One item of one person, seen in a cell; ``within`` is the part of the cell's text, where it is a sentence."""

    person: int
    item: str
    key: str
    origin: object
    cell: int
    within: tuple[int, int] | None


def judge(record: list[Group], people: People, *, trusted: bool = True) -> list[Sight]:
    """Return what a record proves, person by person. ``trusted`` is false where its member ids are not the list's."""
    names = [_names(group) for group in record]
    strong = _strong(record, names, people, trusted=trusted)
    sights: list[Sight] = []
    for number in sorted(strong):
        tied = strong[number]
        key = min((key for key, _, _ in tied), key=KEYS.index)
        person = people.people[number]
        for at, group in enumerate(record):
            hits = {cell for _, index, cell in tied if index == at}
            other = is_somebody_else(person, names[at])
            counted = [f for f in group.fields if not other or f.cell in hits]
            sights += [Sight(number, f.item, key, group.origin, f.cell, None) for f in counted]
    known = {number: min((key for key, _, _ in tied), key=KEYS.index) for number, tied in strong.items()}
    for group in record:
        for cell, text in group.loose:
            sights += [
                Sight(found.person, found.item, found.key, group.origin, cell, found.within)
                for found in message(text, people, known)
            ]
    return sights


def is_somebody_else(person: Person, names: Iterable[str]) -> bool:
    """Return whether these names are another person's than ``person``: comparable to hers, and none of them hers."""
    own = person.names
    scripts = {script(name) for name in own}
    comparable = [name for name in names if script(name) in scripts]
    return bool(comparable) and not any(name in own or name in person.families for name in comparable)


class Own(NamedTuple):
    """One of a person's own values in a text."""

    person: int
    item: str
    key: str
    within: tuple[int, int] | None


def message(text: str, people: People, known: dict[int, str] | None = None) -> Iterator[Own]:
    """Yield the own values of people in running text: strong ones, and then their names beside those.

    ``known`` are people whom the record around the text ties already, with their key.
    """
    tied = dict(known or {})
    for found in messages.find(text):
        for number in people.with_value(found.item, found.value):
            tied[number] = min(tied.get(number, found.item), found.item, key=KEYS.index)
            yield Own(number, found.item, found.item, (found.start, found.end))
    if not tied or not _LETTER.search(text):
        return
    folded = fold.key(text)
    for number, key in tied.items():
        for item, writings in people.people[number].written.items():
            if any(len(writing) > 1 and writing in folded for writing in writings):
                yield Own(number, item, key, _exact(text, writings))


def _exact(text: str, writings: set[str]) -> tuple[int, int] | None:
    """Return where a writing stands in the text as it is; None where only the folded text holds it."""
    for writing in sorted(writings):
        at = text.find(writing)
        if at >= 0:
            return at, at + len(writing)
    return None


Tie = tuple[str, int, int]  # the key, the group's number in the record, the cell


def _strong(record: list[Group], names: list[set[str]], people: People, *, trusted: bool) -> dict[int, set[Tie]]:
    """Return for each person tied by a strong key which keys, and where each stands."""
    found: dict[int, set[Tie]] = {}
    for at, group in enumerate(record):
        called = [name for name in sorted(names[at]) if name in people.named]
        for f in group.fields:
            if f.item in SINGLE and (trusted or f.item != "member_id"):
                for value in f.values():
                    for number in people.with_value(f.item, value):
                        found.setdefault(number, set()).add((f.item, at, f.cell))
            elif f.item in ("address", "birth_date") and called:
                for value in f.values():
                    for name in called:
                        for number in people.with_name_and(f.item, name, value):
                            found.setdefault(number, set()).add((f"name+{f.item}", at, f.cell))
    return found


def _names(group: Group) -> set[str]:
    """Return the names that a group goes by: its own, or those of what it hangs on."""
    at: Group | None = group
    while at is not None:
        if own := at.names():
            return own
        at = at.hangs_on
    return set()
