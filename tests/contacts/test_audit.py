"""Sites made up by somebody who did not write the rules: how many windows are found, and how many are others'."""

import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from madoguchi.contacts import Window, saved, windows
from madoguchi.text import phones

CASES = Path(__file__).parent / "cases" / "audit"
SITES: list[dict[str, Any]] = [
    {"file": file.name, **site}
    for file in sorted(CASES.glob("*.yaml"))
    for site in yaml.safe_load(file.read_text("utf-8"))
]
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
CHANNELS = ("form", "email", "phone", "post")
MAIN = {"name": 0.85, "hours": 0.9, "for": 0.9, "grade": 0.95}


def _name(site: dict[str, Any]) -> str:
    return urlsplit(str(site["pages"][0]["at"])).netloc


def _found(site: dict[str, Any], folder: Path) -> list[Window]:
    """Save the pages as a mirroring program does, and read them."""
    for number, page in enumerate(site["pages"]):
        parts = urlsplit(page["at"])
        path = parts.path.lstrip("/")
        if not Path(path).suffix:
            path = f"{path.rstrip('/')}/index{number if parts.query else ''}.html".lstrip("/")
        file = folder / parts.netloc / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = page["html"]
        if path.endswith(".html") and "saved from" not in text and not text.lstrip().startswith("#"):
            text = text.replace("<html", f"<!-- saved from url=({len(page['at']):04d}){page['at']} -->\n<html", 1)
        file.write_bytes(text.encode(page.get("encoding", "utf-8")))
    return windows(saved.pages(folder), domain=site.get("domain"), now=NOW)


def _key(value: str) -> str:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).casefold()
    if "@" not in text and "://" not in text and (number := phones.canonical(text)):
        return number
    return re.sub(r"[‐-―−－-]", "-", text).rstrip("/")


def _is(expected: str, window: Window) -> bool:
    key = _key(str(expected))
    return key in _key(window.value) if window.channel == "post" else key == _key(window.value)


def _place(expected: str, got: list[Window]) -> int | None:
    return next((at for at, window in enumerate(got) if _is(expected, window)), None)


class Tally:
    """What was expected and found in all sites."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.right: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()
        self.facts_wanted: Counter[str] = Counter()
        self.first = self.first_wanted = self.order = self.order_wanted = 0
        self.misses: list[str] = []
        self.taken: list[str] = []

    def add(self, site: dict[str, Any], got: list[Window]) -> None:
        """Count one site."""
        where = _name(site)
        for want in site["windows"]:
            channel, found = want["channel"], _place(want["value"], got)
            hit = got[found] if found is not None and got[found].channel == channel else None
            self.wanted[channel] += 1
            self.right[channel] += hit is not None
            if hit is None:
                self.misses.append(f"{where}: missing {channel} {want['value']}")
                continue
            is_so = {
                "name": _key(want.get("name", "")) in _key(hit.name or ""),
                "hours": _key(want.get("hours", "")) in _key(hit.hours or ""),
                "for": want.get("for") == hit.purpose,
                "grade": want.get("grade") == hit.grade,
            }
            said = {"name": hit.name, "hours": hit.hours, "for": hit.purpose, "grade": hit.grade}
            for fact, right in is_so.items():
                if fact in want:
                    self.facts_wanted[fact] += 1
                    self.facts[fact] += right
                    if not right:
                        self.misses.append(f"{where}: {want['value']} {fact}: {want[fact]!r}, said {said[fact]!r}")
        allowed = [str(want["value"]) for want in site["windows"]] + [str(value) for value in site.get("may", [])]
        for window in got:
            mine = any(_is(str(want["value"]), window) for want in site["windows"])
            if mine or not any(_is(value, window) for value in allowed):
                self.given[window.channel] += 1
                if not mine:
                    self.misses.append(f"{where}: false {window.channel} {window.value}")
            if any(_is(str(value), window) for value in site.get("not", [])):
                self.taken.append(f"{where}: {window.value}")
        if site.get("first"):
            self.first_wanted += 1
            ok = bool(got) and any(_is(value, got[0]) for value in site["first"])
            self.first += ok
            if not ok:
                self.misses.append(f"{where}: first {got[0].value if got else None}, wanted {site['first']}")
        for left, right in site.get("order", []):
            before, after = _place(left, got), _place(right, got)
            self.order_wanted += 1
            ok = before is not None and (after is None or before < after)
            self.order += ok
            if not ok:
                self.misses.append(f"{where}: order {left} before {right}")


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    """Read every site once."""
    result = Tally()
    for site in SITES:
        result.add(site, _found(site, tmp_path_factory.mktemp("site")))
    return result


def test_there_are_sites_enough_to_measure_by() -> None:
    """Thirty at least."""
    assert len(SITES) >= 30


def test_no_value_is_taken_that_is_somebody_elses_or_no_window(tally: Tally) -> None:
    """Not the commission's, not a certified body's, not a fax, not an impostor's."""
    assert tally.taken == []


@pytest.mark.parametrize("channel", CHANNELS)
def test_windows_are_found_and_only_those(tally: Tally, channel: str) -> None:
    """Recall and precision of values, channel by channel."""
    assert tally.right[channel] / tally.wanted[channel] >= 0.95, tally.misses
    assert tally.right[channel] / max(tally.given[channel], 1) >= 0.95, tally.misses


@pytest.mark.parametrize("fact", MAIN)
def test_what_is_said_of_a_window_is_right(tally: Tally, fact: str) -> None:
    """Name, hours, purpose and grade where the page leaves no doubt."""
    assert tally.facts[fact] / tally.facts_wanted[fact] >= MAIN[fact], tally.misses


def test_the_right_window_stands_first(tally: Tally) -> None:
    """Of the sites, and of the pairs of windows."""
    assert tally.first / tally.first_wanted >= 0.95, tally.misses
    assert tally.order / tally.order_wanted >= 0.95, tally.misses
