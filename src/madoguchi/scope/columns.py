"""Which cells of a row make which item, and whose it is within the row; the user's own word (`--columns`) comes first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from madoguchi.catalogue import columns as catalogue
from madoguchi.catalogue import corpus
from madoguchi.catalogue.columns import Column
from madoguchi.catalogue.tables import table_columns
from madoguchi.problem import Problem
from madoguchi.scope import ids
from madoguchi.text import datafile, places

#: What `--columns` may say beside the keys of the catalogue: the person's id, another name, nothing at all, and parts.
SPECIAL = ("id", "former_name", "ignore")
PARTS = {
    "name": ("family", "given"),
    "name_kana": ("family", "given"),
    "address": ("prefecture", "city", "town", "street", "building", "line1", "line2", "line3"),
    "phone": ("part1", "part2", "part3"),
    "postal_code": ("part1", "part2"),
    "birth_date": ("year", "month", "day"),
}
_GENERIC = frozenset(
    catalogue.fold(word) for word in ("id", "no", "code", "cd", "番号", "コード", "number", "seq", "連番", "pk")
)
_FORMER = frozenset(
    catalogue.fold(word) for word in ("former_name", "maiden_name", "旧姓名", "旧氏名", "旧姓", "旧名", "改姓前氏名")
)

Overrides = Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """One item that a row of a table may hold: the cells that make it, each with the part it is."""

    item: str
    whose: str
    cells: tuple[tuple[str, int], ...]
    former: bool = False
    #: for a member or order id, which kind of number it is (`ids`)
    kind: str = ids.ANY

    def texts(self, values: Sequence[str | None]) -> tuple[str, ...]:
        """Return what the cells say, joined; an address is given in each way that its cells allow, fullest first."""
        parts: dict[str, str] = {}
        for part, index in self.cells:
            text = values[index] if index < len(values) else None
            if text and text.strip():
                # Shop systems keep the prefecture as its number: EC-CUBE 13, Shopify JP-13.
                parts[part] = places.prefecture_of(text) if part == "prefecture" else text
        if not parts:
            return ()
        if len(self.cells) == 1 and "full" in parts:
            return (parts["full"],)
        whole = catalogue.join(self.item, parts)  # type: ignore[arg-type]
        if self.item != "address" or "full" not in parts:
            return (whole,) if whole else ()
        around = [parts[p] for p in ("prefecture", "city", "town") if p in parts]
        after = [parts[p] for p in ("street", "line1", "line2", "line3", "building") if p in parts]
        joined = ("".join([*around, whole, *after]), "".join([whole, *after]), "".join([*around, whole]), whole)
        return tuple(dict.fromkeys(joined))


@dataclass(frozen=True)
class Plan:
    """How the rows of one table are read."""

    table: str
    headings: tuple[str, ...]
    readings: tuple[Reading, ...]
    #: cells that no heading explains: there only a person's own values count
    loose: tuple[int, ...]
    #: the column that numbers the table's own rows, and columns by their folded heading
    key: int | None
    roles: tuple[Column | None, ...]
    #: for each column, which kind of number it is (`ids`), were it one
    kinds: tuple[str, ...]
    #: no heading is understood: what is known is told by the values alone
    blind: bool = False

    def column(self, heading: str) -> int | None:
        """Return the index of a column by its heading as other tables write it."""
        folded = catalogue.fold(heading)
        return next((i for i, known in enumerate(self.headings) if catalogue.fold(known) == folded), None)

    @property
    def items(self) -> frozenset[str]:
        """The items of this table."""
        return frozenset(reading.item for reading in self.readings)


def plan(
    table: str,
    headings: Sequence[str],
    sample: Sequence[Sequence[str]],
    overrides: Overrides,
    *,
    comments: Mapping[str, str] | None = None,
    primary: str | None = None,
) -> Plan:
    """Return how rows of ``table`` are read.

    ``sample`` are its first rows, ``comments`` what a dump says of its columns, ``primary`` its declared key. What
    only its values explain counts as the item where no heading of the table is understood (a file without headings);
    beside headings that are understood it is somebody's else matter (a shop's phone) until a person's own value says no.
    """
    roles = list(table_columns(headings, sample, table_word(table)))
    known = [role is not None for role in table_columns(headings, (), table_word(table))]
    for i, heading in enumerate(headings):
        comment = (comments or {}).get(heading)
        if not known[i] and comment and (found := catalogue.column_part(comment, table_word(table))):
            roles[i], known[i] = found, True
    key = _key(table, headings, primary)
    kinds = [ids.ANY if is_generic(heading) else ids.kind(heading) for heading in headings]
    if key is not None and catalogue.fold(headings[key]) in _GENERIC:
        roles[key], kinds[key] = _named_by_table(table)
        known[key] = roles[key] is not None
    if any(known):
        roles = [role if known[i] else None for i, role in enumerate(roles)]
    blind = not any(known)
    ignored: set[int] = set()
    for i, heading in enumerate(headings):
        word = override(overrides, table, heading)
        if word is not None:
            roles[i] = column_of(word)
            kinds[i], blind = ids.ANY, False
            ignored |= {i} if word == "ignore" else set()
    final = tuple(roles)
    loose = tuple(i for i, role in enumerate(final) if role is None and i not in ignored and i != key)
    return Plan(table, tuple(headings), readings(final, headings, kinds), loose, key, final, tuple(kinds), blind)


def readings(roles: Sequence[Column | None], headings: Sequence[str], kinds: Sequence[str]) -> tuple[Reading, ...]:
    """Return the items that columns of these roles make; a part that comes again begins another value."""
    whole: list[Reading] = []
    split: dict[tuple[str, str, bool], list[dict[str, int]]] = {}
    for i, role in enumerate(roles):
        if role is None:
            continue
        former = catalogue.fold(headings[i]) in _FORMER
        if role.part == "full" and role.key != "address":
            number = kinds[i] if role.key in ids.NUMBERS else ids.ANY
            whole.append(Reading(role.key, role.whose, (("full", i),), former, number))
            continue
        sets = split.setdefault((role.key, role.whose, former), [{}])
        if role.part in sets[-1]:
            sets.append({})
        sets[-1][role.part] = i
    for (key, whose, former), sets in split.items():
        whole += [Reading(key, whose, tuple(parts.items()), former) for parts in sets if parts]
    return tuple(sorted(whole, key=lambda reading: reading.cells[0][1]))


class Told(dict[str, str]):
    """`--columns` as it was read, with the headings met so far (``seen``) and its own words that named one (``used``)."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Nothing is met yet."""
        super().__init__(words)
        self.seen: set[str] = set()
        self.used: set[str] = set()

    def check(self, file: str) -> None:
        """Raise `Problem` for a word that named no column anywhere: a misspelt heading would lose what it stands for."""
        for name in self:
            if name not in self.used:
                near = datafile.nearest(name, sorted(self.seen))
                raise Problem(
                    ja=f"「{name[:40]}」という見出しは、どのファイルにもありません。"
                    + (
                        f"「{near[:40]}」ではありませんか。" if near else "見出しを確かめるか、この行を除いてください。"
                    ),
                    en=f"no file has the heading {name[:40]!r}"
                    + (f"; did you mean {near[:40]!r}?" if near else "; check it, or take the line out"),
                    file=file,
                    place=name[:40],
                )


