"""The course of a log (経過) for a person: when what was done, in words, by which role, with which documents."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import PERSON, SYSTEM, table
from madoguchi.app.days import JAPAN, legal_day
from madoguchi.app.log.models import Entry, Log
from madoguchi.app.log.queries import payload
from madoguchi.text import dates
from madoguchi.text.datafile import load

NAME = "経過.txt"
Tongue = Literal["ja", "en"]


class Label(BaseModel):
    """What was done, in the two languages of the document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ja: str
    en: str


class Kinds(BaseModel):
    """kinds.yaml: a label for each kind of entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, Label]


_TITLE: dict[Tongue, str] = {
    "ja": "経過\n\n"
    "「{organisation}」の記録 {count} 件を、古い順に並べたものです。この書類を添えた書き出しそのものは入っていません。\n"
    "時刻は日本時間です。（ ）の中は行った人の役割で、この書類を作ったときのものです。番号は log.jsonl の index と同じです。",
    "en": "Course of events\n\n"
    'The {count} entries of the record of "{organisation}", the oldest first, without the export that this came with.\n'
    "Times are those of Japan. In brackets stands the role, as of this document, of whoever did it. The numbers are the\n"
    "index in log.jsonl.",
}
_LINE = "  {time}  {index:>3}  {what}{by}"
_BY: dict[Tongue, str] = {"ja": "（{role}）", "en": " ({role})"}
_NOBODY: dict[Tongue, str] = {"ja": "役割は不明", "en": "role not known"}
_DOCUMENT: dict[Tongue, str] = {"ja": "書類：{name}", "en": "document: {name}"}
_DESTROYED: dict[Tongue, str] = {"ja": "内容は消去されています", "en": "its content was destroyed"}


@cache
def kinds() -> dict[str, Label]:
    """Return the label of each kind of entry, by kind."""
    return load(Kinds, files("madoguchi.app.log") / "kinds.yaml").kinds


def course(log: Log) -> str:
    """Return the course of ``log`` up to now, in Japanese and then in English; the same log gives the same text.

    It names roles and documents, never a person. Within the transaction of the entry that takes it: other entries wait
    until that one is written, so that none is missing in between.
    """
    log = Log.objects.select_for_update(no_key=True).select_related("organisation").get(pk=log.pk)
    rows = list(log.entries.order_by("index").select_related("payload"))
    told = [(row, payload(row)) for row in rows]
    roles = _roles(log)
    return "\n\n\n".join("\n".join(_lines(log, told, roles, lang)) for lang in _TITLE) + "\n"


def _lines(
    log: Log, told: list[tuple[Entry, dict[str, Any] | None]], roles: dict[str, str], lang: Tongue
) -> Iterator[str]:
    yield _TITLE[lang].format(organisation=log.organisation.name, count=len(told))
    for day, entries in groupby(told, key=lambda each: legal_day(each[0].time)):
        yield ""
        yield dates.say(day, lang)
        for row, said in entries:
            yield _LINE.format(
                time=row.time.astimezone(JAPAN).strftime("%H:%M"),
                index=row.index,
                what=getattr(kinds().get(row.kind), lang, row.kind),
                by=_BY[lang].format(role=_role(row.actor, roles, lang)),
            )
            for name in _documents(said):
                yield " " * 14 + _DOCUMENT[lang].format(name=name)
            if said is None:
                yield " " * 14 + _DESTROYED[lang]


def _documents(said: dict[str, Any] | None) -> list[str]:
    return [each["name"] for each in (said or {}).get("files", ())]


def _roles(log: Log) -> dict[str, str]:
    """Return the role of each member of the log's organisation, by the name that entries give them; those who left too."""
    return {member.actor: member.role for member in Member.objects.filter(organisation_id=log.organisation_id)}


def _role(actor: str, roles: dict[str, str], lang: Tongue) -> str:
    """Return how a reader knows ``actor``: by the role alone."""
    role = SYSTEM if actor.startswith(f"{SYSTEM}:") else PERSON if actor == PERSON else roles.get(actor)
    return table().roles[role].say(lang) if role else _NOBODY[lang]
