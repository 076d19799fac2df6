"""What `--reach` may say: the intruder's window, as the contract writes it."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from madoguchi.catalogue import corpus
from madoguchi.problem import Problem
from madoguchi.text import datafile

#: A time without a zone is Tokyo's: legal days are, and so are the clocks of the shops here.
TOKYO = timezone(timedelta(hours=9))
SOURCES = ("orders", "attempts", "sessions", "access_log")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Period(_Strict):
    """A time in which a source's people gave these items to the intruder; both ends are reached."""

    start: datetime | date | str = Field(alias="from")
    end: datetime | date | str = Field(alias="to")
    source: str
    items: list[str] = Field(min_length=1)
    page: str | None = None

    def span(self) -> tuple[datetime, datetime]:
        """Return both ends as instants; a day alone as an end is that whole day."""
        return instant(self.start, last=False), instant(self.end, last=True)


class System(_Strict):
    """A system whose people belong to the population: all of the list, or those of a file of ids."""

    name: str = Field(min_length=1)
    people: str = Field(min_length=1)
    items: list[str] = Field(min_length=1)


class Reach(_Strict):
    """The whole file."""

    sources: dict[str, str] = {}
    periods: list[Period] = []
    systems: list[System] = []
    addresses: list[str] = []
    accounts: list[str] = []


def read(path: Path, now: datetime | None = None) -> Reach:
    """Return the file checked: known items and sources, each file there, no end before its start, nothing in the future.

    ``now`` is the instant of asking (the caller's clock; without it nothing is called future); files are looked for
    beside ``path``.
    """
    reach = datafile.read_model(Reach, path.read_bytes(), file=path.name)
    for number, period in enumerate(reach.periods):
        _check_period(period, reach, f"periods[{number}]", path.name, now)
    for number, system in enumerate(reach.systems):
        _check_items(system.items, path.name, f"systems[{number}]")
    for name, file in reach.sources.items():
        if name not in SOURCES:
            near = datafile.nearest(name, list(SOURCES))
            raise _wrong(
                path,
                f"sources.{name}",
                f"「{name}」という出所はありません（{'、'.join(SOURCES)}）。",
                f"there is no source {name!r}; did you mean {near or SOURCES[0]!r}?",
            )
        _check_file(path, file, f"sources.{name}")
    for number, system in enumerate(reach.systems):
        if system.people != "all":
            _check_file(path, system.people, f"systems[{number}].people")
    if not (reach.periods or reach.systems):
        raise _wrong(
            path,
            None,
            "periods も systems もありません。侵入者が届いた期間かシステムを書いてください。",
            "neither periods nor systems; write the window or the systems the intruder reached",
        )
    return reach


def instant(value: datetime | date | str, *, last: bool) -> datetime:
    """Return an instant in UTC from ISO 8601; without a zone it is Tokyo's, a day alone is its start (or its end)."""
    if isinstance(value, str):
        value = date.fromisoformat(value.strip()) if len(value.strip()) == 10 else datetime.fromisoformat(value.strip())
    if not isinstance(value, datetime):
        day = datetime(value.year, value.month, value.day, tzinfo=TOKYO)
        return (day + timedelta(days=1, microseconds=-1) if last else day).astimezone(UTC)
    return (value if value.tzinfo else value.replace(tzinfo=TOKYO)).astimezone(UTC)


def _check_period(period: Period, reach: Reach, place: str, file: str, now: datetime | None) -> None:
    try:
        start, end = period.span()
    except ValueError:
        raise Problem(
            ja="日時を読めません。2026-08-01T00:00+09:00 のように書いてください。",
            en="a time cannot be read; write it like 2026-08-01T00:00+09:00",
            file=file,
            place=place,
        ) from None
    if end < start:
        raise Problem(
            ja="終わり（to）が始まり（from）より前です。順を確かめてください。",
            en="the end (to) lies before the start (from); check their order",
            file=file,
            place=place,
        )
    if now is not None and start > now:
        raise Problem(
            ja="始まり（from）が未来の日時です。年を確かめてください。",
            en="the start (from) lies in the future; check the year",
            file=file,
            place=place,
        )
    if period.source not in reach.sources:
        near = datafile.nearest(period.source, list(reach.sources))
        raise Problem(
            ja=f"出所「{period.source}」が sources にありません。"
            + (f"「{near}」ではありませんか。" if near else "ファイル名を書き足してください。"),
            en=f"the source {period.source!r} is not in `sources`"
            + (f"; did you mean {near!r}?" if near else "; add its file"),
            file=file,
            place=f"{place}.source",
        )
    _check_items(period.items, file, place)


def _check_items(items: list[str], file: str, place: str) -> None:
    try:
        corpus.check_keys(items)
    except Problem as problem:
        raise problem.at(file=file, place=place) from None


def _check_file(path: Path, name: str, place: str) -> None:
    if not (path.parent / name).is_file():
        raise _wrong(
            path,
            place,
            f"ファイル「{name}」がありません。このファイルからの場所で書いてください。",
            f"there is no file {name!r}; write its place as seen from this file",
        )


def _wrong(path: Path, place: str | None, ja: str, en: str) -> Problem:
    return Problem(ja=ja, en=en, file=path.name, place=place)