def override(overrides: Overrides, table: str, heading: str) -> str | None:
    """Return what `--columns` says of a column: by ``table.heading`` or by the heading alone."""
    folded = catalogue.fold(heading)
    written = (f"{table}.{heading}", f"{table_word(table)}.{heading}", heading)
    found = next((name for name in written if name in overrides), None)
    found = found or next((name for name in overrides if catalogue.fold(name) == folded), None)
    if isinstance(overrides, Told):
        overrides.seen.add(heading)
        if found is not None:
            overrides.used.add(found)
    return None if found is None else overrides[found]


def column_of(word: str) -> Column | None:
    """Return the role that a value of `--columns` gives; None for a column that is to be passed over."""
    if word == "former_name":
        return Column("name")
    if word == "id":
        return Column("member_id")
    if word == "ignore":
        return None
    key, _, part = word.partition(".")
    return Column(key, part or "full")  # type: ignore[arg-type]


def read_overrides(path: Path | None) -> Told:
    """Return `--columns`: a YAML file of lines ``heading: item``; `Problem` for a word that is no item, part or `SPECIAL`."""
    if path is None:
        return Told({})
    value = datafile.read_yaml(path.read_bytes(), file=path.name)
    if not isinstance(value, dict) or not value:
        raise Problem(
            ja="「列の見出し: 項目」を1行に1つずつ書いてください（例: 連絡先: email）。",
            en="write one `heading: item` a line, such as `contact: email`",
            file=path.name,
        )
    words = [*corpus.items(), *SPECIAL, *(f"{key}.{part}" for key, parts in PARTS.items() for part in parts)]
    for heading, word in value.items():
        if word not in words:
            near = datafile.nearest(str(word), words)
            raise Problem(
                ja=f"「{str(word)[:40]}」という項目はありません。"
                + (f"「{near}」ではありませんか。" if near else "項目のキーで書いてください（例: email）。"),
                en=f"there is no item {str(word)[:40]!r}"
                + (f"; did you mean {near!r}?" if near else "; write a key such as email"),
                file=path.name,
                place=str(heading)[:40],
            )
    return Told({str(heading): str(word) for heading, word in value.items()})


