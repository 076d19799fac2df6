"""What a person can do now about what leaked: a short ordered list, made from `advice/*.yaml` and `calls.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi import catalogue
from madoguchi.problem import Lang, Problem
from madoguchi.text.datafile import load, nearest
from madoguchi.text.language import LocalText

When = Literal["tonight", "week", "month"]
_WHEN: dict[When, int] = {"tonight": 0, "week": 1, "month": 2}
FOLDER = files("madoguchi.harm")


class Model(BaseModel):
    """A data file's object: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CallEntry(Model):
    """Whom to call: by a number, or by ``where`` their number stands. ``confirmed``: a source of ours states it."""

    name: LocalText
    phone: str | None = None
    where: LocalText | None = None
    hours: LocalText | None = None
    citations: list[str]
    confirmed: bool


class CallFile(Model):
    """`calls.yaml`."""

    as_of: date
    calls: dict[str, CallEntry]


class StepEntry(Model):
    """One step as a file states it.

    It is for people of whom all items of any one set in ``of`` leaked, or for everybody (``always``). ``replaces`` are
    steps that need not be said beside it. ``order`` counts within its ``when``, lower first. ``notice``: fit for a
    company's own letter (item 9 of rule 8). ``confirmed``: the facts in it stand in a source of ours.
    """

    id: str
    when: When
    order: int
    of: list[frozenset[str]] = []
    always: bool = False
    replaces: list[str] = []
    call: str | None = None
    notice: bool = True
    text: LocalText
    citations: list[str] = []
    confirmed: bool = True

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if self.always == bool(self.of):
            raise ValueError("a step is either for some items or for everybody")
        return self


class StepFile(Model):
    """One file of `advice/`."""

    steps: list[StepEntry]


@dataclass(frozen=True)
class Call:
    """Whom to call, in one language; an unconfirmed number is shown as such."""

    key: str
    name: str
    phone: str | None
    where: str | None
    hours: str | None
    citations: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class Step:
    """One step in one language, with those of the person's items that lead to it."""

    id: str
    when: When
    text: str
    call: Call | None
    items: tuple[str, ...]
    citations: tuple[str, ...]
    confirmed: bool


def advice(items: Iterable[str], lang: Lang = "ja") -> list[Step]:
    """Return what to do about ``items`` (keys of the catalogue), tonight's steps first; nothing for no items.

    Each step stands once however many items lead to it, and a step for a combination stands instead of those for its
    parts. `Problem` for a key that is no item.
    """
    leaked = _known(items)
    return [
        Step(
            id=entry.id,
            when=entry.when,
            text=entry.text.say(lang),
            call=call(entry.call, lang) if entry.call else None,
            items=tuple(catalogue.in_order(_led_by(entry, leaked))),
            citations=tuple(entry.citations),
            confirmed=entry.confirmed,
        )
        for entry in _chosen(leaked)
    ]


def call(key: str, lang: Lang = "ja") -> Call:
    """Return an entry of `calls.yaml` in one language."""
    entry = calls()[key]
    return Call(
        key=key,
        name=entry.name.say(lang),
        phone=entry.phone,
        where=entry.where.say(lang) if entry.where else None,
        hours=entry.hours.say(lang) if entry.hours else None,
        citations=tuple(entry.citations),
        confirmed=entry.confirmed,
    )


@cache
def calls() -> dict[str, CallEntry]:
    """Return `calls.yaml`."""
    return load(CallFile, FOLDER / "calls.yaml").calls


@cache
def entries() -> tuple[StepEntry, ...]:
    """Return every step in the order in which it is said; `Problem` when a step names what does not exist."""
    paths = sorted((p for p in (FOLDER / "advice").iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    found = [(path.name, entry) for path in paths for entry in load(StepFile, path).steps]
    ids = [entry.id for _, entry in found]
    for file, entry in found:
        for keys in entry.of:
            catalogue.check_keys(sorted(keys), file=file)
        unknown = [name for name in entry.replaces if name not in ids]
        unknown += [entry.call] if entry.call and entry.call not in calls() else []
        if unknown or ids.count(entry.id) > 1:
            word = unknown[0] if unknown else entry.id
            near = nearest(word, [*ids, *calls()])
            raise Problem(
                ja=f"手順「{entry.id}」の「{word}」が見つからないか、重複しています（近いもの: {near}）。直してください。",
                en=f"step {entry.id!r}: {word!r} is unknown or stands twice (nearest: {near!r}); mend it",
                file=file,
                place=entry.id,
            )
    return tuple(sorted((entry for _, entry in found), key=lambda entry: (_WHEN[entry.when], entry.order)))


def _known(items: Iterable[str]) -> frozenset[str]:
    keys = list(items)
    catalogue.check_keys(keys)
    return frozenset(keys)


def _led_by(entry: StepEntry, leaked: frozenset[str]) -> frozenset[str]:
    if entry.always:
        return leaked
    return frozenset().union(*(keys for keys in entry.of if keys <= leaked))


def _chosen(leaked: frozenset[str]) -> list[StepEntry]:
    wanted = [entry for entry in entries() if _led_by(entry, leaked)]
    replaced = {name for entry in wanted for name in entry.replaces}
    return [entry for entry in wanted if entry.id not in replaced]
