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
    """Run a step called ``name``; print its name when it begins, and what it said and its seconds when it is done."""
    _print({"begins": name})
    told, start = Told(), time.perf_counter()
    yield told
    seconds = round(time.perf_counter() - start, 2)
    _print({"step": name, "ja": told.ja, "en": told.en, "seconds": seconds})


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
