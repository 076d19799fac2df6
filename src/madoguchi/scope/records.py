"""Records put together: the rows that others refer to are kept, and each row is given those it refers to."""

from collections.abc import Iterator
from typing import NamedTuple

from madoguchi.catalogue import corpus
from madoguchi.catalogue.columns import Column
from madoguchi.scope import messages
from madoguchi.scope.columns import Plan
from madoguchi.scope.ids import NUMBERS
from madoguchi.scope.judge import Field, Group
from madoguchi.scope.links import DEPTH, Link
from madoguchi.scope.people import PAIRED, SINGLE
from madoguchi.scope.shapes import SHARED, Row, Spot
from madoguchi.scope.values import filled


class Kept(NamedTuple):
    """A row that others refer to: where it stands, its groups, and the values of the columns by which it refers on.

    ``owned`` tells that it names its owner by a member or order id.
    """

    source: str
    table: str
    groups: list[Group]
    spots: dict[int, Spot]
    refers: dict[int, str]
    owned: bool


class _Step(NamedTuple):
    """A row on the way up, as far as its own references go."""

    group: Group
    source: str
    table: str
    refers: dict[int, str]
    owned: bool


#: Whose fields in a row are another person's, and no other name of the same one (the payer of a bill, a card's holder).
OUTSIDE = ("recipient", "relative", "contact")
#: Items that are compared by themselves; every other text may hold somebody's mail address or phone.
_COMPARED = (*SINGLE, *PAIRED, "name", "name_kana", "postal_code")


class Records:
    """All tables of a run: how their rows are read, how they are tied, and the rows that are referred to."""

    def __init__(self, plans: dict[str, Plan], links: dict[str, list[Link]]) -> None:
        """Take the plans and links; `keep` is then called for each row of the tables in ``targets``."""
        self.plans = plans
        self.links = links
        self.targets: dict[str, set[int]] = {}
        for found in links.values():
            for link in found:
                self.targets.setdefault(link.to, set()).add(link.to_column)
        self._kept: dict[tuple[str, int, str], dict[str, Kept | None]] = {}
        self._users: dict[tuple[Link, str], set[str]] = {}

    def keep(self, source: str, row: Row) -> None:
        """Remember a row that others may refer to, and who refers to what (to tell what is shared)."""
        plan = self.plans[row.table]
        whole: Kept | None = None
        for column in self.targets.get(row.table, ()):
            if (value := _cell(row, column)) is not None:
                whole = whole or self._keep(source, plan, row)
                rows = self._kept.setdefault((row.table, column, value), {})
                # Two rows of one number in one file: it is no key there.
                rows[source] = None if source in rows else whole
        for link in self.links.get(row.table, ()):
            value = _cell(row, link.column)
            if value is not None and not link.owner:
                users = self._users.setdefault((link, value), set())
                if len(users) <= SHARED:
                    users.add(self._owner(plan, row))

    def record(self, source: str, row: Row) -> tuple[list[Group], list[Kept]]:
        """Return the groups of a row's record, and the kept rows among them (a group's ``origin`` is 0 or the kept row's number)."""
        plan = self.plans[row.table]
        groups = groups_of(plan, row, 0)
        root = groups[0]
        refers = {link.column: value for link in self.links.get(row.table, ()) if (value := _cell(row, link.column))}
        owned = any(_cell(row, i) for i, role in enumerate(plan.roles) if _is_owner(role) and i != plan.key)
        steps = [_Step(root, source, row.table, refers, owned)]
        kept: list[Kept] = []
        for _ in range(DEPTH):
            steps = [after for step in steps for after in self._follow(step, kept, groups)]
        root.hangs_on = (
            None if root.names() else next((g for g in groups if g.origin and not g.outside and g.names()), None)
        )
        if root.hangs_on:
            root.hangs_on.hangs_on = None
        return groups, kept

    def kept(self, source: str, row: Row) -> Kept | None:
        """Return the row as it was kept, or None when nothing refers to it."""
        for column in self.targets.get(row.table, ()):
            if (value := _cell(row, column)) and (found := self._kept.get((row.table, column, value), {}).get(source)):
                return found
        return None

    def _follow(self, step: "_Step", kept: list[Kept], groups: list[Group]) -> Iterator["_Step"]:
        """Add the rows that one row refers to, and yield them as the next steps."""
        for link in self.links.get(step.table, ()):
            value = step.refers.get(link.column)
            if value is None or len(self._users.get((link, value), ())) > SHARED:
                continue
            rows = self._kept.get((link.to, link.to_column, value), {})
            # The row of the same file, or the only one there is: two systems may use the same numbers.
            found = (
                rows.get(step.source) if step.source in rows else next(iter(rows.values())) if len(rows) == 1 else None
            )
            if found is None or any(found is other for other in kept):
                continue
            kept.append(found)
            # A row of a member's that also refers to staff, a gift's address …: those are not the member's.
            outside = step.group.outside or (step.owned and not link.owner)
            first = Group(len(kept), found.groups[0].fields, hangs_on=step.group, outside=outside)
            groups.append(first)
            groups += [
                Group(len(kept), group.fields, hangs_on=first, outside=outside or group.outside)
                for group in found.groups[1:]
            ]
            yield _Step(first, found.source, found.table, found.refers, found.owned)

    def _keep(self, source: str, plan: Plan, row: Row) -> Kept:
        groups = groups_of(plan, row, None)
        for group in groups:
            group.loose = []  # sentences are judged where they stand
        spots = {f.cell: row.spot(f.cell) for group in groups for f in group.fields}
        refers = {link.column: value for link in self.links.get(row.table, ()) if (value := _cell(row, link.column))}
        owned = any(_cell(row, i) for i, role in enumerate(plan.roles) if _is_owner(role) and i != plan.key)
        return Kept(source, row.table, groups, spots, refers, owned)

    def _owner(self, plan: Plan, row: Row) -> str:
        """Return whose row this is, as far as telling one from another: its member id, else its own number, else its line."""
        for i, role in enumerate(plan.roles):
            if role and role.key == "member_id" and role.whose == "self" and (value := _cell(row, i)):
                return value
        value = _cell(row, plan.key) if plan.key is not None else None
        return value or str(row.spot(0).line)


def groups_of(plan: Plan, row: Row, origin: object) -> list[Group]:
    """Return the fields of one row, one group for each whose; the first is the row's own person's."""
    groups = {"self": Group(origin, [])}
    for reading in plan.readings:
        texts = reading.texts(row.values)
        if texts and (item := filled(reading.item, texts[0])):
            outside = reading.whose in OUTSIDE
            group = groups.setdefault(reading.whose, Group(origin, [], hangs_on=groups["self"], outside=outside))
            cell = next(i for _, i in reading.cells if i < len(row.values) and (row.values[i] or "").strip())
            group.fields.append(Field(item, texts, cell, reading.kind))
            if item not in _COMPARED and corpus.items()[item].handling == "plain" and messages.WORTH.search(texts[0]):
                group.loose.append((cell, texts[0]))
    own = groups["self"]
    extra = range(len(plan.headings), len(row.values))
    own.loose += [(i, text) for i in (*plan.loose, *extra) if i < len(row.values) and (text := row.values[i])]
    return list(groups.values())


def _is_owner(role: Column | None) -> bool:
    return role is not None and role.key in NUMBERS and role.whose == "self"


def _cell(row: Row, column: int) -> str | None:
    value = row.values[column] if column < len(row.values) else None
    return value.strip() or None if value is not None else None
