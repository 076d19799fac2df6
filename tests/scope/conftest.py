"""What the scope tests share: asking the whole question of small texts, in this process, without a file of our own."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from madoguchi.intake import archive
from madoguchi.intake.confined import dump
from madoguchi.intake.limits import Limits
from madoguchi.intake.part import Opened
from madoguchi.scope import reachfile, run

Answer = dict[str, Any]


def open_here(paths: list[Path], work: Path) -> Opened:
    return archive.open_here([[path.name, str(path), None] for path in paths], str(work), dataclasses.asdict(Limits()))


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Answer]:
    """Return a function: files by name (text or bytes), people as CSV, optionally columns and reach -> the scan's answer."""

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def asked(
        files: dict[str, str | bytes],
        people: str | bytes,
        *,
        columns: str | None = None,
        reach: str | None = None,
        own: dict[str, str] | None = None,
        encoding: str = "utf-8",
    ) -> Answer:
        leaks = open_here([write(f"leak/{name}", text, encoding) for name, text in files.items()], tmp_path / "work")
        listed = open_here([write("people.csv", people)], tmp_path / "work").parts[0]
        for name, text in (own or {}).items():
            write(name, text)
        window = write("reach.yaml", reach) if reach else None
        sources = {
            name: open_here([tmp_path / file], tmp_path / "work").parts[0]
            for name, file in (reachfile.read(window).sources if window else {}).items()
        }
        request = {
            "parts": leaks.parts,
            "unread": [{"file": u.place, "place": u.place, "reason": u.ja, "reason_en": u.en} for u in leaks.unread],
            "archives": leaks.archives,
            "people": listed,
            "columns": write("columns.yaml", columns) if columns else None,
            "reach": window,
            "sources": sources,
            "limits": Limits(),
            "now": None,
            "leaks": bool(files),
        }
        answer: Answer = json.loads(json.dumps(run.work_on(json.loads(dump(request)), lambda *_: None)))
        return answer

    return asked


@pytest.fixture
def proved(ask: Callable[..., Answer]) -> Callable[..., dict[str, set[str]]]:
    """Return a function like `ask` that gives, for each person, the items that are proved."""

    def found(*args: Any, **kwargs: Any) -> dict[str, set[str]]:
        items: dict[str, set[str]] = {}
        for person, item, tier, *_ in ask(*args, **kwargs)["exposures"]:
            if tier == "proved":
                items.setdefault(person, set()).add(item)
        return items

    return found
