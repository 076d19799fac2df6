"""A company's home in a folder that goes with the measurement."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from madoguchi.app import home as homes


@contextmanager
def started(port: int = 25) -> Iterator[Path]:
    """Start the application on a new home and yield its folder."""
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-bench-"))
    try:
        from madoguchi.app.setup import start

        mail = homes.MailServer(host="127.0.0.1", port=port, sender="privacy@mihon-zakka.example")
        start(homes.create(folder / "home", "company", mail=mail))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
