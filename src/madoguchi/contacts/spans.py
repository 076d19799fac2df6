"""Whether a piece of a text lies in one of many others, quickly."""

import bisect
from collections.abc import Iterable


class Spans:
    """A set of pieces ``[start, end)`` of a text; those that touch are one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Merge the pieces."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Return whether something of ``[start, end)`` lies in one of them."""
        if start >= end:
            return False
        at = bisect.bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start
