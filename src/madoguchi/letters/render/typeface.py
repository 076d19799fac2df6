"""Which characters the typeface of the PDF can draw, read from the font's own table (OpenType ``cmap``, format 12)."""

import functools
import struct
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from madoguchi.letters.clean import GETA
from madoguchi.problem import Problem

PACKAGE = "noto_cjk_sans_jp_regular"


@functools.cache
def folder() -> Path:
    """Return the folder of the embedded font; `Problem` when the package with it is not installed."""
    try:
        return Path(str(files(PACKAGE)))
    except ModuleNotFoundError:
        raise Problem(
            ja="PDF の書体がありません。noto-cjk-sans-jp-regular を入れてください（pip install で入ります）。",
            en="the typeface for PDFs is missing; install noto-cjk-sans-jp-regular with pip",
        ) from None


@functools.cache
def characters() -> frozenset[int]:
    """Return the code points that the typeface draws."""
    path = next(iter(sorted(folder().glob("*.otf"))))
    with path.open("rb") as font:
        return frozenset(_read_cmap(font))


def drawable(text: str) -> tuple[str, frozenset[str]]:
    """Return ``text`` with 〓 for each character that cannot be drawn, and those characters.

    Variation selectors stay: they choose among the shapes of a kanji and take no place of their own.
    """
    known = characters()
    missing = frozenset(char for char in set(text) if ord(char) not in known and not _shapes(char))
    if not missing:
        return text, missing
    return "".join(GETA if char in missing else char for char in text), missing


def _shapes(char: str) -> bool:
    return char == "\n" or unicodedata.name(char, "").startswith(("VARIATION SELECTOR", "ZERO WIDTH"))


def _read_cmap(font: BinaryIO) -> set[int]:
    tables = struct.unpack(">4xH6x", font.read(12))[0]
    records = [struct.unpack(">4s4xII", font.read(16)) for _ in range(tables)]
    start, length = next((offset, size) for tag, offset, size in records if tag == b"cmap")
    font.seek(start)
    cmap = font.read(length)
    count = struct.unpack_from(">2xH", cmap)[0]
    offsets = (struct.unpack_from(">4xI", cmap, 4 + 8 * number)[0] for number in range(count))
    table = next(offset for offset in offsets if struct.unpack_from(">H", cmap, offset)[0] == 12)
    found: set[int] = set()
    for number in range(struct.unpack_from(">I", cmap, table + 12)[0]):
        first, last = struct.unpack_from(">II", cmap, table + 16 + 12 * number)
        found.update(range(first, last + 1))
    return found
