"""What the columns of one table hold, judged together: headings beside each other, and the values where they are seen."""

import re
from collections.abc import Sequence
from dataclasses import replace

from madoguchi.catalogue.columns import Column, column_part, in_company, is_others, is_weak, may_be_given
from madoguchi.catalogue.models import Part
from madoguchi.catalogue.values import SAMPLE, refine, value_item

_NUMBERED: tuple[Part, ...] = ("part1", "part2", "part3")


def table_columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]] = (), table: str | None = None
) -> list[Column | None]:
    """Return for each heading what its column holds, or None where it holds no item.

    ``rows`` are some of the table's rows (the first ones are enough; a short row lacks its last cells), ``table`` is
    its name. Beyond `columns.column_part`: 注文者名 beside 注文者姓 is the given name; 電話番号1 to 3 are parts only
    when their values are; ``state`` counts only in an address, 有効期限 only beside a card number; a heading that says nothing is judged by its values.
    """
    sample = rows[:SAMPLE]
    values = [[row[i] for row in sample if i < len(row)] for i in range(len(headings))]
    found = [column_part(heading, table) for heading in headings]
    found = _beside(headings, found, table)
    found = [_seen(column, cells) for column, cells in zip(found, values, strict=True)]
    found = [None if c and is_weak(h) and not _company(c, found) else c for h, c in zip(headings, found, strict=True)]
    found = [_part(h, c, found, values) for h, c in zip(headings, found, strict=True)]
    return [c or _by_values(h, cells) for h, c, cells in zip(headings, found, values, strict=True)]


def _seen(column: Column | None, cells: list[str]) -> Column | None:
    if column is None or column.part != "full":
        return column
    key = refine(column.key, cells)
    return replace(column, key=key) if key else None


def _by_values(heading: str, cells: list[str]) -> Column | None:
    key = None if is_others(heading) else value_item(cells)
    return Column(key) if key else None


def _company(column: Column, found: list[Column | None]) -> bool:
    """Return whether another part of the same item, of the same owner, stands in the table."""
    return any(c and c.key == column.key and c.whose == column.whose and c.part != column.part for c in found)


def _beside(headings: Sequence[str], found: list[Column | None], table: str | None) -> list[Column | None]:
    """Return the columns with those that say what they are only in company: 有効期限 beside a card number."""
    row = re.split(r"[\W_]+", table or "")[-1].removesuffix("s")
    own = column_part(f"{row}_id") if row else None  # the bare id of `orders` is the order's
    keys = {c.key for c in [*found, own] if c}
    named = [None if c else in_company(h, keys) for h, c in zip(headings, found, strict=True)]
    return [Column(key) if key else c for key, c in zip(named, found, strict=True)]


def _part(heading: str, column: Column | None, found: list[Column | None], values: list[list[str]]) -> Column | None:
    """Return the column with the part that its neighbours of the same item and owner leave to it."""
    if column is None:
        return None
    group = {i: c.part for i, c in enumerate(found) if c and (c.key, c.whose) == (column.key, column.whose)}
    beside = set(group.values())
    if column.key in {"name", "name_kana"}:
        if column.part == "full" and "family" in beside and may_be_given(heading):
            return replace(column, part="given")
        if column.part in {"family", "given"} and not {"family", "given"} <= beside and heading.strip()[-1:].isdigit():
            return replace(column, part="full")
    if column.part in _NUMBERED:
        wanted = set(_NUMBERED[:2] if column.key == "postal_code" else _NUMBERED)
        numbered = [i for i, part in group.items() if part in _NUMBERED]
        digits = (sum(c.isdecimal() for c in cell) for i in numbered for cell in values[i])
        if not wanted <= beside or max(digits, default=0) > 5:
            return replace(column, part="full")
    return column
