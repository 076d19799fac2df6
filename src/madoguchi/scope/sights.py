"""Sights gathered into exposures. Merging is commutative: any partition, order or retry gives the same."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from madoguchi.scope.shapes import KEYS, TIERS, Exposure, Spot, Tier

Mark = tuple[int, str, str, str]  # person's number in the list, item, tier, source


class First(NamedTuple):
    """The first place and how often; compared in this order, so the earliest place and then the stronger key wins."""

    line: int
    column: int
    key: int
    offset: int
    length: int
    times: int


class Sights:
    """The first sight of each person, item, tier and source, and how many there were."""

    def __init__(self) -> None:
        """Start empty."""
        self._found: dict[Mark, First] = {}

    def add(self, person: int, item: str, tier: Tier, source: str, key: str, spot: Spot, count: int = 1) -> None:
        """Take in one sight."""
        offset = -1 if spot.offset is None else spot.offset
        length = -1 if spot.length is None else spot.length
        first = First(spot.line, spot.column, _order(key), offset, length, count)
        self._merge((person, item, tier, source), first)

    def merge(self, other: "Sights") -> None:
        """Take in all of another."""
        for mark, first in other._found.items():  # noqa: SLF001 - its own kind
            self._merge(mark, first)

    def exposures(self, ids: list[str]) -> Iterator[Exposure]:
        """Yield exposures by the person's place in the list (``ids``), then item, tier and source."""
        order = sorted(self._found, key=lambda mark: (mark[0], mark[1], TIERS.index(mark[2]), mark[3]))
        for mark in order:
            person, item, tier, source = mark
            first = self._found[mark]
            yield Exposure(
                person=ids[person],
                item=item,
                tier=tier,  # type: ignore[arg-type]
                key=_KEYS[first.key],
                source=source,
                place=f"{source}:{first.line}" if first.line else source,
                offset=None if first.offset < 0 else first.offset,
                length=None if first.length < 0 else first.length,
                count=first.times,
            )

    def _merge(self, mark: Mark, first: First) -> None:
        before = self._found.get(mark)
        self._found[mark] = first if before is None else min(before, first)._replace(times=before.times + first.times)


#: Beside the strong keys: a person of a system, because all are or because a file of ids says so.
_KEYS = (*KEYS, "list", "all")


def _order(key: str) -> int:
    return _KEYS.index(key)


def strongest(exposures: Iterable[Exposure]) -> dict[str, dict[str, Tier]]:
    """Return for each person each item with its strongest tier, people in their first order."""
    found: dict[str, dict[str, Tier]] = {}
    for exposure in exposures:
        items = found.setdefault(exposure.person, {})
        before = items.get(exposure.item)
        if before is None or TIERS.index(exposure.tier) < TIERS.index(before):
            items[exposure.item] = exposure.tier
    return found
