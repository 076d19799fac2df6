"""The files that the user named: folders walked in a fixed order, links kept inside, names that tell them apart."""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from madoguchi.intake import reasons
from madoguchi.intake.names import clean
from madoguchi.intake.reasons import Reason
from madoguchi.problem import Problem


@dataclass
class Given:
    """A file on disk with the name to show, or the reason why it is not opened."""

    name: str
    path: Path
    reason: Reason | None = None


def given(paths: list[Path]) -> Iterator[Given]:
    """Yield the files under ``paths``, in the order given and inside folders in the order of their names.

    `Problem` when a path does not exist. A link that was named itself is followed: the user chose it.
    """
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a folder above may not be entered
            raise Problem(
                ja="ファイルが見つかりません。名前と場所を確かめてください。",
                en="no such file; check its name and folder",
                file=str(path),
            )
    seen = set()
    for path, name in zip(paths, _names(paths), strict=True):
        for found in _folder(path, name, path.resolve()) if path.is_dir() else [_file(path, name)]:
            real = os.path.realpath(found.path)
            if real not in seen:  # named twice, read once
                seen.add(real)
                yield found


def _names(paths: list[Path]) -> list[str]:
    """Return the last piece of each path, or as many as tell it from the others."""
    parts = [path.absolute().parts for path in paths]
    names = [len(part) and 1 for part in parts]
    shown = ["/".join(part[-1:]) for part in parts]
    for length in range(2, max((len(part) for part in parts), default=0) + 1):
        counts = Counter(shown)
        if max(counts.values(), default=0) < 2:
            break
        names = [length if counts[name] > 1 else kept for name, kept in zip(shown, names, strict=True)]
        shown = ["/".join(part[-kept:]) for part, kept in zip(parts, names, strict=True)]
    return [clean(name) for name in shown]


def _folder(folder: Path, name: str, top: Path) -> Iterator[Given]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Given(name, folder, reasons.system(error.strerror))
        return
    for entry in entries:
        path, shown = Path(entry.path), f"{name}/{clean(entry.name)}"
        if entry.is_symlink():
            # A link to something inside the folder is read under its own name; anything else was not given to us.
            if not _inside(path, top):
                yield Given(shown, path, reasons.LINK_OUT)
        elif entry.is_dir():
            yield from _folder(path, shown, top)
        else:
            yield _file(path, shown)


def _inside(link: Path, top: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(top)
    except (OSError, RuntimeError):
        return False


def _file(path: Path, name: str) -> Given:
    """Return an ordinary file, or why it is none (a pipe is never opened: it would wait for ever)."""
    try:
        ordinary = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return Given(name, path, reasons.system(error.strerror))
    return Given(name, path, None if ordinary else reasons.SPECIAL)
