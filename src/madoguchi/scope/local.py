"""The engine of one process, in plain Python: what it says is what every other engine must say.

Three readings of the material: what tables there are; the rows that others refer to; the judgement of every row.
"""

from madoguchi.catalogue import corpus
from madoguchi.scope import blind, columns, links
from madoguchi.scope.columns import Overrides, Plan
from madoguchi.scope.judge import judge, message
from madoguchi.scope.material import SAMPLE, Material
from madoguchi.scope.people import People
from madoguchi.scope.places import Window
from madoguchi.scope.records import Kept, Records
from madoguchi.scope.shapes import Row, Spot
from madoguchi.scope.sights import Sights
from madoguchi.scope.sqlschema import Schema
from madoguchi.scope.votes import Votes

#: Fields by which a row speaks of somebody; one that ties nobody speaks of somebody who is not on the list.
NAMING = frozenset({"name", "name_kana", "email", "phone", "address", "card_number"})
#: Rows of a file that are asked whether its member ids are the list's, where it is not read for another reason.
ASKED = 20_000


def proved(materials: list[Material], schema: Schema, people: People, overrides: Overrides) -> Sights:
    """Return what the material proves. Each material keeps what could not be read of it."""
    plans, tables = survey(materials, schema, people, overrides)
    records = Records(plans, links.find(plans, schema))
    votes = _second_reading(materials, records, people, tables)
    sights = Sights()
    seen: set[tuple[int, int, str, int]] = set()
    for material in materials:
        source = material.part.name
        if material.form == "lines":
            _text(material, people, sights)
        elif material.form != "unread":
            for row in material.rows(material.broken):
                material.hear(_row(source, row, records, people, votes, sights, seen))
    return sights


def survey(
    materials: list[Material], schema: Schema, people: People, overrides: Overrides
) -> tuple[dict[str, Plan], dict[str, set[str]]]:
    """Return the plan of each table, and which tables each source holds."""
    samples: dict[str, list[list[str]]] = {}
    headings: dict[str, list[str]] = {}
    tables: dict[str, set[str]] = {}
    for material in materials:
        found, own = material.survey()
        for table, rows in found.items():
            samples.setdefault(table, []).extend([cell or "" for cell in row.values] for row in rows)
            tables.setdefault(material.part.name, set()).add(table)
            if own is not None:
                headings[table] = own
    plans = {}
    for table, sample in samples.items():
        known = headings.get(table) or schema.columns(table)
        width = max((len(cells) for cells in sample), default=0)
        names = [*known, *(f"column{i + 1}" for i in range(len(known), width))] if table not in headings else known
        comments = {column: text for t in schema.inherited(table) for column, text in t.comments.items()}
        primary = next((t.primary for t in schema.inherited(table) if t.primary), None)
        plan = columns.plan(table, names, sample[:SAMPLE], overrides, comments=comments, primary=primary)
        plans[table] = plan if plan.readings and not plan.blind else blind.plan(plan, sample[:SAMPLE], people)
    return plans, tables


def _second_reading(materials: list[Material], records: Records, people: People, tables: dict[str, set[str]]) -> Votes:
    """Keep the rows that others refer to, and let the rows say whether their member ids are the list's."""
    votes = Votes(records, people)
    kept = set(records.targets) | set(records.links)
    for material in materials:
        here = tables.get(material.part.name, set())
        if not here & (kept | votes.tables):
            continue
        for count, row in enumerate(material.rows()):
            if row.table in kept:
                records.keep(material.part.name, row)
            if row.table in votes.tables:
                votes.hear(material.part.name, row)
            if count >= ASKED and not here & kept:
                break
    return votes


def _row(
    source: str,
    row: Row,
    records: Records,
    people: People,
    votes: Votes,
    sights: Sights,
    seen: set[tuple[int, int, str, int]],
) -> bool | None:
    """Judge one row and note its sights; a row that several records hold is counted once for each person and cell.

    Returns whether it ties anybody of the list, or None for a row that speaks of nobody (goods, prices).
    """
    groups, kept = records.record(source, row)
    found = judge(groups, people, doubted=votes.doubted(source, row.table, groups, kept))
    if not found:
        speaks = any(field.item in NAMING for group in groups if group.origin == 0 for field in group.fields)
        return False if speaks else None
    own = records.kept(source, row)
    for sight in found:
        origin: Kept | None = kept[sight.origin - 1] if isinstance(sight.origin, int) and sight.origin else own
        if origin is not None and sight.within is None:
            mark = (id(origin), sight.person, sight.item, sight.cell)
            if mark in seen:
                continue
            seen.add(mark)
        if sight.origin:
            assert origin is not None
            spot, where = origin.spots[sight.cell], origin.source
        else:
            spot, where = row.spot(sight.cell, sight.within), source
        sights.add(sight.person, sight.item, "proved", where, sight.key, shown(sight.item, spot))
    return True


def _text(material: Material, people: People, sights: Sights) -> None:
    """Judge a text line by line: only the person's own values count."""
    for line in material.lines(material.broken):
        window: Window | None = None
        for found in message(line.text, people):
            if window is None:
                window = Window()
                window.extend([line])
            spot = window.spot(*found.within) if found.within else Spot(line.number, 0, None, None)
            sights.add(found.person, found.item, "proved", material.part.name, found.key, shown(found.item, spot))


def shown(item: str, spot: Spot) -> Spot:
    """Return a place as it may be told: of codes, passwords and My Number only the line, not where the value begins."""
    if corpus.items()[item].handling == "presence":
        return spot._replace(offset=None, length=None)
    return spot
