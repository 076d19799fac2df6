"""When a person counts as affected, and by which items: the rules of the contract (`scope`), and nothing else.

A name alone proves nobody; nor does an address alone, a name with a postal code, a masked card with a name.

A record is a row and the rows it refers to (`links`). Its fields stand in groups: one for each row and for each whose
within the row (the buyer's, the recipient's). A strong key anywhere in the record ties a person to it:

- a mail address, a phone, a member or order id in its own column, a whole valid card number;
- a name with an address, a name with a birth date, of the same group. A name in kana is a name.

Then every filled field of a group is that person's item, unless the group names somebody else: then only the strong
key that matched counts. A group without a name of its own goes by the name of the row it hangs on. Names of different
scripts (山田太郎, TARO YAMADA) cannot be told apart and are not somebody else; nor is the family name alone. In running
text, and in cells that no heading explains, only the person's own values count; a strong key that fills such a cell
ties the record too.

Some groups are *outside*: the recipient of a parcel, a guardian, a row referred to by another key than the member's.
A person whom only such a group ties has that group, and what names her; the rest of the record is somebody else's.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from madoguchi.scope import ids, messages
from madoguchi.scope.people import PAIRED, SINGLE, People, Person
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
    #: for a member or order id, which kind of number it is (`ids`)
    kind: str = ids.ANY

    def values(self) -> set[str]:
        """Return its compared writings; of a cell that holds several mails or phones, each."""
        found = {value for text in self.texts if (value := canonical(self.item, text))}
        if not found and self.item in ("email", "phone", "card_number"):
            return {one.value for text in self.texts for one in messages.find(text) if one.item == self.item}
        return found


@dataclass(slots=True)
class Group:
    """Fields of one row that are one person's, and the texts of its cells that no heading explains.

    ``origin`` is what the row is known by to whoever made the record; ``hangs_on`` is the group whose name counts
    where this one has none; ``outside`` tells that it may be about somebody else than the record.
    """

    origin: object
    fields: list[Field]
    loose: list[tuple[int, str]] = field(default_factory=list)
    hangs_on: "Group | None" = None
    outside: bool = False

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


def judge(record: list[Group], people: People, *, doubted: Collection[tuple[object, int]] = ()) -> list[Sight]:
    """Return what a record proves, person by person. ``doubted`` are member ids (origin, cell) that are not the list's."""
    names = [_names(group) for group in record]
    texts = [
        (at, cell, text, found)
        for at, group in enumerate(record)
        for cell, text in group.loose
        if (found := list(messages.find(text))) or _LETTER.search(text)
    ]
    strong = _strong(record, names, people, doubted)
    for at, cell, text, found in texts:
        for one in found:
            if text[: one.start].strip() or text[one.end :].strip():
                continue
            for number in people.with_value(one.item, one.value):
                strong.setdefault(number, set()).add((one.item, at, cell))
    sights: list[Sight] = []
    keys: dict[int, str] = {}
    for number in sorted(strong):
        if people.bare_id and _is_other_number(people.people[number], strong[number], names):
            continue
        keys[number] = min((key for key, _, _ in strong[number]), key=KEYS.index)
        sights += _fields(record, names, people.people[number], number, keys[number], strong[number])
    for at, cell, text, found in texts:
        for own in _own(text, found, people, keys):
            sights.append(Sight(own.person, own.item, own.key, record[at].origin, cell, own.within))
    return sights


Tie = tuple[str, int, int]  # the key, the group's number in the record, the cell


def _is_other_number(person: Person, tied: set[Tie], names: list[set[str]]) -> bool:
    """Return whether all that ties is a number of a row that names somebody else.

    A list that calls its number only ``id`` does not say that it is the member number: where the row's name speaks
    against it, it is another number with the same digits.
    """
    return all(key == "member_id" and is_somebody_else(person, names[at]) for key, at, _ in tied)


def _fields(
    record: list[Group], names: list[set[str]], person: Person, number: int, key: str, tied: set[Tie]
) -> Iterator[Sight]:
    """Yield the fields of a record that are a tied person's."""
    where = {at for _, at, _ in tied}
    only_outside = all(record[at].outside for at in where)
    # A list in kana alone says nothing of a recipient in kanji; the kanji of the buyer's own row does.
    called = {name for at in where if not record[at].outside for name in names[at]}
    for at, group in enumerate(record):
        if only_outside and at not in where and not names[at] & person.names:
            continue
        hits = {cell for _, index, cell in tied if index == at}
        other = is_somebody_else(person, names[at], called)
        for f in group.fields:
            if not other or f.cell in hits:
                yield Sight(number, f.item, key, group.origin, f.cell, None)


def is_somebody_else(person: Person, names: Iterable[str], called: Iterable[str] = ()) -> bool:
    """Return whether these names are another person's than ``person``: comparable to hers, and none of them hers.

    ``called`` are names that her own rows give; they count in the scripts in which the list has none of her.
    """
    own = person.names
    listed = {script(name) for name in own}
    own = own | {name for name in called if script(name) not in listed}
    scripts = {script(name) for name in own}
    comparable = [name for name in names if script(name) in scripts]
    return bool(comparable) and not any(name in own or name in person.families for name in comparable)


class Own(NamedTuple):
    """One of a person's own values in a text."""

    person: int
    item: str
    key: str
    within: tuple[int, int] | None


def message(text: str, people: People) -> Iterator[Own]:
    """Yield the own values of people in running text: strong ones, and then their names beside those."""
    return _own(text, list(messages.find(text)), people, {})


def _own(text: str, found: list[messages.Found], people: People, known: dict[int, str]) -> Iterator[Own]:
    """Yield own values where ``found`` are the values of ``text``, and ``known`` whom the record around it ties."""
    tied = dict(known)
    for one in found:
        for number in people.with_value(one.item, one.value):
            tied[number] = min(tied.get(number, one.item), one.item, key=KEYS.index)
            yield Own(number, one.item, one.item, (one.start, one.end))
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


def _strong(
    record: list[Group], names: list[set[str]], people: People, doubted: Collection[tuple[object, int]]
) -> dict[int, set[Tie]]:
    """Return for each person tied by a strong key which keys, and where each stands."""
    found: dict[int, set[Tie]] = {}
    for at, group in enumerate(record):
        called = sorted(names[at] & people.named)
        for f in group.fields:
            if f.item != "member_id" or (group.origin, f.cell) not in doubted:
                for key, number in _whose(f, called, people):
                    found.setdefault(number, set()).add((key, at, f.cell))
    return found


def _whose(f: Field, called: list[str], people: People) -> Iterator[tuple[str, int]]:
    """Yield the key and the people whom one field ties, in a group that goes by the names ``called``."""
    if f.item in SINGLE:
        for value in f.values() if people.could_have(f.item, f.texts[0]) else ():
            yield from ((f.item, number) for number in people.with_value(f.item, value, f.kind))
    elif f.item == "login_id":  # very often the mail address
        yield from (("email", number) for number in people.with_value("email", canonical("email", f.texts[0]) or ""))
    elif f.item in PAIRED and called:
        for value in f.values():
            for name in called:
                yield from ((f"name+{f.item}", number) for number in people.with_name_and(f.item, name, value, f.texts))


def _names(group: Group) -> set[str]:
    """Return the names that a group goes by: its own, or those of what it hangs on."""
    at: Group | None = group
    while at is not None:
        if own := at.names():
            return own
        at = at.hangs_on
    return set()
