"""The people list: who they are, and the index from each strong value to those of them who have it."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from madoguchi.catalogue import columns as catalogue
from madoguchi.catalogue import corpus, masks
from madoguchi.problem import Problem
from madoguchi.scope import columns, ids
from madoguchi.scope.columns import Overrides, Plan
from madoguchi.scope.csvread import Sheet
from madoguchi.scope.shapes import SHARED, Row
from madoguchi.scope.values import canonical, filled, script
from madoguchi.text import addresses, digits, fold, names

#: Items that tie by themselves.
SINGLE = ("email", "phone", "member_id", "order_id", "card_number")
#: Items that tie together with a name.
PAIRED = ("address", "birth_date")
SAMPLE = 200
#: Last digits by which a phone that can be nobody's is passed over.
TAIL = 7
_KANJI_DIGIT = re.compile("[〇一二三四五六七八九]")


@dataclass(slots=True)
class Person:
    """One person: the id of the list, its line, the values by item as they are compared, and how names were written."""

    id: str
    line: int
    values: dict[str, set[str]] = field(default_factory=dict)
    #: the family name alone, where the list tells it: 山田様 does not name somebody else
    families: set[str] = field(default_factory=set)
    #: the given names, which a former family name (旧姓) is completed with
    givens: set[str] = field(default_factory=set)
    #: for each member and order id, the kind of number it is (`ids`)
    kinds: dict[tuple[str, str], str] = field(default_factory=dict)
    #: name and kana as fold.key writes them, for looking into sentences
    written: dict[str, set[str]] = field(default_factory=dict)
    #: addresses as the list writes them: two places may share a key (府中市 is in Tokyo and in Hiroshima)
    addresses: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        """Every writing of the name, former names and kana included."""
        return self.values.get("name", set()) | self.values.get("name_kana", set())


class People:
    """The list and its index. ``columns_ignored`` are headings that are not used; ``shared`` what identifies nobody."""

    def __init__(self, people: list[Person], *, ids: str, bare_id: bool, columns_ignored: list[str]) -> None:
        """Index ``people``; ``ids`` names the column of the id, ``bare_id`` tells that it is a plain ``id`` or number."""
        self.people = people
        self.ids = ids
        self.bare_id = bare_id
        self.columns_ignored = columns_ignored
        index: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.named: set[str] = set()
        for number, person in enumerate(people):
            for item in SINGLE:
                for value in person.values.get(item, ()):
                    index[item, value].append(number)
            for name in person.names:
                self.named.add(name)
                for item in PAIRED:
                    for value in person.values.get(item, ()):
                        index[f"name+{item}", f"{name} {value}"].append(number)
        self._tails = {value[-TAIL:] for item, value in index if item == "phone"}
        self.shared = {key: len(found) for key, found in index.items() if len(found) > SHARED}
        self._index = {key: found for key, found in index.items() if len(found) <= SHARED}

    def could_have(self, item: str, text: str) -> bool:
        """Return whether ``text`` can be a value that somebody has: reading a phone in every writing is slow.

        A number that is somebody's has its last digits in the text, whatever stands around them.
        """
        if item != "phone" or _KANJI_DIGIT.search(text):
            return True
        run = digits.only(text)
        return any(run[at : at + TAIL] in self._tails for at in range(len(run) - TAIL + 1))

    def with_value(self, item: str, value: str, kind: str = ids.ANY) -> list[int]:
        """Return the people who have this value of a strong item; nobody where too many share it.

        A member or order id is theirs only as a number of the same ``kind`` (`ids`).
        """
        found = self._index.get((item, value), [])
        if item not in ids.NUMBERS or not found:
            return found
        return [number for number in found if ids.same(self.people[number].kinds.get((item, value), ids.ANY), kind)]

    def with_name_and(self, item: str, name: str, value: str, texts: Iterable[str] = ()) -> list[int]:
        """Return the people of this name who have this value (an address or a birth date), like `with_value`.

        ``texts`` are the writings of an address: beyond the key, nothing that both state may disagree.
        """
        found = self._index.get((f"name+{item}", f"{name} {value}"), [])
        if item != "address":
            return found
        return [n for n in found if any(addresses.same(a, b) for a in self.people[n].addresses for b in texts)]

    def not_identifying(self) -> list[dict[str, object]]:
        """Return the values that more than `SHARED` people of the list share, most shared first; cards are masked."""
        rows = [
            {"item": item, "value": masks.mask(item, value) if item in corpus.items() else value, "people": count}
            for (item, value), count in self.shared.items()
        ]
        return sorted(rows, key=lambda row: (-int(str(row["people"])), str(row["item"]), str(row["value"])))


def read(sheet: Sheet, overrides: Overrides, file: str) -> People:
    """Return the people of a CSV.

    The id is the column that `--columns` calls ``id``, else ``id``, else the member number, else the line. `Problem`
    for no usable column, no person, an empty id, and an id that stands twice.
    """
    rows = sheet.rows()
    head = list(itertools.islice(rows, SAMPLE))
    sample = [[cell or "" for cell in row.values] for row in head]
    plan = columns.plan("people", sheet.headings, sample, overrides)
    at = id_column(plan, overrides)
    own = [reading for reading in plan.readings if reading.whose == "self" and _used(reading.item)]
    if not _usable({reading.item for reading in own}, has_id=at is not None):
        raise Problem(
            ja="人を特定できる列（メール、電話、会員番号、氏名と住所など）がありません。見出しを確かめるか、--columns で列の意味を書いてください。",
            en="no column identifies a person (mail, phone, member number, name with address …); check the headings or say with --columns what they are",
            file=file,
            place="line 1",
        )
    if not head:
        raise Problem(
            ja="名簿に人が1人もいません。中身を確かめてください。",
            en="the list holds nobody; check its content",
            file=file,
        )
    has_number = any(reading.item == "member_id" and reading.cells[0][1] != at for reading in own)
    people = list(_people(itertools.chain(head, rows), plan, at, file, id_is_number=not has_number and at is not None))
    used = {index for reading in own for _, index in reading.cells} | ({at} if at is not None else set())
    ignored = [heading for i, heading in enumerate(plan.headings) if i not in used and heading.strip()]
    bare = at is not None and not has_number and columns.is_generic(plan.headings[at])
    return People(people, ids=plan.headings[at] if at is not None else "line", bare_id=bare, columns_ignored=ignored)


def _people(rows: Iterable[Row], plan: Plan, at: int | None, file: str, *, id_is_number: bool) -> Iterator[Person]:
    lines: dict[str, int] = {}
    kind = ids.ANY if at is None or columns.is_generic(plan.headings[at]) else plan.kinds[at]
    for row in rows:
        line = row.spot(0).line
        own_id = (row.values[at] if at is not None and at < len(row.values) else None) if at is not None else str(line)
        own_id = (own_id or "").strip()
        if not own_id:
            raise Problem(
                ja="この行には id がありません。書き足すか、行を除いてください。",
                en="this line has no id; add it, or take the line out",
                file=file,
                place=f"line {line}",
            )
        if own_id in lines:
            raise Problem(
                ja=f"id「{own_id[:40]}」が {lines[own_id]} 行目と {line} 行目にあります。1人に1つの id にしてください。",
                en=f"the id {own_id[:40]!r} stands on lines {lines[own_id]} and {line}; give each person an id of their own",
                file=file,
                place=f"line {line}",
            )
        lines[own_id] = line
        person = Person(own_id, line)
        if id_is_number:
            _add(person, "member_id", own_id, kind)
        own = [reading for reading in plan.readings if reading.whose == "self" and _used(reading.item)]
        # The name of today comes first: a former family name is completed with its given name.
        for reading in sorted(own, key=lambda reading: reading.former):
            _read(person, reading, row)
        yield person


def _read(person: Person, reading: columns.Reading, row: Row) -> None:
    parts = {part: (row.values[i] if i < len(row.values) else None) or "" for part, i in reading.cells}
    if reading.item in ("name", "name_kana") and "family" in parts:
        family, given = parts["family"], parts.get("given", "")
        for first in [given] if given.strip() or not reading.former else sorted(person.givens):
            _name(person, reading.item, family, first)
        return
    for text in reading.texts(row.values):
        for value in _several(reading.item, text):
            if filled(reading.item, value) == reading.item:
                _add(person, reading.item, value, reading.kind)


def _several(item: str, text: str) -> Iterable[str]:
    """Return the values of one cell: mails, phones and numbers may stand several in it."""
    if item in ("email", "phone", "order_id") and any(mark in text for mark in ",、;/\n"):
        for mark in "、;/\n":
            text = text.replace(mark, ",")
        return [piece for piece in text.split(",") if piece.strip()]
    return [text]


def _add(person: Person, item: str, text: str, kind: str = ids.ANY) -> None:
    if item in ("name", "name_kana"):
        family, _, given = text.strip().replace("　", " ").partition(" ")
        if given.strip():
            _name(person, item, family, given.strip())
            return
        person.written.setdefault(item, set()).add(fold.key(text))
    if key := canonical(item, text):
        person.values.setdefault(item, set()).add(key)
        if item == "address":
            person.addresses.add(text)
        if item in ids.NUMBERS:
            person.kinds.setdefault((item, key), kind)


def _name(person: Person, item: str, family: str, given: str) -> None:
    keys = names.keys(family, given)
    if not keys:
        return
    person.values.setdefault(item, set()).update(keys)
    if given.strip() and (first := names.key(family)):
        # In Latin letters the first word may be the given name: only Japanese writing tells which is the family's.
        person.families |= {first} if script(first) != "latin" else set()
        person.givens.add(given)
        person.written.setdefault(item, set()).update({fold.key(f"{family}{given}"), fold.key(f"{given}{family}")})


def _used(item: str) -> bool:
    """Tell whether an item of the list may be read at all: codes, passwords and My Number are passed over."""
    entry = corpus.items()[item]
    return entry.handling != "presence" and entry.indexed


def _usable(items: set[str], *, has_id: bool) -> bool:
    """Tell whether a list of these items can identify anybody; a bare id is a member number only beside an item."""
    named = bool(items & {"name", "name_kana"}) and bool(items & set(PAIRED))
    return bool(items & set(SINGLE)) or named or (has_id and bool(items))


def id_column(plan: Plan, overrides: Overrides) -> int | None:
    words = [columns.override(overrides, "people", heading) for heading in plan.headings]
    if "id" in words:
        return words.index("id")
    generic = [i for i, heading in enumerate(plan.headings) if catalogue.fold(heading) == "id"]
    numbers = [r.cells[0][1] for r in plan.readings if r.item == "member_id" and r.whose == "self"]
    rest = [i for i, heading in enumerate(plan.headings) if columns.is_generic(heading) and i == 0]
    return next(iter([*generic, *numbers, *rest]), None)
