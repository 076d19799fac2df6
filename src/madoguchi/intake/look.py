"""One look at a file while it streams by: its size, its hash, its kind and its encoding."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from madoguchi.intake import decode as codec
from madoguchi.intake import kind as kinds
from madoguchi.intake import reasons
from madoguchi.intake.encoding import Sampler
from madoguchi.intake.reasons import Reason


class Judged(NamedTuple):
    """The kind and encoding of a file, or the reason why it cannot be read."""

    kind: str
    encoding: str | None = None
    reason: Reason | None = None


class Look:
    """Feed it all the bytes of a file in chunks of about 1 MiB, then ask."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._sampler = Sampler()
        self._hash = hashlib.sha256()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._sampler.feed(chunk)
        self._hash.update(chunk)

    @property
    def size(self) -> int:
        """Bytes fed."""
        return self._sampler.size

    @property
    def sha256(self) -> str:
        """Return the hash in lower-case hexadecimal."""
        return self._hash.hexdigest()

    def judge(self, path: Path, name: str) -> Judged:
        """Return what the file at ``path`` is, all of which was fed; ``name`` only settles what content leaves open."""
        head = self._sampler.head
        kind = kinds.of_bytes(head, path)
        if kind in kinds.CLOSED:
            return Judged(kind, reason=reasons.closed(kind))
        if kind is not None:
            return Judged(kind)
        found = self._sampler.found()
        if found.encoding is None:
            return Judged("unknown", reason=(found.ja, found.en) if found.broken else None)
        text = codec.decode_escaped(head, found.encoding).lstrip("\ufeff")
        if not text:
            return Judged("empty", reason=reasons.EMPTY)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return Judged(kinds.of_text(text, complete=self.size <= len(head), name=name), found.encoding)
