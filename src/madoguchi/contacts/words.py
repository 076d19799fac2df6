"""The words by which windows are found: ``words/*.yaml``, each list compiled to one pattern."""

import datetime as dt
import functools
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from madoguchi.text import datafile


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


_Pattern = Annotated[str, AfterValidator(_compiles)]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(_Words):
    """One kind of page: what its headings and its address say, and what its headings do not say."""

    kind: str
    heading: tuple[_Pattern, ...]
    not_heading: tuple[_Pattern, ...] = ()
    path: tuple[_Pattern, ...] = ()


class Pages(_Words):
    """``pages.yaml``."""

    as_of: dt.date
    kinds: tuple[Kind, ...]
    never: tuple[_Pattern, ...]
    commerce_law_text: tuple[_Pattern, ...]


class Desks(_Words):
    """``desks.yaml``."""

    as_of: dt.date
    name: tuple[_Pattern, ...]
    name_label: _Pattern
    not_name: _Pattern
    hours_label: _Pattern
    purposes: dict[str, _Pattern]
    desk_words: _Pattern
    form: _Pattern
    ask: _Pattern
    not_for_us: _Pattern
    not_to_ask: _Pattern
    not_for_us_mailbox: _Pattern
    example: _Pattern
    not_a_name_line: _Pattern


class Body(_Words):
    """Somebody else whose windows stand on a company's pages."""

    whose: str
    words: tuple[_Pattern, ...]


class Others(_Words):
    """``others.yaml``."""

    as_of: dt.date
    bodies: tuple[Body, ...]
    sections: _Pattern
    relation: _Pattern
    ours: _Pattern
    legal_name: tuple[_Pattern, ...]
    legal_form: tuple[_Pattern, ...]


class Void(_Words):
    """``void.yaml``."""

    as_of: dt.date
    no_phone: _Pattern
    as_an_example: _Pattern
    old: _Pattern
    closed: _Pattern
    of_the_desk: _Pattern
    impostor_heading: _Pattern
    impostor_leads: _Pattern
    ask_us: _Pattern


def _path(name: str) -> Traversable:
    return files("madoguchi.contacts").joinpath("words", name)


@functools.cache
def pages() -> Pages:
    """Return the words for kinds of pages."""
    return datafile.load(Pages, _path("pages.yaml"))


@functools.cache
def desks() -> Desks:
    """Return the words for desks."""
    return datafile.load(Desks, _path("desks.yaml"))


@functools.cache
def others() -> Others:
    """Return the words for other bodies."""
    return datafile.load(Others, _path("others.yaml"))


@functools.cache
def void() -> Void:
    """Return the words for what looks like a window and is none."""
    return datafile.load(Void, _path("void.yaml"))


@functools.cache
def pattern(*alternatives: str) -> re.Pattern[str]:
    """Return one pattern of several, small and capital letters alike."""
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)
