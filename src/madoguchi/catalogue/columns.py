"""Which item a column holds, told from its heading: Japanese, English, romaji, and the headings of common shop systems."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pydantic import Field

from madoguchi.catalogue.corpus import FOLDER, items
from madoguchi.catalogue.models import Model, Part
from madoguchi.text.datafile import load
from madoguchi.text.fold import key as folded_key

Whose = Literal["self", "billing", "recipient", "holder", "relative", "staff", "contact"]

_BRACKETS = re.compile(r"[(\[{<〔【「『〈《](.*?)[)\]}>〕】」』〉》]")
_NOISE = re.compile(r"[\W_ー]+")
_HONORIFIC = ("ゴ", "オ", "御")
# 会員名 is the whole name, unless 会員姓 stands beside it.
SHORT_NAMES = {
    "名": "name",
    "名カナ": "name_kana",
    "名フリガナ": "name_kana",
    "名ヨミ": "name_kana",
    "名ヨミガナ": "name_kana",
}


@dataclass(frozen=True)
class Column:
    """What a column holds: the item, the part of it, and whose it is within the row (the customer's, the recipient's …)."""

    key: str
    part: Part = "full"
    whose: Whose = "self"


class Beside(Model):
    """Headings that are an item only in company: one of the items of ``goes_with`` in the same table."""

    goes_with: list[str] = Field(alias="with")
    words: list[str]


class Dress(Model):
    """`columns.yaml`: what may stand around an item's own word in a heading."""

    whose: dict[Whose, list[str]]
    suffixes: list[str]
    about: list[str]
    never: list[str]
    weak: list[str]
    beside: dict[str, Beside]
    plain: list[str]
    things: list[str]
    others: list[str]


def fold(heading: str) -> str:
    """Return a heading without what does not matter: width, case, kana kind, spaces, underscores, hyphens, brackets, ー."""
    text = folded_key(heading)
    return _NOISE.sub("", text) or ("郵便番号" if "〒" in text else "")


def column_part(heading: str, table: str | None = None) -> Column | None:
    """Return the item, part and owner of a column by its heading alone, or None.

    ``table`` is the table's name where there is one: ``name`` in a table of products is no person's. A heading may
    carry its table (``users.email``). Where a list of headings is at hand, `tables.table_columns` judges better.
    """
    before, _, after = heading.strip().rpartition(".")
    inside = before.split(".")[-1].strip("`\"'[]")
    if after and re.fullmatch(r"[^\W\d]\w*", inside):
        heading, table = after, table or inside
    if table and fold(heading) in _folded("plain") and _is_thing(table):
        return None
    return next((found for folded in _undressed(heading) if (found := _look(folded))), None)


def column_item(heading: str, table: str | None = None) -> str | None:
    """Return the key of the item that a column with this heading holds, or None (`column_part` without its details)."""
    found = column_part(heading, table)
    return found.key if found else None


def is_weak(heading: str) -> bool:
    """Return whether a heading is too plain to stand alone (``state``, ``room``)."""
    return fold(heading) in _folded("weak")


def may_be_given(heading: str) -> bool:
    """Return whether a heading is a whole name only for want of a family name beside it (注文者名)."""
    folded = fold(heading)
    return any(folded == owner + short for owner, _ in _owners() for short in SHORT_NAMES)


def is_others(heading: str) -> bool:
    """Return whether a heading that names no item speaks of a thing or of somebody else (店舗電話番号, updated_by)."""
    return fold(heading).startswith(tuple(_folded("things") | _folded("others")))


def in_company(heading: str, keys: Collection[str]) -> str | None:
    """Return the item that a heading holds in a table of these items though by itself it says none (有効期限)."""
    folded = fold(heading)
    return next((key for key, goes_with, words in _beside() if folded in words and goes_with & set(keys)), None)


@cache
def _beside() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    return [
        (key, frozenset(entry.goes_with), frozenset(map(fold, entry.words))) for key, entry in dress().beside.items()
    ]


