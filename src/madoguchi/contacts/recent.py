"""Whether an announcement is of the last twelve months: desks opened for a leak are closed again."""

import datetime as dt
import re

from madoguchi.text import dates
from madoguchi.text.fold import fold

_DAY = re.compile(
    r"(?:[0-9]{4}|令和 ?(?:[0-9]{1,2}|元)|R[0-9]{1,2})[年./-] ?[0-9]{1,2}[月./-] ?[0-9]{1,2}日?", re.IGNORECASE
)


def year_before(now: dt.date) -> str:
    """Return the day a year ago, ISO 8601."""
    return (now - dt.timedelta(days=365)).isoformat()


def is_recent(text: str, since: str) -> bool:
    """Return whether the last full date in ``text`` is not before ``since`` (ISO 8601); a text without one is."""
    days = [day.isoformat() for match in _DAY.finditer(fold(text[:200_000])) if (day := dates.parse(match[0]))]
    return not days or max(days) >= since
