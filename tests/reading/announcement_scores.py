"""How well announcements are read: precision and recall per kind of fact, by the rules of `cases/README.md`.

Used by the tests and by the bench. A fact read counts once; what a case lists under ``also_right`` or ``unchecked``
counts neither way.
"""

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from madoguchi.problem import Problem
from madoguchi.reading.announcement import check_language, read_announcement

CASES = Path(__file__).parent / "cases" / "announcements"
SINGLE = ("organisation", "published", "cause", "secondary_harm", "delay_reason")
LISTS = ("dates", "period", "persons", "windows")
WANTED = ("affected_group", "company_measures")
ITEMS = ("items", "not_leaked")


@dataclass
class Score:
    """Right, missed and wrong facts of one kind, with the places of the last two."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of stated facts that were read."""
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def precision(self) -> float:
        """Return the share of facts read that were stated."""
        return self.right / (self.right + len(self.wrong)) if self.right or self.wrong else 1.0


def cases() -> list[Path]:
    """Return the expectation files."""
    return sorted(CASES.glob("*.yaml"))


def scores(paths: list[Path] | None = None) -> dict[str, Score]:
    """Read every case and return the score of each kind of fact."""
    found: dict[str, Score] = defaultdict(Score)
    for path in paths if paths is not None else cases():
        expected = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        try:
            check_language(text)
        except Problem:
            continue  # what the user is told of a text that is not in Japanese
        answer = read_announcement(text).answer()
        unchecked = set(expected.get("unchecked", []))
        for kind in (*SINGLE, *LISTS, *WANTED, *ITEMS):
            if kind not in unchecked:
                _compare(found[kind], kind, path.stem, text, answer["facts"][kind], expected)
        if "covers" not in unchecked:
            _covers(found["covers"], path.stem, answer["covers"], expected, unchecked)
    return found


def _compare(score: Score, kind: str, name: str, text: str, got: Any, expected: dict[str, Any]) -> None:
    wanted, also = expected["facts"].get(kind), expected.get("also_right", {}).get(kind, [])
    if kind in ITEMS:
        keys = {entry["key"] for entry in got}
        _tally(score, name, keys & set(wanted), set(wanted) - keys, keys - set(wanted) - set(also))
        return
    if kind in SINGLE:
        got = [] if got is None else [got]
        wanted = [] if wanted is None else [wanted]
    free = list(got)
    right, missed = [], []
    for entry in wanted:
        hit = next((one for one in free if _same(kind, entry, one, text)), None)
        if hit is None:
            missed.append(entry)
        else:
            right.append(hit)
            if kind not in WANTED:
                free.remove(hit)
    wrong = [] if kind in WANTED else [one for one in free if not _allowed(kind, one, [*also, *wanted], text, expected)]
    if kind == "delay_reason" and not wanted and any(_quoted(entry, got[0], text) for entry in also if got):
        wrong = []
    if kind in SINGLE and missed and any(_same(kind, entry, one, text) for entry in also for one in got):
        missed = []
    _tally(score, name, right, missed, wrong)


def _tally(score: Score, name: str, right: Any, missed: Any, wrong: Any) -> None:
    score.right += len(right)
    score.missed += [f"{name}: {one}" for one in missed]
    score.wrong += [f"{name}: {one}" for one in wrong]


def _covers(score: Score, name: str, got: dict[str, str], expected: dict[str, Any], unchecked: set[str]) -> None:
    for matter, verdict in expected["covers"].items():
        if f"covers.{matter}" in unchecked:
            continue
        allowed = {verdict, *_any(expected.get("also_right", {}).get("covers", {}).get(matter, []))}
        if got[matter] in allowed:
            score.right += 1
        else:
            score.missed.append(f"{name}: {matter} {sorted(allowed)}, read {got[matter]}")
            score.wrong.append(score.missed[-1])


def _allowed(
    kind: str, one: dict[str, Any], entries: list[dict[str, Any]], text: str, expected: dict[str, Any]
) -> bool:
    published = expected["facts"].get("published")
    if kind == "dates" and one["event"] == "disclosed" and published and _value(one["value"], published["value"]):
        return True
    if kind == "windows" and one["channel"] == "post":
        return True
    return any(_same(kind, {k: v for k, v in entry.items() if k != "quote"}, one, text) for entry in entries)


def _any(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value(got: Any, wanted: Any) -> bool:
    return any(got == (one.isoformat() if isinstance(one, datetime.date) else one) for one in _any(wanted))


def _same(kind: str, entry: dict[str, Any], one: dict[str, Any], text: str) -> bool:
    """Return whether a fact read is the fact of a case: each field that the case states, and the place of its quote."""
    for key, wanted in entry.items():
        if key == "quote":
            if not _quoted(entry, one, text):
                return False
        elif key in ("name", "hours"):
            if not any(
                _plain(w) in _plain(one[key] or "") or _plain(one[key] or "-") in _plain(w) for w in _any(wanted)
            ):
                return False
        elif kind == "windows" and key == "value" and one["channel"] == "phone":
            if not any(_digits(one[key]) == _digits(w) for w in _any(wanted)):
                return False
        elif kind == "organisation" and key == "value":
            if not any(_plain(one[key]) == _plain(w) for w in _any(wanted)):
                return False
        elif not _value(one[key], wanted):
            return False
    return True


def _quoted(entry: dict[str, Any], one: dict[str, Any], text: str) -> bool:
    start, end = one["span"]
    return any(a < end and start < b for quote in _any(entry["quote"]) for a, b in _places(quote, text))


def _places(quote: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text).replace("+81", "0"))
