"""Which rows belong to one record: a row and the rows it refers to, by declared or inferred keys.

The rule: a record is one row with the rows that it *refers to*, and what those refer to; never the rows that refer to
it. A customer's payments are still hers: each payment is a record of its own, and refers to her row. So nothing is
ever followed from a shop's row down to all its customers. On the way up three things are not followed:

- a row of a table of things (shops, products, cities: the catalogue's list);
- a row that more than `SHARED` different people's rows refer to: that is a place or a thing, not a person's own;
- nothing further than `DEPTH` steps.

A row that is followed and names somebody else (the staff who took the payment) keeps its fields to itself: `judge`
sees to that. Where a row gives no name, it goes by the row that its member or order id refers to, else by the first
that gives one.

A key is declared (FOREIGN KEY, REFERENCES) or inferred: a column named like another table's key (``address_id``), or
like the other table with its key (``customer_id`` and ``customers.id``), or holding the same kind of number (会員番号).
"""

from collections.abc import Iterator
from typing import NamedTuple

from madoguchi.catalogue import columns as catalogue
from madoguchi.scope import ids
from madoguchi.scope.columns import Plan, is_generic, singular, table_word
from madoguchi.scope.sqlschema import Schema

DEPTH = 4


class Link(NamedTuple):
    """A column of a table that refers to a column of another; ``owner`` when it is a member or order id."""

    table: str
    column: int
    to: str
    to_column: int
    owner: bool


def find(plans: dict[str, Plan], schema: Schema) -> dict[str, list[Link]]:
    """Return the links of each table that can lead to something personal, owners first, then by column."""
    links = {
        name: sorted(_links(plan, plans, schema), key=lambda k: (not k.owner, k.column)) for name, plan in plans.items()
    }
    worth = {name for name, plan in plans.items() if plan.items}
    while True:  # a table is worth going to when it, or what it refers to, holds an item
        more = {name for name, found in links.items() if any(link.to in worth for link in found)} - worth
        if not more:
            break
        worth |= more
    return {name: kept for name, found in links.items() if (kept := [link for link in found if link.to in worth])}


def _links(plan: Plan, plans: dict[str, Plan], schema: Schema) -> Iterator[Link]:
    for column, heading in enumerate(plan.headings):
        role = plan.roles[column]
        owner = role is not None and role.key in ids.NUMBERS and role.whose == "self"
        found = _declared(plan, heading, plans, schema) or _inferred(plan, column, plans)
        if found and found[0] != plan.table and not is_thing(found[0]):
            yield Link(plan.table, column, *found, owner)


def is_thing(table: str) -> bool:
    """Return whether a table's name speaks of things (the catalogue tells: there a ``name`` is no person's)."""
    return catalogue.column_part("name", table_word(table)) is None


def _declared(plan: Plan, heading: str, plans: dict[str, Plan], schema: Schema) -> tuple[str, int] | None:
    for table in schema.inherited(plan.table):
        if heading in table.foreign:
            to, column = table.foreign[heading]
            for name in [to, *(name for name in plans if name.startswith(f"{to}("))]:
                target = plans.get(name)
                at = (target.column(column) if column else target.key) if target else None
                if at is not None:
                    return name, at
    return None


def _inferred(plan: Plan, column: int, plans: dict[str, Plan]) -> tuple[str, int] | None:
    """Return the one table whose key this column can be; its own key refers on only to a table of persons."""
    heading = catalogue.fold(plan.headings[column])
    if is_generic(plan.headings[column]):
        return None
    candidates = []
    for name, other in plans.items():
        if name == plan.table or other.key is None or table_word(name) == table_word(plan.table):
            continue
        if _means(heading, plan, column, other) and (plan.key != column or _contacts(other) > _contacts(plan)):
            candidates.append(other)
    best = max(candidates, key=lambda other: (_contacts(other), other.table), default=None)
    return (best.table, best.key) if best and best.key is not None else None


def _means(heading: str, plan: Plan, column: int, other: Plan) -> bool:
    assert other.key is not None
    key = catalogue.fold(other.headings[other.key])
    if heading == key:
        return True
    if is_generic(other.headings[other.key]) and any(
        heading == catalogue.fold(f"{word}{key}") for word in singular(other.table)
    ):
        return True
    role, theirs = plan.roles[column], other.roles[other.key]
    return (
        role is not None
        and theirs is not None
        and role.key == theirs.key
        and role.key in ids.NUMBERS
        and role.whose == theirs.whose
        and ids.same(plan.kinds[column], other.kinds[other.key])
    )


def _contacts(plan: Plan) -> int:
    """Return how much a table is one of persons: how many of name, mail, phone and address it has."""
    return len(plan.items & {"name", "email", "phone", "address"})
