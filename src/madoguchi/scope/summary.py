"""What summary.json tells: counts by tier, the files with their hashes, and everything that was not read or not used."""

from collections import Counter
from typing import Any

from madoguchi.catalogue import corpus
from madoguchi.intake.part import Part
from madoguchi.problem import Problem
from madoguchi.scope.material import Material, not_yet
from madoguchi.scope.people import People
from madoguchi.scope.shapes import TIERS, Tier


def line(person: str, items: dict[str, Tier]) -> tuple[str, Tier, list[str]]:
    """Return a person's line of people.csv: the strongest tier and the items of that tier, in the catalogue's order."""
    tier = min(items.values(), key=TIERS.index)
    return person, tier, corpus.in_order(item for item, its in items.items() if its == tier)


def make(
    best: dict[str, dict[str, Tier]],
    people: People,
    materials: list[Material],
    archives: list[Part],
    unread: list[dict[str, Any]],
    reach: dict[str, Any],
) -> dict[str, Any]:
    """Return the summary.

    ``people``: each person once, at the strongest tier. ``items``: for each tier, how many people have the item at
    that tier and at no stronger one, so that the tiers of an item add up to people.
    """
    by_tier = Counter(line(person, items)[1] for person, items in best.items())
    counts: dict[Tier, Counter[str]] = {tier: Counter() for tier in TIERS}
    for items in best.values():
        for item, tier in items.items():
            counts[tier][item] += 1
    found = {
        "people": {tier: by_tier[tier] for tier in TIERS},
        "items": {tier: {item: counts[tier][item] for item in corpus.in_order(counts[tier])} for tier in TIERS},
        "list": {"people": len(people.people), "id": people.ids},
        "files": [
            _file(part) for part in sorted([*archives, *(m.part for m in materials)], key=lambda part: part.name)
        ],
        # Rows that speak of somebody whom nothing ties to the list: other people, or too little to tell.
        "not_in_list": {"rows": sum(m.nobody for m in materials), "of": sum(m.nobody + m.tied for m in materials)},
        "unread": sorted(unread, key=lambda entry: (entry["file"], entry["place"], entry["reason"])),
        "not_identifying": people.not_identifying(),
        "columns_ignored": people.columns_ignored,
    }
    return {**found, "reach": reach} if reach else found


def unread(materials: list[Material]) -> list[dict[str, Any]]:
    """Return what could not be read: whole files, rests of files, single places."""
    found = []
    for material in materials:
        name = material.part.name
        if material.form == "unread":
            found.append(_entry(name, not_yet(material.part), None))
        elif material.trouble:
            found.append(_entry(name, material.trouble, material.trouble.place))
        found += [
            {"file": name, "place": f"{name}:{broken.number}", "reason": broken.ja, "reason_en": broken.en}
            for broken in material.broken
        ]
    return found


def _entry(name: str, problem: Problem, place: str | None) -> dict[str, Any]:
    number = (place or "").removeprefix("line ").partition(",")[0]
    where = f"{name}:{number}" if number else name
    return {"file": name, "place": where, "reason": problem.texts["ja"], "reason_en": problem.texts["en"]}


def _file(part: Part) -> dict[str, Any]:
    return {"file": part.name, "sha256": part.sha256, "bytes": part.size, "kind": part.kind, "encoding": part.encoding}
