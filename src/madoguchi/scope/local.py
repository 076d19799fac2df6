"""The engine of one process, in plain Python: what it says is what every other engine must say.

Three readings of the material: what tables there are; the rows that others refer to; the judgement of every row.
"""

from madoguchi.catalogue import corpus
from madoguchi.scope import blind, columns, links
from madoguchi.scope.columns import Overrides, Plan
from madoguchi.scope.judge import Group, is_somebody_else, judge, message
from madoguchi.scope.material import SAMPLE, Material
from madoguchi.scope.people import People
from madoguchi.scope.places import Window
from madoguchi.scope.records import Kept, Records, groups_of
from madoguchi.scope.shapes import Row, Spot
from madoguchi.scope.sights import Sights
from madoguchi.scope.sqlschema import Schema

#: Rows of a table that are asked whether its member ids are the list's.
VOTES = 1_000

Where = tuple[str, str]  # source, table


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
                _row(source, row, records, people, votes, sights, seen)
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
        plans[table] = plan if plan.readings else blind.plan(plan, sample[:SAMPLE], people)
    return plans, tables


def _second_reading(
    materials: list[Material], records: Records, people: People, tables: dict[str, set[str]]
) -> dict[Where, list[int]]:
    """Keep the rows that others refer to, and see whether the material's member ids are those of a list's plain ``id``.

    A list that calls its number only ``id`` may not mean the member number of the leaked table. The rows that hold a
    member id of the list together with a name or a mail show it: same person, or somebody else.
    """
    votes: dict[Where, list[int]] = {}
    voting = {
        table
        for table, plan in records.plans.items()
        if "member_id" in plan.items and plan.items & {"name", "email", "phone"}
    }
    wanted = set(records.targets) | set(records.links) | (voting if people.bare_id else set())
    for material in materials:
        source = material.part.name
        if not wanted & tables.get(source, set()):
            continue
        kept = tables.get(source, set()) & (set(records.targets) | set(records.links))
        for row in material.rows():
            if row.table in kept:
                records.keep(source, row)
            if people.bare_id and row.table in voting:
                count = votes.setdefault((source, row.table), [0, 0])
                if sum(count) < VOTES:
                    for agrees in _votes(groups_of(records.plans[row.table], row, 0), people):
                        count[0 if agrees else 1] += 1
                elif not kept and material.form == "sheet":
                    break
    return {where: count for where, count in votes.items() if sum(count)}


def _votes(groups: list[Group], people: People) -> list[bool]:
    own = groups[0]
    found = []
    for f in own.fields:
        for value in f.values() if f.item == "member_id" else ():
            for number in people.with_value("member_id", value, f.kind):
                person = people.people[number]
                same = any(
                    g.values() & person.values.get(g.item, set())
                    for g in own.fields
                    if g.item in ("email", "phone", "name")
                )
                if same or is_somebody_else(person, own.names()):
                    found.append(same)
    return found


def _trusted(source: str, table: str, records: Records, votes: dict[Where, list[int]]) -> bool:
    """Return whether a table's member ids are the list's: by its own rows, else by the table that they refer to."""
    if (source, table) in votes:
        agree, disagree = votes[source, table]
        return agree >= disagree
    for link in records.links.get(table, ()):
        counts = [count for (_, name), count in votes.items() if link.owner and name == link.to]
        if counts:
            return sum(agree for agree, _ in counts) >= sum(disagree for _, disagree in counts)
    return True


def _row(
    source: str,
    row: Row,
    records: Records,
    people: People,
    votes: dict[Where, list[int]],
    sights: Sights,
    seen: set[tuple[int, int, str, int]],
) -> None:
    """Judge one row and note its sights; a row that several records hold is counted once for each person and cell."""
    groups, kept = records.record(source, row)
    found = judge(groups, people, trusted=not votes or _trusted(source, row.table, records, votes))
    if not found:
        return
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
