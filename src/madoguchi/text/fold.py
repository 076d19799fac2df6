"""One writing for what people write in many: width, dashes, spaces, invisible characters, old forms of characters."""

import re
import unicodedata
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.text import datafile

# Hyphens, dashes, minus signs, and box-drawing lines, which typists reach for when they want a long dash.
DASHES = "-‐‑‒–—―⁃⁻₋−─━╌╍╴╶╸╺﹘﹣－"
_INVISIBLE = (
    *range(0x09),
    *range(0x0E, 0x1C),  # control characters that are no spaces
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,  # soft hyphen
    0x034F,
    0x061C,
    0x180E,
    *range(0x200B, 0x2010),  # zero-width spaces and joiners, directions
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),  # variation selectors: the shape of a character, never another one
    0xFEFF,  # byte order mark
    *range(0xE0100, 0xE01F0),
)
_SEEN_APART = {ord("゛"): "\u3099", ord("゜"): "\u309a"}  # a voicing mark written after its kana belongs to it
_BEFORE = dict.fromkeys(_INVISIBLE) | _SEEN_APART | dict.fromkeys(map(ord, DASHES), "-")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
# In a number the long-vowel mark is a mistyped dash (03ー1234ー5678); in a word it is a letter.
_LONG_VOWEL_IN_NUMBER = re.compile(r"(?<=[0-9)])ー+(?=[0-9(])")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reason: str
    citation: str
    forms: dict[str, str]


class _Forms(BaseModel):
    model_config = ConfigDict(extra="forbid")
    as_of: date
    groups: list[_Group]


@cache
def old_forms() -> dict[str, str]:
    """Return every old or variant form of a character with the form that it is folded to (``fold_forms.yaml``)."""
    forms = datafile.load(_Forms, files("madoguchi.text").joinpath("fold_forms.yaml"))
    return {old: new for group in forms.groups for new, olds in group.forms.items() for old in olds}


@cache
def _after() -> dict[int, str]:
    marks = {"〜": "~", "‘": "'", "’": "'", "ʼ": "'", "‛": "'", "“": '"', "”": '"', "○": "〇", "◯": "〇"}
    return {ord(old): new for old, new in (old_forms() | marks | dict.fromkeys(DASHES, "-")).items()}


def fold(s: str) -> str:
    """Return ``s`` as NFKC with one kind of dash, single spaces, nothing invisible and new forms of characters.

    Case and kana stay as they are. Folding twice is folding once. The result is for comparing and reading; what a
    person wrote is kept beside it (髙橋 stays 髙橋 on her letter).
    """
    if s.isascii():
        return " ".join((_CONTROL.sub("", s) if _CONTROL.search(s) else s).split())
    wide = unicodedata.normalize("NFKC", s.translate(_BEFORE)).translate(_BEFORE)
    wide = unicodedata.normalize("NFC", wide.translate(_after()))
    return _LONG_VOWEL_IN_NUMBER.sub("-", " ".join(wide.split()))


def katakana(s: str) -> str:
    """Return ``s`` with its hiragana as katakana."""
    return s.translate(_TO_KATAKANA)


def key(s: str) -> str:
    """Return ``s`` folded, without spaces, small and capital letters alike, hiragana as katakana: for comparing words."""
    return katakana(fold(s).casefold()).replace(" ", "")
