"""What comes out when strangers' files are opened: the parts that can be read, and what could not be, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from madoguchi.problem import Lang, Problem

TEXT_KINDS = frozenset({"csv", "tsv", "json", "jsonl", "sql", "log", "text", "html", "mail"})
"""Kinds that `text.lines` reads; the others (``xlsx pdf unknown``) are binary and have no encoding."""


@dataclass(frozen=True)
class Part:
    """One file of strangers' material, on its own or out of an archive."""

    name: str
    """What the user knows: ``member.zip/list.csv``. Never used as a path."""
    path: Path
    """The bytes on disk: the original itself, or our own numbered file when it came out of an archive."""
    size: int
    sha256: str
    kind: str
    """``csv tsv json jsonl xlsx sql log text html pdf mail unknown``; in `Opened.archives` ``zip tar gz bz2 xz``."""
    encoding: str | None
    """``utf-8 utf-8-sig utf-16-le utf-16-be cp932 euc_jp iso2022_jp``, None for binary."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Part":
        """Return the part that `dataclasses.asdict` (and JSON) made ``value`` of."""
        return cls(**{**value, "path": Path(value["path"])})


@dataclass(frozen=True)
class Unread:
    """One file, or the rest of one, that could not be read; the others went on."""

    place: str
    """The name as in `Part.name`."""
    ja: str
    en: str

    def reason(self, lang: Lang = "ja") -> str:
        """Return the reason and the next step as one line."""
        return self.en if lang == "en" else self.ja

    def problem(self) -> Problem:
        """Return the same as a `Problem`, for callers that cannot go on without this file."""
        return Problem(ja=self.ja, en=self.en, file=self.place)


@dataclass
class Opened:
    """All that was opened by one call of `archive.open_all`, in a fixed order."""

    parts: list[Part] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    archives: list[Part] = field(default_factory=list)
    """The archives themselves, for their hashes; an archive inside another is no longer on disk."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Opened":
        """Return what `dataclasses.asdict` (and JSON) made ``value`` of."""
        return cls(
            parts=[Part.from_json(part) for part in value["parts"]],
            unread=[Unread(**unread) for unread in value["unread"]],
            archives=[Part.from_json(part) for part in value["archives"]],
        )