def table_word(table: str) -> str:
    """Return the name of a table or file without what says nothing: folders, endings, dates, a list of columns."""
    stem = table.partition("(")[0].rpartition("/")[2].rpartition("!")[2]
    stem = re.sub(r"\.(?:csv|tsv|txt|jsonl?|ndjson|log|xlsx)$", "", stem, flags=re.IGNORECASE)
    return re.sub(r"(?:[_\- .]*\d+)+$", "", stem) or stem


def singular(table: str) -> set[str]:
    """Return the words that name one row of the table: ``dtb_customers`` → customers, customer, dtb_customer(s)."""
    word = table_word(table).casefold()
    last = re.split(r"[_\-. ]", word)[-1]
    found = set()
    for name in (word, last):
        found |= {name, name.removesuffix("s"), name.removesuffix("es"), re.sub("ies$", "y", name)}
        found |= {
            name.removesuffix(end)
            for end in ("一覧", "リスト", "マスタ", "マスター", "情報", "データ", "list", "master", "table")
        }
    return {name for name in found if name}


def is_generic(heading: str) -> bool:
    """Return whether a heading numbers rows without saying of what: ``id``, ``no``, ``番号``."""
    return catalogue.fold(heading) in _GENERIC


def _key(table: str, headings: Sequence[str], primary: str | None) -> int | None:
    """Return the column that numbers the table's own rows: declared, ``id``, ``<table>_id``, or a first ``…_id``."""
    if primary in headings:
        return list(headings).index(str(primary))
    folded = [catalogue.fold(heading) for heading in headings]
    own = {catalogue.fold(f"{word}{end}") for word in singular(table) for end in _GENERIC}
    for wanted in (own, {"id"}):
        hits = [i for i, heading in enumerate(folded) if heading in wanted]
        if hits:
            return hits[0]
    role = catalogue.column_part(headings[0], table_word(table)) if headings else None
    if folded and (folded[0] in _GENERIC or folded[0].endswith("id") or (role and role.key in ids.NUMBERS)):
        return 0
    return None


def _named_by_table(table: str) -> tuple[Column | None, str]:
    """Return what a bare ``id`` is in this table: ``customers.id`` is the customer id, ``orders.id`` the order id."""
    for word in sorted(singular(table)):
        for end in ("_id", "id", "番号"):
            role = catalogue.column_part(f"{word}{end}")
            if role and role.key in ids.NUMBERS and role.whose == "self":
                return role, ids.kind(f"{word}{end}")
    return None, ids.ANY
