"""A letter as a tagged A4 PDF with its typeface inside, made by Typst from data that is never read as markup."""

import datetime as dt
import functools
import json
import re
import threading
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import typst

from madoguchi.letters.letter import Letter
from madoguchi.letters.render import typeface
from madoguchi.letters.wording import Wording

# Written as, not validated as: PDF/A-2a to be kept, PDF/UA-1 to be read aloud.
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
# Runs in which Typst finds no place to end a line: everything but kana and ideographs, and small kana alone.
_LONG_WORD = re.compile(
    r"[^\s\u3041-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{31,}|[ぁぃぅぇぉっゃゅょァィゥェォッャュョ]{31,}"
)
_LOCK = threading.Lock()


def pdf(letter: Letter) -> bytes:
    """Return the letter as a PDF; the same letter is the same bytes (its only time is the letter's own date, UTC)."""
    # One compiler serves the process: it holds the font, and is not made to be used by two threads at once.
    with _LOCK:
        return _compile(_compiler(), letter)


def pdfs(letters: Iterable[Letter]) -> Iterator[bytes]:
    """Yield each letter as a PDF, one at a time, in order: a batch of any length in constant memory."""
    for letter in letters:
        yield pdf(letter)


@functools.cache
def _compiler() -> typst.Compiler:
    templates = str(files("madoguchi.letters").joinpath("templates"))
    return typst.Compiler(
        input=f"{templates}/letter.typ", root=templates, font_paths=[str(typeface.folder())], ignore_system_fonts=True
    )


def _compile(compiler: typst.Compiler, letter: Letter) -> bytes:
    made = compiler.compile(
        format="pdf",
        sys_inputs={"letter": json.dumps(_data(letter), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=dt.datetime.combine(letter.date, dt.time(), dt.UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"one PDF was expected, not {type(made).__name__}")
    return made


def _data(letter: Letter) -> dict[str, Any]:
    """Return what the template draws: every text in the typeface's characters, with a note on those that it lacks."""
    wording = Wording("common", letter.lang)
    missing: set[str] = set()
    data: dict[str, Any] = _drawn(letter.model_dump(mode="json"), missing)
    if missing:
        codes = wording.join([f"U+{ord(char):04X}" for char in sorted(missing)])
        data["blocks"].append({"kind": "note", "text": wording.say("missing_glyph", codes=codes)})
    data["page"] = wording.say("page", page="{page}", pages="{pages}")
    data["language_tag"] = letter.language_tag
    return data


def _drawn(value: Any, missing: set[str]) -> Any:
    if isinstance(value, str):
        drawn, lacking = typeface.drawable(value)
        missing |= lacking
        return _LONG_WORD.sub(_breakable, drawn)
    if isinstance(value, list):
        return [_drawn(inner, missing) for inner in value]
    if isinstance(value, dict):
        return {key: _drawn(inner, missing) for key, inner in value.items()}
    return value


def _breakable(word: re.Match[str]) -> str:
    """A word longer than the line would run off the page; a zero-width space is a place to end it."""
    return "\u200b".join(word[0][at : at + 10] for at in range(0, len(word[0]), 10))
