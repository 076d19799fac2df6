"""The whole question: leaked material, or a window of reach, and a list of people -> who was affected, by which items."""

import dataclasses
import operator
import tempfile
import time
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from madoguchi.intake import archive, confined
from madoguchi.intake.limits import Limits
from madoguchi.intake.part import Opened, Part
from madoguchi.problem import Problem
from madoguchi.scope import columns as headings
from madoguchi.scope import local, reachfile, summary
from madoguchi.scope import people as listing
from madoguchi.scope import reach as reaching
from madoguchi.scope.csvread import Sheet
from madoguchi.scope.material import Material, not_yet
from madoguchi.scope.people import People
from madoguchi.scope.shapes import Affected, Exposure, Result
from madoguchi.scope.sights import Sights, strongest
from madoguchi.scope.sqlschema import Schema

#: What ``progress`` is told: bytes read and bytes there are, of all readings together.
Progress = Callable[[int, int], None]
#: The material is read up to this often (`local`).
READINGS = 3
_ROW = operator.attrgetter(*(field.name for field in dataclasses.fields(Exposure)))


def scan(
    leaks: list[Path],
    people: Path,
    *,
    columns: Path | None = None,
    reach: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Result:
    """Return who of the list is affected.

    ``leaks`` are leaked files, folders or archives; ``people`` is the people list (CSV); ``columns`` and ``reach`` are
    the YAML files of `--columns` and `--reach`. ``now`` is the caller's clock. Strangers' bytes are read in a process
    of its own; what comes back is places and items, never a leaked value. `Problem` when the list, the reach file or
    every leak cannot be used.
    """
    limits = limits or Limits()
    if not leaks and reach is None:
        raise Problem(
            ja="調べる材料がありません。漏えいしたファイルか --reach を指定してください。",
            en="nothing to look at; name a leaked file, or give --reach",
        )
    for path in (columns, reach):
        if path is not None and not path.is_file():
            raise Problem(
                ja="ファイルが見つかりません。名前と場所を確かめてください。",
                en="no such file; check its name and folder",
                file=path.name,
            )
    began = time.perf_counter()
    files = {name: reach.parent / file for name, file in reachfile.read(reach, now).sources.items()} if reach else {}
    with tempfile.TemporaryDirectory(prefix="madoguchi-scope-") as work:
        opened = archive.open_all(leaks, Path(work) / "leaks", limits) if leaks else Opened()
        opened.parts = [found for found in opened.parts if not _is_the_list(found, people, leaks)]
        part = only_file(people, Path(work) / "people", limits)
        sources = {name: only_file(file, Path(work) / f"source-{name}", limits) for name, file in files.items()}
        size = sum(p.size for p in [*opened.parts, part, *sources.values()])
        unpacked = time.perf_counter()
        request = {
            "parts": opened.parts,
            "unread": [{"file": u.place, "place": u.place, "reason": u.ja, "reason_en": u.en} for u in opened.unread],
            "archives": opened.archives,
            "people": part,
            "columns": columns,
            "reach": reach,
            "sources": sources,
            "limits": limits,
            "now": now.isoformat() if now else None,
            "leaks": bool(leaks),
        }
        answer = confined.run(
            work_on, request, limits=limits.for_input(size * READINGS), on_progress=progress or _nobody
        )
    ended = time.perf_counter()
    return Result(
        exposures=[Exposure(*row) for row in answer["exposures"]],
        people=[Affected(row[0], row[1], tuple(row[2])) for row in answer["people"]],
        summary=answer["summary"],
        run=_times(size, unpacked - began, ended - unpacked),
        partly=bool(answer["summary"]["unread"]),
    )


def _is_the_list(part: Part, people: Path, leaks: list[Path]) -> bool:
    """Return whether a file of a folder is the people list itself: it lies beside the leak, it did not leak.

    Named as a LEAK of its own, it counts as one.
    """
    return part.path.exists() and people.exists() and part.path.samefile(people) and people not in leaks


def _nobody(*_: int) -> None:
    """Hear nothing."""


def only_file(path: Path, work: Path, limits: Limits) -> Part:
    """Return the one file that the people list, or a source, is; `Problem` when it is none or several."""
    opened = archive.open_all([path], work, limits)
    if opened.unread:
        raise opened.unread[0].problem()
    if len(opened.parts) != 1:
        raise Problem(
            ja=f"ファイルが {len(opened.parts)} 個入っています。1つだけを指定してください。",
            en=f"it holds {len(opened.parts)} files; name one",
            file=path.name,
        )
    return opened.parts[0]


def work_on(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Do the work of `scan` in the confined process: ``request`` and the answer are plain JSON."""
    limits = Limits(**request["limits"])
    overrides = headings.read_overrides(Path(request["columns"]) if request["columns"] else None)
    listed = read_people(Part.from_json(request["people"]), overrides, limits)
    schema = Schema()
    materials = _materials([Part.from_json(part) for part in request["parts"]], limits, schema, overrides, progress)
    sights = local.proved(materials, schema, listed, overrides)
    unread = [*request["unread"], *summary.unread(materials)]
    if request["leaks"] and not any(material.was_read for material in materials):
        raise _nothing_read(unread)
    told: dict[str, Any] = {}
    if request["reach"]:
        told = _reached(request, listed, sights, overrides, limits)
    if not unread:  # what could not be read may have the headings that were named
        overrides.check(Path(request["columns"] or "").name)
    exposures = list(sights.exposures([person.id for person in listed.people]))
    best = strongest(exposures)
    archives = [Part.from_json(part) for part in request["archives"]]
    return {
        "exposures": [_ROW(exposure) for exposure in exposures],
        "people": [summary.line(person, items) for person, items in best.items()],
        "summary": summary.make(best, listed, materials, archives, unread, told),
    }


def read_people(part: Part, overrides: dict[str, str], limits: Limits) -> People:
    """Return the people of a list; `Problem` when it is no CSV or cannot be read to its end."""
    material = Material(part, limits, Schema())
    if material.form != "sheet":
        raise Problem(
            ja="名簿は CSV（1行目が見出し）で指定してください。Excel なら「名前を付けて保存」で「CSV UTF-8」を選んで保存し直してください。",
            en="give the list as CSV with headings; in Excel, save it again as `CSV UTF-8`",
            file=part.name,
        )
    try:
        found = listing.read(Sheet(material.lines(material.broken), part.name, overrides), overrides, part.name)
    except Problem as problem:
        raise problem.at(file=part.name) from None
    if material.trouble:
        raise material.trouble.at(file=part.name)
    if material.broken:
        first = material.broken[0]
        raise Problem(ja=first.ja, en=first.en, file=part.name, place=f"line {first.number}")
    return found


def _materials(
    parts: list[Part], limits: Limits, schema: Schema, headings: Collection[str], progress: Progress
) -> list[Material]:
    """Return the materials, telling how far the reading is a few times a second."""
    total = sum(part.size for part in parts) * READINGS
    state = {"done": 0, "at": 0, "told": 0.0}

    def hear(offset: int) -> None:
        if offset < state["at"]:
            state["done"] += state["at"]
        state["at"] = offset
        if (moment := time.monotonic()) - state["told"] > 0.25:
            state["told"] = moment
            progress(min(int(state["done"] + offset), total), total)

    return [Material(part, limits, schema, headings, hear) for part in parts]


def _reached(
    request: dict[str, Any], listed: People, sights: Sights, overrides: dict[str, str], limits: Limits
) -> dict[str, Any]:
    path = Path(request["reach"])
    window = reachfile.read(path, datetime.fromisoformat(request["now"]) if request["now"] else None)
    sources = {
        name: Material(Part.from_json(part), limits, Schema(), overrides) for name, part in request["sources"].items()
    }
    for period in window.periods:
        if sources[period.source].form == "unread":
            raise not_yet(sources[period.source].part)
    used = {period.source for period in window.periods}
    possible, periods, strangers = reaching.within(
        window, {n: m for n, m in sources.items() if m.form != "unread"}, listed, overrides
    )
    population, systems = reaching.population(window, path.parent, listed, limits)
    sights.merge(possible)
    sights.merge(population)
    followed = "access_log" in used
    return {
        "periods": periods,
        # People of the sources who are on no list: they are told by the substitute notice, and count.
        "not_in_list": len(strangers),
        "without_contact": sum(not contact for contact in strangers.values()),
        "systems": systems,
        "not_used": sorted(set(sources) - used),
        # Said plainly: a list of addresses that no period leads to was not followed anywhere.
        "intruder_followed": followed if window.addresses or window.accounts else None,
    }


def _nothing_read(unread: list[dict[str, Any]]) -> Problem:
    if not unread:
        return Problem(ja="読める漏えい材料が1つもありません。", en="there is no leaked material that can be read")
    first = unread[0]
    more = len(unread) - 1
    return Problem(
        ja=first["reason"] + (f"（ほかにも読めないものが{more}件あります）" if more else ""),
        en=first["reason_en"] + (f" ({more} more could not be read)" if more else ""),
        file=first["place"],
    )


def _times(size: int, opening: float, scanning: float) -> dict[str, Any]:
    """Return what run.json tells; megabytes are 10^6 bytes of unpacked input."""
    return {
        "engine": "local",
        "bytes": size,
        "seconds": {"open": round(opening, 3), "scan": round(scanning, 3)},
        "mb_per_second": round(size / 1e6 / scanning, 3) if scanning else None,
    }
