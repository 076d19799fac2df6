"""What every measurement shares: medians of interleaved rounds, and one row of the table."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

ROUNDS = 5


class Row(NamedTuple):
    """One claim: what was measured, ours and the peer's (or limit's) figure in ``unit``, and the ratio of the two."""

    claim: str
    ours: float
    peer: float
    unit: str
    against: str

    @property
    def ratio(self) -> float:
        """Return ours over the peer's."""
        return self.ours / self.peer


def rate(work: Callable[[], int]) -> float:
    """Run ``work`` once and return how many of what it counts were done a second."""
    start = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - start)


def paired(ours: Callable[[], int], peer: Callable[[], int], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the median rates of two kinds of work, run in turn, so that a slow moment of the machine hits both."""
    ours(), peer()  # warm: caches, connections, compiled templates
    rates = [(rate(ours), rate(peer)) for _ in range(rounds)]
    return statistics.median(a for a, _ in rates), statistics.median(b for _, b in rates)


def tell(*rows: Row) -> None:
    """Print rows as JSON lines for the table."""
    for row in rows:
        sys.stdout.write(json.dumps(row._asdict(), ensure_ascii=False) + "\n")
