"""What several statements say: items with their tier, days, how many people, windows, and the facts of an incident."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, Strict, model_validator

from madoguchi.exchange.fields import Day, Key, Line, Model

Cause = Literal[
    "unauthorised_access",
    "vulnerability",
    "password_list",
    "phishing",
    "ransomware",
    "skimming",
    "misdelivery",
    "misconfiguration",
    "loss",
    "theft",
    "wrong_disposal",
    "insider",
    "vendor",
    "other",
]
_WAYS = {
    "form": r"https?://[^\s<>\"]+",
    "email": r"[^\s@<>]+@[^\s@<>]+",
    "phone": r"\+?[0-9][0-9 ()-]{2,30}",
    "post": r".+",
}


class ItemTier(Model):
    """An item (key of the catalogue): *proved* was seen in the leaked material, *possible* was within reach."""

    key: Key
    tier: Literal["proved", "possible"]


class Dates(Model):
    """Days that are known, in Japan: when it happened, from and to (both included), and when it was first known."""

    occurred_from: Day | None = None
    occurred_to: Day | None = None
    known_on: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.occurred_from and self.occurred_to and self.occurred_to < self.occurred_from:
            raise ValueError("it ends before it begins")
        return self


class Persons(Model):
    """How many people, and what the number means."""

    value: Annotated[int, Strict(), Field(ge=0, le=10_000_000_000)]
    qualifier: Literal["exact", "max", "about", "total"]


class Window(Model):
    """Where to ask. ``value`` is a web address, a mail address, a phone number or a postal address, by ``channel``."""

    channel: Literal["form", "email", "phone", "post"]
    value: Line
    name: Line | None = None
    hours: Line | None = None
    purpose: Annotated[Literal["leak", "privacy", "disclosure", "general"] | None, Field(alias="for")] = None

    @model_validator(mode="after")
    def _fits_its_channel(self) -> Self:
        # A page makes a link of it: nothing but what the channel says may stand there.
        if not re.fullmatch(_WAYS[self.channel], self.value):
            raise ValueError("not a value of its channel")
        return self


Windows = Annotated[tuple[Window, ...], Field(max_length=20)]


class IncidentFacts(Model):
    """The facts of an incident that a notice and an announcement both state; what is missing is not known or not said."""

    items: Annotated[tuple[ItemTier, ...], Field(max_length=200)] = ()
    not_leaked: Annotated[tuple[Key, ...], Field(max_length=200)] = ()
    dates: Dates = Dates()
    cause: Cause | None = None
    secondary_harm: Literal["none_seen", "seen", "possible", "unknown"] = "unknown"
    windows: Windows = ()

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        keys = [item.key for item in self.items]
        if len(set(keys)) != len(keys):
            raise ValueError("an item stands twice")
        if set(keys) & set(self.not_leaked):
            raise ValueError("an item both leaked and did not leak")
        return self
