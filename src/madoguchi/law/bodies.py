"""Whom a person can turn to, and how to reach them: `corpus/bodies.yaml`, the one place of each number and its hours."""

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi.text import datafile, phones
from madoguchi.text.language import LocalText


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(_Strict):
    """Somebody to turn to: by phone, mail or web page, or by ``where`` their number stands.

    ``confirmed``: a source of ours states the way to reach them.
    """

    name: LocalText
    phone: str | None = None
    where: LocalText | None = None
    web: str | None = None
    mail: str | None = None
    hours: LocalText | None = None
    citations: list[str]
    confirmed: bool

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.where or self.web or self.mail):
            raise ValueError("a body needs a phone, a mail, a page or where to find its number")
        return self


class BodiesFile(_Strict):
    """`bodies.yaml`."""

    as_of: dt.date
    bodies: dict[str, Body]


@cache
def load() -> dict[str, Body]:
    """Return every body by its key."""
    return datafile.load(BodiesFile, files("madoguchi.law") / "corpus" / "bodies.yaml").bodies


@cache
def numbers() -> frozenset[str]:
    """Return the confirmed phone numbers of all bodies as E.164: whoever names one sends nobody to a stranger.

    Short numbers (188, #9110, 110) have no such form and stand in no list.
    """
    found = (phones.canonical(body.phone) for body in load().values() if body.phone and body.confirmed)
    return frozenset(number for number in found if number)
