"""What a person can do now about what leaked: a short ordered list, made from `advice/*.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import model_validator

from madoguchi import catalogue
from madoguchi.harm.fit import Model, known, led_by
from madoguchi.law import bodies
from madoguchi.law.bodies import Body
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import dates
from madoguchi.text.datafile import load, nearest
from madoguchi.text.language import LocalText

When = Literal["tonight", "week", "month"]
_WHEN: dict[When, int] = {"tonight": 0, "week": 1, "month": 2}
FOLDER = files("madoguchi.harm")


class StepEntry(Model):
    """One step as a file states it.

    It is for people of whom all items of any one set in ``of`` leaked, or for everybody (``always``). ``replaces`` are
    steps that need not be said beside it. ``order`` counts within its ``when``, lower first. ``notice``: fit for a
    company's own letter (item 9 of rule 8). ``confirmed``: the facts in it stand in a source of ours. ``since`` is the
    text where the first day of the period in question is known; it names that day as ``{start}``.
    """

    id: str
    when: When
    order: int
    of: tuple[frozenset[str], ...] = ()
    always: bool = False
    replaces: tuple[str, ...] = ()
    call: str | None = None
    notice: bool = True
    text: LocalText
    since: LocalText | None = None
    citations: tuple[str, ...] = ()
    confirmed: bool = True

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if self.always == bool(self.of):
            raise ValueError("a step is either for some items or for everybody")
        if self.since and not all("{start}" in self.since.say(lang) for lang in LANGS):
            raise ValueError("since names the first day as {start} in each language")
        return self

    def say(self, lang: Lang, start: date | None) -> str:
        """Return the text in ``lang``, with the first day of the period in question where it helps and is known."""
        return self.since.say(lang, start=dates.say(start, lang)) if self.since and start else self.text.say(lang)


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


def advice(items: Iterable[str], lang: Lang = "ja", period_start: date | str | None = None) -> list[Step]:
    """Return what to do about ``items`` (keys of the catalogue), tonight's steps first; nothing for no items.

    Each step stands once however many items lead to it, and a step for a combination stands instead of those for its
    parts. ``period_start`` (a day, or one written as ISO 8601) is the first day on which the items may have leaked:
    the steps that look back name it. `Problem` for a key that is no item and for a day that is none.
    """
    leaked = known(items)
    start = _day(period_start)
    return [
        Step(
            id=entry.id,
            when=entry.when,
            text=entry.say(lang, start),
            call=call(entry.call, lang) if entry.call else None,
            items=tuple(catalogue.in_order(_own(entry, leaked))),
            citations=entry.citations,
            confirmed=entry.confirmed,
        )
        for entry in _chosen(leaked)
    ]


def call(key: str, lang: Lang = "ja") -> Call:
    """Return one of `calls` in one language."""
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
def calls() -> dict[str, Body]:
    """Return whom a step can send people to: the bodies of `law` that are reached by phone."""
    return {key: body for key, body in bodies.load().items() if body.phone or body.where}


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


def _day(day: date | str | None) -> date | None:
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        raise Problem(
            ja="期間の初めの日が日付になっていません。2026-08-01 のように書いてください。",
            en="the first day of the period is not a date; write it like 2026-08-01",
            place="period_start",
        ) from None


def _own(entry: StepEntry, leaked: frozenset[str]) -> frozenset[str]:
    return leaked if entry.always else led_by(entry.of, leaked)


def _chosen(leaked: frozenset[str]) -> list[StepEntry]:
    wanted = [entry for entry in entries() if _own(entry, leaked)]
    replaced = {name for entry in wanted for name in entry.replaces}
    return [entry for entry in wanted if entry.id not in replaced]
