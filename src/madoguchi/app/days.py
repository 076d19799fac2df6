"""From instants to legal days: the one place where a time zone turns a moment into a date."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def legal_day(instant: datetime) -> date:
    """Return the day of an aware instant in Japan."""
    if instant.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return instant.astimezone(JAPAN).date()
