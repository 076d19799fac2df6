"""What the facts of every letter share: a blank is a missing field, and what is missing is unknown."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from madoguchi.letters.clean import clean, one_line
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates
from madoguchi.text.language import LocalText

Text = Annotated[str, AfterValidator(clean)]
Line = Annotated[str, AfterValidator(one_line)]
Told = Text | LocalText
"""What the company tells in its own words: one text, or one for each language."""

Secondary = Literal["none_seen", "seen", "possible"]
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
PeopleKind = Literal["customers", "employees", "shareholders", "other"]


class Facts(BaseModel):
    """Facts with their unknowns: an empty text is the same as no text, an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _a_blank_is_a_missing_field(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: inner for key, inner in value.items() if not _blank(inner)}
        return value


class Period(Facts):
    """A day or a span of days, both ends included; an end that is not known is left out. A plain date is one day."""

    start: dt.date | None = None
    end: dt.date | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, value: Any) -> Any:
        if isinstance(value, str | dt.date):
            return {"start": value, "end": value}
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start is None and self.end is None:
            raise ValueError("a period needs a start or an end / 始まりか終わりの日が要ります")
        if self.start and self.end and self.end < self.start:
            raise ValueError("the period ends before it starts / 終わりの日が始まりの日より前です")
        return self

    def say(self, wording: Wording) -> str:
        """Return the period in words, with an unknown end said to be unknown."""
        start, end = (day and dates.say(day, wording.lang) for day in (self.start, self.end))
        if start and end:
            return start if start == end else wording.say("period.between", start=start, end=end)
        return wording.say("period.from", start=start) if start else wording.say("period.until", end=end)


class Desk(Facts):
    """Where people can ask; the name of the desk, and each way to reach it."""

    name: Line | None = None
    phone: Line | None = None
    hours: Told | None = None
    email: Line | None = None
    web: Line | None = None
    address: Line | None = None


def told(text: Told, lang: Lang) -> str:
    """Return what the company tells, in ``lang`` where it gave that language."""
    return text if isinstance(text, str) else clean(text.say(lang))


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not clean(value).strip())
