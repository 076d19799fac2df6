"""Tables without one heading that is understood: their columns are told by the values, and by the list's own names."""

from collections.abc import Sequence
from dataclasses import replace

from madoguchi.catalogue.columns import Column
from madoguchi.scope.columns import Plan, readings
from madoguchi.scope.people import People
from madoguchi.scope.values import BLANK, canonical, script

#: Items whose values have a shape of their own, tried in this order; nine in ten of a column must have it.
SHAPED = ("email", "card_number", "phone", "postal_code", "address")
MOST = 0.9
#: A column is names when at least this share of it are names of the list.
NAMED = 0.1
#: What nothing but a person's sex is written as.
SEX = frozenset({"男", "女", "男性", "女性"})


def plan(before: Plan, sample: Sequence[Sequence[str]], people: People) -> Plan:
    """Return ``before`` with the columns that its first rows (``sample``) show to be an item."""
    roles = list(before.roles)
    for column in range(len(before.headings)):
        cells = [row[column] for row in sample if column < len(row) and row[column].strip().casefold() not in BLANK]
        if cells and roles[column] is None and (item := _item(cells, people)):
            roles[column] = Column(item)
    loose = tuple(i for i in before.loose if roles[i] is None)
    return replace(before, readings=readings(roles, before.headings, before.kinds), roles=tuple(roles), loose=loose)


def _item(cells: list[str], people: People) -> str | None:
    for item in SHAPED:
        if sum(canonical(item, cell) is not None for cell in cells) >= MOST * len(cells):
            return item
    if all(cell.strip() in SEX for cell in cells):
        return "sex"
    named = [key for cell in cells if (key := canonical("name", cell)) in people.named]
    if len(named) < max(NAMED * len(cells), 1):
        return None
    return "name_kana" if all(script(str(key)) == "kana" for key in named) else "name"
