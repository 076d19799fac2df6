"""A privacy policy's sentences with the matter of which each speaks: by its own words, else by the heading over it."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from madoguchi import catalogue
from madoguchi.reading.sentences import Sentence
from madoguchi.text import datafile


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: dict[str, list[str]]
    english_items: dict[str, str]


_FILE = datafile.load(_Words, files("madoguchi.reading") / "words" / "policy.yaml")
WORDS = {name: re.compile("|".join(group), re.IGNORECASE) for name, group in _FILE.words.items()}
"""The patterns of `words/policy.yaml` by their names."""
ENGLISH_ITEMS = {key: re.compile(word, re.IGNORECASE) for key, word in _FILE.english_items.items()}
"""By which English words an item of the catalogue is named."""
catalogue.check_keys(list(ENGLISH_ITEMS), file="policy.yaml")

_SECTIONS = (
    "certified_body",
    "fees",
    "both",
    "safety_measures",
    "third_parties",
    "request_procedure",
    "complaint_desk",
    "items",
    "purposes",
    "name_address_representative",
    "other",
)
_SPEAKS = ("certified_body", "fees", "items", "complaint_desk", "request_procedure", "safety_measures", "purposes")
_LONGEST_HEADING = 40
_LONGEST_UNMARKED = 24
_NEAR = 3
"""Lines below the name of a certified body in which its own desk stands."""


class Placed(NamedTuple):
    """A sentence and the matter it stands under (``""`` for none; ``both``: items with purposes).

    ``heading`` are the words of that heading.
    """

    sentence: Sentence
    section: str
    heading: str


def placed(sentences: Sequence[Sentence]) -> Iterator[Placed]:
    """Yield every sentence that is no heading with its section."""
    section = heading = ""
    body = -_NEAR  # the line that last named a certified body: its desk is not the company's
    for index, sentence in enumerate(sentences):
        text = sentence.text
        if _is_heading(sentence, sentences[index + 1 : index + 2]):
            if found := _matter(text, "heading"):
                section, heading = found, text
                body = sentence.line if found == "certified_body" else body
            continue
        found = _matter(sentence.label, "heading") if sentence.label else ""
        if found and (found != "complaint_desk" or sentence.line - body >= _NEAR):
            section, heading = found, sentence.label
        spoken = next((name for name in _SPEAKS if WORDS[f"speaks_{name}"].search(text)), "")
        if spoken == "certified_body":
            body = sentence.line
        if section == "both" and spoken in {"items", "purposes"}:
            spoken = section
        if spoken and WORDS["lead"].search(text):
            section, heading = spoken, text
        theirs = sentence.line - body < _NEAR and not WORDS["representative"].search(text)
        yield Placed(sentence, "certified_body" if theirs else spoken or _left(section), heading)


def _left(section: str) -> str:
    return "" if section == "certified_body" else section


def _matter(text: str, kind: str) -> str:
    return next((name for name in _SECTIONS if WORDS[f"{kind}_{name}"].search(text)), "")


def _is_heading(sentence: Sentence, after: Sequence[Sentence]) -> bool:
    """Return whether a short line without a full stop names what follows."""
    text = sentence.text
    if sentence.kind == "heading":
        listed = "、" in text and bool(sentence.under)  # 法律事務の受任、ご連絡
        return not listed and not WORDS["contact"].search(text)
    if len(text) > _LONGEST_HEADING or not after or after[0].line == sentence.line:
        return False
    if sentence.label or any(
        WORDS[name].search(text) for name in ("no_heading", "contact", "representative", "address")
    ):
        return False
    if WORDS["numbered_heading"].match(text):
        return True
    short = len(text) <= _LONGEST_UNMARKED or text.isascii()
    listed = text.startswith(("・", "-", "*", "•", "○"))
    return short and not listed and not set("。、.;,:") & set(text) and bool(_matter(text, "heading"))
