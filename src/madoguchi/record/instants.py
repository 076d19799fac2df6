"""Instants in the record: UTC, RFC 3339, always six digits of a second, so that text order is time order."""

from datetime import UTC, datetime


def write(instant: datetime) -> str:
    """Return ``2026-11-21T00:00:00.000000Z``; `ValueError` for a time without a zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """Return the instant of a text in exactly that form; `ValueError` otherwise."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or write(instant) != text:
        raise ValueError("not an instant in its one writing")
    return instant.astimezone(UTC)
