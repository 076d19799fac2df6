"""The kinds of value a statement is made of, each with its JSON Schema: what is not in one of them is refused."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    WithJsonSchema,
)

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$"
# What a line must not hold: controls, line ends of Unicode, and marks that turn the reading direction.
_LINE = r"^[^\x00-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]+$"
_TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]+$"
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"


class Model(BaseModel):
    """An object of a statement: unknown keys are refused, nothing changes after it was made."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)


def write_instant(instant: datetime) -> str:
    """Return ``2026-11-21T03:00:00Z``, with six digits of a second where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 text in UTC that ends in Z; `ValueError` for any other."""
    if not re.fullmatch(_INSTANT, text):
        raise ValueError("not an instant in UTC that ends in Z")
    return datetime.fromisoformat(text)


def _instant(value: Any) -> datetime:
    instant = read_instant(value) if isinstance(value, str) else value
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        raise ValueError("not an instant with a time zone")
    return instant.astimezone(UTC)


def _day(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(_DAY, value):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("not a day")


def _whole(value: Any) -> Any:
    if type(value) is not int:  # True and 1.0 equal 1 in Python, not in JSON
        raise ValueError("not a whole number")
    return value


def _line_ends(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(write_instant, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": _INSTANT}),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY})]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=_LINE)]
Text = Annotated[str, BeforeValidator(_line_ends), Field(min_length=1, max_length=20_000, pattern=_TEXT)]
Url = Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s\x00-\x20\x7f<>\x22]+$")]
Domain = Annotated[str, Field(max_length=253, pattern=rf"^({_LABEL}\.)+{_LABEL}$")]
Key = Annotated[str, Field(max_length=64, pattern=r"^[a-z][a-z0-9_]*$")]
"""A key of the catalogue or of law's questions: carried as it came, so that an older reader knows newer statements."""
Number = Annotated[int, Strict(), Field(ge=1, le=999)]
Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Reference = Annotated[str, Field(pattern=r"^[0-9A-Z]{5}-[0-9A-Z]{5}$")]
"""The code of one person's notice, as it stands in the letter."""
Version = Annotated[Literal[1], BeforeValidator(_whole)]
Lang = Literal["ja", "en", "ja-easy"]
