"""What every statement says about itself: its type and version, who issues it, when, until when, and under which id."""

from datetime import timedelta
from typing import Any, Literal, Self

from pydantic import ConfigDict, model_validator

from madoguchi.exchange.fields import Instant, Model, Uuid, Version

VERSION = 1
Type = Literal["notice", "inquiry", "answer", "announcement"]
TYPES: tuple[Type, ...] = ("notice", "inquiry", "answer", "announcement")
LONGEST = timedelta(days=3660)


def _required(schema: dict[str, Any]) -> None:
    # They have defaults for whoever makes a statement, and must stand there for whoever reads one.
    schema["required"] = ["type", "version", *schema["required"]]


class Statement(Model):
    """The payload of a signed statement. Instants are UTC; ``id`` (a UUID) is what a replay is known by."""

    model_config = ConfigDict(json_schema_extra=_required)

    type: Type
    version: Version = 1
    issuer: str
    issued: Instant
    expires: Instant
    id: Uuid
    body: Any

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if not timedelta() < self.expires - self.issued <= LONGEST:
            raise ValueError("it must end after it begins, and within ten years")
        return self
