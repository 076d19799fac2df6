"""Merging: any partition, order or repetition of the parts gives the same exposures."""

import itertools
import random

from madoguchi.scope.shapes import Exposure, Spot
from madoguchi.scope.sights import Sights, strongest


def some(seed: int, count: int) -> list[tuple[int, str, str, str, Spot]]:
    rng = random.Random(seed)
    return [
        (
            rng.randrange(4),
            rng.choice(["name", "email"]),
            rng.choice(["a.csv", "b.csv"]),
            rng.choice(["email", "phone", "name+address"]),
            Spot(rng.randrange(1, 9), rng.randrange(3), rng.choice([None, 5]), rng.choice([None, 7])),
        )
        for _ in range(count)
    ]


def gathered(parts: list[list[tuple[int, str, str, str, Spot]]]) -> list[Exposure]:
    whole = Sights()
    for part in parts:
        one = Sights()
        for person, item, source, key, spot in part:
            one.add(person, item, "proved", source, key, spot)
        whole.merge(one)
    return list(whole.exposures(["P0", "P1", "P2", "P3"]))


def test_every_order_of_every_partition_gives_the_same() -> None:
    sights = some(7, 60)
    cuts = [sights[:10], sights[10:35], sights[35:]]
    expected = gathered([sights])
    assert all(gathered(list(order)) == expected for order in itertools.permutations(cuts))
    assert sum(exposure.count for exposure in expected) == 60


def test_the_first_place_wins_and_then_the_stronger_key() -> None:
    sights = Sights()
    sights.add(0, "name", "proved", "a.csv", "phone", Spot(3, 0, 9, 2))
    sights.add(0, "name", "proved", "a.csv", "email", Spot(3, 0, 9, 2))
    sights.add(0, "name", "proved", "a.csv", "email", Spot(4, 0, 20, 2))
    assert list(sights.exposures(["P"])) == [Exposure("P", "name", "proved", "email", "a.csv", "a.csv:3", 9, 2, 3)]


def test_the_strongest_tier_of_each_item_counts() -> None:
    sights = Sights()
    sights.add(0, "name", "population", "db", "all", Spot(0, 0, None, None))
    sights.add(0, "name", "possible", "orders.csv", "email", Spot(2, 0, 1, 1))
    exposures = list(sights.exposures(["P"]))
    assert strongest(exposures) == {"P": {"name": "possible"}}
    assert [exposure.place for exposure in exposures] == ["orders.csv:2", "db"]
