"""The plain-Python scan in MB a second on the sample's dump, against decoding the file and finding mail addresses only."""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from common import Row, paired, tell
from madoguchi import scope
from madoguchi.app.demo.sample import make

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def main() -> None:
    """Measure the whole scan (people read, dump parsed in its own process, judged), as `madoguchi scope` runs it."""
    with tempfile.TemporaryDirectory(prefix="madoguchi-bench-") as folder:
        sample = make(Path(folder), now=datetime(2026, 11, 21, tzinfo=UTC))
        size = sample.dump.stat().st_size

        def ours() -> int:
            scope.scan([sample.dump], sample.people)
            return size

        def mails_only() -> int:
            MAIL.findall(sample.dump.read_bytes().decode("cp932"))
            return size

        ours_rate, peer_rate = paired(ours, mails_only, rounds=3)
        tell(
            Row(
                "scope: plain-Python oracle, SQL dump",
                ours_rate / 1e6,
                peer_rate / 1e6,
                "MB/s",
                "decode and re for mail alone",
            )
        )


if __name__ == "__main__":
    main()
