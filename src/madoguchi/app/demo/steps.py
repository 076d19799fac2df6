"""The steps of a story: each is named, timed, and told on one line of standard output (JSON) for whoever tells it on."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Told:
    """What a step says when it is done: one sentence in Japanese and one in English."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.ja = self.en = ""

    def say(self, ja: str, en: str) -> None:
        """Keep what to say."""
        self.ja, self.en = ja, en


@contextmanager
def step(name: str) -> Iterator[Told]:
    """Run a step called ``name``; afterwards print what it said and how many seconds it took."""
    told, start = Told(), time.perf_counter()
    yield told
    seconds = round(time.perf_counter() - start, 2)
    sys.stdout.write(
        json.dumps({"step": name, "ja": told.ja, "en": told.en, "seconds": seconds}, ensure_ascii=False) + "\n"
    )
    sys.stdout.flush()
