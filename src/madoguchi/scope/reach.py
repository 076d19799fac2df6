"""Who was within the intruder's reach: people of the company's own sources in a window, and people of a system."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem
from madoguchi.scope import accesslog, links, local, times
from madoguchi.scope.columns import Overrides, Plan
from madoguchi.scope.judge import Group, is_somebody_else, judge
from madoguchi.scope.material import Material
from madoguchi.scope.people import SINGLE, People
from madoguchi.scope.reachfile import Period, Reach
from madoguchi.scope.records import Records
from madoguchi.scope.shapes import Row, Spot
from madoguchi.scope.sights import Sights
from madoguchi.scope.sqlschema import Schema
from madoguchi.text import fold


def within(
    reach: Reach, sources: dict[str, Material], people: People, overrides: Overrides
) -> tuple[Sights, list[dict[str, Any]], dict[str, bool]]:
    """Return the *possible* sights of all periods, what the summary says of each, and who is on no list.

    Those are told apart by their surest value (mail, phone, session …), with whether they can be reached by it; one who
    stands in two sources counts once.

    ``sources`` are the company's own files by their name in the reach file. `Problem` where a source cannot be read,
    or tells no time: the window cannot be answered then, and half an answer would be a wrong one.
    """
    schema = Schema()
    tables = [material for material in sources.values() if material.form != "lines"]
    plans, _ = local.survey(tables, schema, people, overrides)
    records = Records(plans, links.find(plans, schema))
    for material in tables:
        for row in _rows(material):
            records.keep(material.part.name, row)
    sights, told = Sights(), []
    everyone: dict[str, bool] = {}
    for period in reach.periods:
        material = sources[period.source]
        if material.form == "lines":
            told.append(_log(period, reach, material, people, sights))
            continue
        entry, strangers = _table(period, material, records, people, sights)
        told.append(entry)
        for who, contact in strangers.items():
            everyone[who] = everyone.get(who, False) or contact
    return sights, told, everyone


def _table(
    period: Period, material: Material, records: Records, people: People, sights: Sights
) -> tuple[dict[str, Any], dict[str, bool]]:
    """Take in the rows of a source in the period, on its page where the source tells pages."""
    start, end = period.span()
    counts: Counter[str] = Counter()
    strangers: dict[str, bool] = {}
    at: tuple[int, ...] = ()
    page: int | None = None
    table = None
    for row in _rows(material):
        if row.table != table:
            table = row.table
            plan = records.plans[table]
            at, page = times.columns(plan.headings, [row.values]), times.page_column(plan.headings)
            if not at:
                raise _no_time(material)
        when = times.interval(row.values, at)
        if when is None:
            counts["without_time"] += 1
            continue
        target = row.values[page] if page is not None and page < len(row.values) else None
        if when[0] > end or when[1] < start or (period.page and target and not accesslog.is_on(period.page, target)):
            continue
        counts["rows"] += 1
        groups, _ = records.record(material.part.name, row)
        tied = _persons(groups, people)
        for number, (key, cell) in tied.items():
            spot = row.spot(cell if cell is not None else 0)
            _add(sights, number, period, material.part.name, key, spot)
        if not tied:
            strangers[_identity(records.plans[row.table], groups, row)] = _has_contact(groups)
    entry = {
        "source": period.source,
        "file": material.part.name,
        "rows": counts["rows"],
        "without_time": counts["without_time"],
        "not_in_list": len(strangers),
        "without_contact": sum(not contact for contact in strangers.values()),
    }
    return entry, strangers


def _log(period: Period, reach: Reach, material: Material, people: People, sights: Sights) -> dict[str, Any]:
    """Follow the intruder through an access log: people whose ids stand in the pages that were served to them."""
    start, end = period.span()
    counts: Counter[str] = Counter()
    for line in material.lines(material.broken):
        found = accesslog.request(line.text)
        if found is None:
            counts["not_understood"] += bool(line.text.strip())
            continue
        ours = not (reach.addresses or reach.accounts) or found.host in reach.addresses or found.user in reach.accounts
        if not ours or found.when[0] > end or found.when[1] < start or not accesslog.is_on(period.page, found.target):
            continue
        counts["rows"] += 1
        if not found.served:
            counts["not_served"] += 1
            continue
        for item, value, kind in accesslog.named(found.target):
            for number in people.with_value(item, value, kind):
                _add(sights, number, period, material.part.name, item, Spot(line.number, 0, line.offset, line.length))
    if not counts["rows"] and material.trouble:
        raise material.trouble.at(file=material.part.name)
    return {
        "source": period.source,
        "file": material.part.name,
        **{k: counts[k] for k in ("rows", "not_served", "not_understood")},
    }


def population(reach: Reach, folder: Path, people: People, limits: Limits) -> tuple[Sights, list[dict[str, Any]]]:
    """Return the *population* sights: the people of the systems, all of the list or those of a file of ids."""
    sights, told = Sights(), []
    for system in reach.systems:
        if system.people == "all":
            found = {number: ("all", Spot(0, 0, None, None)) for number in range(len(people.people))}
            unknown, source = 0, system.name
        else:
            found, unknown = _ids(folder / system.people, people, limits)
            source = system.people
        for number, (key, spot) in found.items():
            for item in system.items:
                sights.add(number, item, "population", source, key, spot)
        told.append({"system": system.name, "people": len(found), "ids_not_in_list": unknown})
    return sights, told


def _ids(file: Path, people: People, limits: Limits) -> tuple[dict[int, tuple[str, Spot]], int]:
    """Return the people of a file of ids, one a line (or the first cell of each line); a heading is no id."""
    numbers = {person.id: number for number, person in enumerate(people.people)}
    found: dict[int, tuple[str, Spot]] = {}
    unknown = 0
    if file.stat().st_size > limits.total_bytes:
        raise Problem(
            ja="id のファイルが大きすぎます。分けてください。",
            en="the file of ids is too large; split it",
            file=file.name,
        )
    for line, text in enumerate(file.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        word = text.replace("\t", ",").partition(",")[0].strip().strip('"')
        if word in numbers:
            found.setdefault(numbers[word], ("list", Spot(line, 0, None, None)))
        elif word and line > 1:
            unknown += 1
    return found, unknown


def _persons(groups: list[Group], people: People) -> dict[int, tuple[str, int | None]]:
    """Return who a row ties, each with the key and its cell in the row (None where it stands in a row referred to).

    Where a household shares a phone and the row names one of them, it is that one who was there.
    """
    found: dict[int, tuple[str, int | None]] = {}
    for sight in judge(groups, people):
        cell = sight.cell if sight.origin == 0 and sight.item == sight.key else None
        before = found.get(sight.person)
        if before is None or (before[1] is None and cell is not None):
            found[sight.person] = (sight.key, cell)
    names = groups[0].names() or (groups[0].hangs_on.names() if groups[0].hangs_on else set())
    theirs = {number for number in found if not is_somebody_else(people.people[number], names)}
    return {number: tie for number, tie in found.items() if number in theirs} if theirs else found


def _add(sights: Sights, number: int, period: Period, source: str, key: str, spot: Spot) -> None:
    for item in period.items:
        sights.add(number, item, "possible", source, key, local.shown(item, spot))


def _identity(plan: Plan, groups: list[Group], row: Row) -> str:
    """Return what tells one unknown person from another: the surest value of the row, else the row itself."""
    values = {f.item: value for group in groups for f in group.fields for value in sorted(f.values())}
    for item in (*SINGLE, "login_id", "name", "device_id"):
        if item in values and item != "order_id":
            return f"{item} {values[item]}"
    for i, heading in enumerate(plan.headings):
        if "session" in heading.casefold() and i < len(row.values) and row.values[i]:
            return f"session {fold.key(row.values[i] or '')}"
    return f"{row.table}:{row.spot(0).line}"


def _has_contact(groups: list[Group]) -> bool:
    return any(f.item in ("email", "phone", "address") for group in groups for f in group.fields)


def _rows(material: Material) -> Iterator[Row]:
    material.broken.clear()
    yield from material.rows(material.broken)
    if material.trouble:
        raise material.trouble.at(file=material.part.name)


def _no_time(material: Material) -> Problem:
    return Problem(
        ja="日時の列が見つかりません。見出しを「日時」や created_at のように書いてください。",
        en="no column tells the time; head it `datetime`, `created_at` or 日時",
        file=material.part.name,
        place="line 1",
    )