@cache
def known_headings() -> dict[str, Column]:
    """Return every folded heading of the catalogue with what it holds."""
    return {
        fold(heading): Column(key, part)
        for key, item in items().items()
        for part, headings in item.columns.items()
        for heading in headings
    }


@cache
def dress() -> Dress:
    """Return `columns.yaml`."""
    return load(Dress, FOLDER / "columns.yaml")


@cache
def _folded(name: Literal["suffixes", "about", "never", "weak", "plain", "things", "others"]) -> frozenset[str]:
    return frozenset(fold(word) for word in getattr(dress(), name))


@cache
def _owners() -> list[tuple[str, Whose]]:
    found = [(fold(word), whose) for whose, words in dress().whose.items() for word in words]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _undressed(heading: str) -> list[str]:
    """Return the heading as it stands and then with less and less around it, each folded."""
    plain = unicodedata.normalize("NFKC", heading)
    inside = [fold(text) for text in _BRACKETS.findall(plain)]
    found = [fold(heading)]
    if not any(about in text for text in inside for about in _folded("about")):
        found.append(fold(_BRACKETS.sub("", plain)))
    found += [re.sub(r"^q?\d+", "", text) for text in found]
    for text in found[:]:
        shorter = next((s for s in sorted(_folded("suffixes"), key=len, reverse=True) if text.endswith(s)), "")
        found.append(text.removesuffix(shorter))
    found += [re.sub(r"\d{1,2}$", "", text) for text in found]
    found += [text[1:] for text in found if text[:1] in _HONORIFIC]
    return [text for text in dict.fromkeys(found) if text]


def _look(folded: str) -> Column | None:
    if folded in _folded("never"):
        return None
    exact = known_headings().get(folded)
    if exact:
        # 社員番号 and 口座名義 are words of their own, and still say whose they are.
        of = next(
            (of for owner, of in _owners() if of in {"staff", "holder"} and folded.startswith(owner)), exact.whose
        )
        return replace(exact, whose=of)
    for owner, whose in _owners():
        rest = folded.removeprefix(owner)
        if rest == folded:
            continue
        rest = re.sub("^(?:様|サマ)?ノ?", "", rest)
        if rest in SHORT_NAMES:
            return Column(SHORT_NAMES[rest], "full", whose)
        inner = known_headings().get(rest)
        if inner:
            return Column(inner.key, inner.part, whose)
    return None


def _is_thing(table: str) -> bool:
    """Return whether a table's name speaks of things: ``mtb_pref``, ``dtb_product``, ``categories``, ``商品マスタ``."""
    text = unicodedata.normalize("NFKC", table).strip("`\"'[]")
    parts = [part for part in re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", text) if part]
    if not parts:
        return False
    last = fold(parts[-1])
    singular = {last, last.removesuffix("s"), last.removesuffix("es"), re.sub("ies$", "y", last)}
    japanese = any(thing in fold(text) for thing in _folded("things") if not thing.isascii())
    return bool(singular & _folded("things")) or japanese


# The order in which the parts of an item are read out, and what stands between them.
_ORDER: dict[str, tuple[tuple[Part, ...], str]] = {
    "name": (("family", "given"), " "),
    "name_kana": (("family", "given"), " "),
    "address": (("prefecture", "city", "town", "street", "line1", "line2", "line3", "building"), ""),
    "postal_code": (("part1", "part2"), "-"),
    "phone": (("part1", "part2", "part3"), "-"),
    "birth_date": (("year", "month", "day"), "-"),
    "card_expiry": (("month", "year"), "/"),
}


def join(key: str, parts: dict[Part, str]) -> str:
    """Return one value from its parts in reading order; empty parts are left out.

    A ``full`` part wins. A phone, postal code or date that misses a part is not a value and gives an empty string.
    """
    if parts.get("full", "").strip():
        return parts["full"].strip()
    order, between = _ORDER.get(key, ((), " "))
    values = [parts.get(part, "").strip() for part in order]
    if key in {"phone", "postal_code", "birth_date", "card_expiry"} and not all(values):
        return ""
    return between.join(value for value in values if value)
