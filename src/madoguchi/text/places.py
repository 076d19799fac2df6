"""Prefectures, cities, wards, towns and villages: where their names end, and in which prefecture they lie."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.text import datafile, fold

_KA_BETWEEN_KANJI = re.compile(r"(?<=[一-鿿々])[ヶヵガケカ](?=[一-鿿])")
_DISTRICT = re.compile(r"(.+?郡)(.+)")
_WARD = re.compile(r"(.+?市)(.+区)")
# Names of before a merger (浦和市高砂), of which no list is complete.
_FORMER = re.compile(r"[^0-9 ]{1,6}?郡[^0-9 ]{1,6}?[町村]|[^0-9 ]{1,6}?市(?:[^0-9 ]{1,4}?区)?")
_FORMER_TOWN = re.compile(r"[^0-9 ]{1,6}?[区町村]")
_LONGEST = 12


class _Municipalities(BaseModel):
    model_config = ConfigDict(extra="forbid")
    source: str
    as_of: date
    prefectures: dict[str, list[str]]


@dataclass(frozen=True)
class Place:
    """A municipality as it was found at the beginning of a text.

    ``name`` as written, ``key`` without its district and in one spelling, ``district`` (郡) in one spelling where it was
    written, ``prefectures`` all in which such a place lies (none for a name that is not in the list).
    """

    name: str
    key: str
    district: str | None
    prefectures: frozenset[str]


def spelling(s: str) -> str:
    """Return a place's name in one spelling, character by character: katakana, ヶ, ガ and ケ between kanji alike, ッ as ツ."""
    return _KA_BETWEEN_KANJI.sub("ケ", fold.katakana(s).replace("ッ", "ツ"))


@cache
def prefectures() -> tuple[str, ...]:
    """Return the names of the 47 prefectures."""
    return tuple(_municipalities().prefectures)


def prefecture_of(text: str) -> str:
    """Return the prefecture that a cell names by its number of JIS X 0401 (13, JP-13), any other cell as it is."""
    code = re.fullmatch(r"(?:JP-?)?(0?[1-9]|[1-3][0-9]|4[0-7])", fold.fold(text), re.IGNORECASE)
    return prefectures()[int(code[1]) - 1] if code else text


def prefecture_at(text: str) -> str | None:
    """Return the prefecture with which a folded text begins."""
    return next((name for name in prefectures() if text.startswith(name)), None)


def municipality_at(text: str, prefecture: str | None) -> Place | None:
    """Return the municipality with which a folded text begins, in ``prefecture`` where that is known.

    Its district (郡), and for a ward whose name is the only one in Japan its city, may be left out. Names that are no more (浦和市)
    are recognised by their last character.
    """
    spelt = spelling(text[:_LONGEST])
    for length in range(len(spelt), 1, -1):
        for key, district, prefs in _table().get(spelt[:length], ()):
            if prefecture is None or prefecture in prefs:
                found = frozenset({prefecture}) if prefecture else prefs
                return Place(text[:length], key, district, found)
    former = _FORMER.match(text) or (_FORMER_TOWN.match(text) if prefecture else None)
    if former is None:
        return None
    spelt = spelling(former[0])
    parts = _DISTRICT.fullmatch(spelt)
    key, district = (parts[2], parts[1]) if parts else (spelt, None)
    return Place(former[0], key, district, frozenset({prefecture} if prefecture else ()))


@cache
def _municipalities() -> _Municipalities:
    return datafile.load(_Municipalities, files("madoguchi.text").joinpath("municipalities.yaml"))


_Row = tuple[str, str | None, frozenset[str]]


@cache
def _table() -> dict[str, list[_Row]]:
    """Return for each way to begin with a municipality what it may be: its key, its district and the prefectures."""
    ways: dict[tuple[str, str, str | None], set[str]] = {}
    wards: dict[str, set[tuple[str, str]]] = {}
    for prefecture, names in _municipalities().prefectures.items():
        for written in names:
            name = spelling(fold.fold(written))
            if in_district := _DISTRICT.fullmatch(name):
                ways.setdefault((name, in_district[2], in_district[1]), set()).add(prefecture)
                ways.setdefault((in_district[2], in_district[2], None), set()).add(prefecture)
                continue
            ways.setdefault((name, name, None), set()).add(prefecture)
            if in_city := _WARD.fullmatch(name):
                ways.setdefault((in_city[1], in_city[1], None), set()).add(prefecture)
                wards.setdefault(in_city[2], set()).add((name, prefecture))
    for ward, cities in wards.items():
        if len(cities) == 1 and (ward, ward, None) not in ways:
            [(name, prefecture)] = cities
            ways[ward, name, None] = {prefecture}
    table: dict[str, list[_Row]] = {}
    for (way, key, district), prefs in ways.items():
        table.setdefault(way, []).append((key, district, frozenset(prefs)))
    return table
