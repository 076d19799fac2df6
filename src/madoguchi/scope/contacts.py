"""How to reach the people of a list: their contact data as the list writes it, for those who must be told."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from madoguchi.intake import confined
from madoguchi.intake.limits import Limits
from madoguchi.intake.part import Part
from madoguchi.scope import columns as headings
from madoguchi.scope.csvread import Sheet
from madoguchi.scope.material import Material
from madoguchi.scope.people import SAMPLE, id_column
from madoguchi.scope.run import only_file
from madoguchi.scope.sqlschema import Schema

FIELDS = ("name", "email", "phone", "postal_code", "address")


class Contact(NamedTuple):
    """One person as the list writes them; what the list does not hold is None. Of several, the first is taken."""

    id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    postal_code: str | None = None
    address: str | None = None


def contacts(people: Path, *, columns: Path | None = None, limits: Limits | None = None) -> dict[str, Contact]:
    """Return the contact data of the people list (CSV) by the id that `scan` gives them; arguments as there.

    `Problem` when the list cannot be used.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="madoguchi-scope-") as work:
        part = only_file(people, Path(work), limits)
        request = {"part": part, "columns": columns, "limits": limits}
        rows = confined.run(read, request, limits=limits.for_input(part.size))["contacts"]
    return {row[0]: Contact(*row) for row in rows}


def read(request: dict[str, Any]) -> dict[str, Any]:
    """Do the work of `contacts` in the confined process."""
    overrides = headings.read_overrides(Path(request["columns"]) if request["columns"] else None)
    part = Part.from_json(request["part"])
    material = Material(part, Limits(**request["limits"]), Schema())
    sheet = Sheet(material.lines(material.broken), part.name, overrides)
    return {"contacts": list(_contacts(sheet, overrides))}


def _contacts(sheet: Sheet, overrides: headings.Overrides) -> Iterator[list[str | None]]:
    rows = list(sheet.rows())
    sample = [[cell or "" for cell in row.values] for row in rows[:SAMPLE]]
    plan = headings.plan("people", sheet.headings, sample, overrides)
    at = id_column(plan, overrides)
    readings = [one for one in plan.readings if one.whose == "self" and one.item in FIELDS and not one.former]
    for row in rows:
        found: dict[str, str] = {}
        for reading in readings:
            for text in reading.texts(row.values)[:1]:
                if text.strip():
                    found.setdefault(reading.item, text.strip())
        own_id = row.values[at] if at is not None else str(row.spot(0, None).line)
        yield [(own_id or "").strip(), *(found.get(field) for field in FIELDS)]
