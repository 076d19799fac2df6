"""The catalogue as loaded from its files, once: items, combinations, names, and the check of keys that others give us."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from madoguchi.catalogue.models import Combination, CombinationFile, Item, ItemFile
from madoguchi.problem import Lang, Problem
from madoguchi.text.datafile import load, nearest

FOLDER = files("madoguchi.catalogue")


@cache
def items() -> Mapping[str, Item]:
    """Return every item by its key, in the order in which people expect them (who, where, account, money, …)."""
    found: dict[str, Item] = {}
    for path in sorted((p for p in (FOLDER / "items").iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name):
        file = load(ItemFile, path)
        for key, entry in file.items.items():
            if key in found:
                raise Problem(
                    ja=f"項目「{key}」が2つのファイルにあります。1つにしてください。",
                    en=f"the item {key!r} stands in two files; keep one",
                    file=path.name,
                )
            found[key] = Item(key=key, group=file.group, **dict(entry))
    return MappingProxyType(found)


@cache
def combinations() -> tuple[Combination, ...]:
    """Return the sets of items that may lead to 財産的被害 only together (rule 7 item 2)."""
    found = load(CombinationFile, FOLDER / "combinations.yaml").combinations
    for combination in found:
        check_keys(combination.items, file="combinations.yaml")
    return tuple(found)


def say(key: str, lang: Lang = "ja") -> str:
    """Return the name of the item ``key``; `Problem` when there is no such item."""
    check_keys([key])
    return items()[key].names.say(lang)


def in_order(keys: Iterable[str]) -> list[str]:
    """Return each known key once, in the order of the catalogue."""
    wanted = set(keys)
    return [key for key in items() if key in wanted]


def check_keys(keys: Iterable[str], *, file: str | None = None) -> None:
    """Raise `Problem` for the first of ``keys`` that is no item, naming its place in the list and the nearest key."""
    known = items()
    for index, key in enumerate(keys):
        if key in known:
            continue
        near = nearest(key, list(known))
        shown = key[:40]
        ja, en = f"「{shown}」という項目は一覧にありません。", f"there is no item {shown!r} in the catalogue"
        if near:
            ja, en = f"{ja}「{near}」ではありませんか。", f"{en}; did you mean {near!r}?"
        else:
            ja, en = f"{ja}項目のキーで書いてください（例: email）。", f"{en}; write the key of an item, such as email"
        raise Problem(ja=ja, en=en, file=file, place=f"items[{index}]")
