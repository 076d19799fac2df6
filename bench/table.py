"""`make bench`: run every measurement in a process of its own and print one table of ratios."""

import json
import platform
import subprocess
import sys
from pathlib import Path

from common import Row

HERE = Path(__file__).parent
MEASUREMENTS = (
    "duties.py",
    "record_append.py",
    "pdf.py",
    "outbox.py",
    "oracle.py",
    "check.py",
    "reading_announcements.py",
)


def main() -> int:
    """Print the table; 1 when a measurement did not run."""
    print(f"Python {platform.python_version()}, {platform.machine()}; medians of interleaved rounds\n")
    print(f"{'what':44} {'ours':>12} {'peer or limit':>14} {'unit':10} {'ratio':>7}  against")
    failed = 0
    for name in MEASUREMENTS:
        done = subprocess.run([sys.executable, str(HERE / name)], capture_output=True, text=True, check=False)
        if done.returncode:
            failed += 1
            print(f"{name}: did not run\n{done.stderr[-1500:]}")
            continue
        for line in done.stdout.splitlines():
            row = Row(**json.loads(line))
            print(
                f"{row.claim:44} {row.ours:>12,.2f} {row.peer:>14,.2f} {row.unit:10} {row.ratio:>7.2f}  {row.against}"
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
