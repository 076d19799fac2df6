"""What can happen with what leaked, in calm words: combinations first, made from `risks/*.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from madoguchi import catalogue
from madoguchi.harm.fit import Model, known, led_by
from madoguchi.problem import Lang, Problem
from madoguchi.text.datafile import load, nearest
from madoguchi.text.language import LocalText

FOLDER = files("madoguchi.harm").joinpath("risks")


class RiskEntry(Model):
    """One risk as a file states it.

    It is for people of whom all items of any one set in ``of`` leaked; it is a combination when each set holds
    several. ``replaces`` are the risks of its parts that need not be said beside it. ``order`` counts among
    combinations or among single items, lower first. ``confirmed``: what it states stands in a source of ours.
    """

    id: str
    order: int
    of: tuple[frozenset[str], ...]
    replaces: tuple[str, ...] = ()
    text: LocalText
    citations: tuple[str, ...] = ()
    confirmed: bool = True

    @property
    def combination(self) -> bool:
        """Whether no single item leads to it."""
        return all(len(keys) > 1 for keys in self.of)


class RiskFile(Model):
    """One file of `risks/`."""

    risks: list[RiskEntry]


@dataclass(frozen=True)
class Risk:
    """One thing that can happen, in one language, with those of the person's items from which it comes."""

    id: str
    text: str
    items: tuple[str, ...]
    citations: tuple[str, ...]
    confirmed: bool


def risks(items: Iterable[str], lang: Lang = "ja") -> list[Risk]:
    """Return what can happen with ``items`` (keys of the catalogue); nothing for no items.

    Combinations come first and stand instead of the risks of their parts: a replaced risk is said only for items that
    no combination has spoken of. Every item is in at least one risk. `Problem` for a key that is no item.
    """
    leaked = known(items)
    led = {entry.id: led_by(entry.of, leaked) for entry in entries()}
    fit = [entry for entry in entries() if led[entry.id]]
    return [
        Risk(
            id=entry.id,
            text=entry.text.say(lang),
            items=tuple(catalogue.in_order(own)),
            citations=entry.citations,
            confirmed=entry.confirmed,
        )
        for entry in fit
        if (own := led[entry.id].difference(*(led[other.id] for other in fit if entry.id in other.replaces)))
    ]


@cache
def entries() -> tuple[RiskEntry, ...]:
    """Return every risk in the order in which it is said; `Problem` when one names what does not exist."""
    paths = sorted((p for p in FOLDER.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    found = [(path.name, entry) for path in paths for entry in load(RiskFile, path).risks]
    check(found)
    return tuple(sorted((entry for _, entry in found), key=lambda entry: (not entry.combination, entry.order)))


def check(found: list[tuple[str, RiskEntry]]) -> None:
    """Raise `Problem` for an item or a risk that does not exist or stands twice; ``found`` names each entry's file."""
    ids = [entry.id for _, entry in found]
    for file, entry in found:
        for keys in entry.of:
            catalogue.check_keys(sorted(keys), file=file)
        wrong = [name for name in entry.replaces if name not in ids or name == entry.id]
        wrong += [entry.id] if ids.count(entry.id) > 1 else []
        if wrong:
            near = nearest(wrong[0], ids)
            raise Problem(
                ja=f"「{wrong[0]}」が見つからないか、重複しています（近いもの: {near}）。直してください。",
                en=f"{wrong[0]!r} is unknown or stands twice (nearest: {near!r}); mend it",
                file=file,
                place=entry.id,
            )
