"""One line of the record: when, what kind, by whom, and a commitment to what exactly; never the content itself."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madoguchi.record import canonical, instants, tree

SALT_BYTES = 32
DOMAIN = b"madoguchi/record/payload/1\n"
# The form only: which kinds there are is declared by the services that write them, one each.
KIND = re.compile(r"[a-z][a-z0-9_]{0,39}(?::[a-z][a-z0-9_]{0,39}){2}")
# No space, no @, nothing but ASCII: a name or an address cannot slip into a line that is never deleted.
ACTOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Entry ``index`` (from 0) of a log: ``time`` in UTC, ``kind`` `source:subject:action`, ``actor`` an opaque id.

    ``commitment`` is `commit` of the payload, which is kept and disclosed apart, so that it can be destroyed and the
    log still verifies.
    """

    index: int
    time: datetime
    kind: str
    actor: str
    commitment: bytes

    def __post_init__(self) -> None:
        """Refuse what must not stand in a log."""
        if type(self.index) is not int or self.index < 0:
            raise ValueError("an index is a whole number from 0")
        if not KIND.fullmatch(self.kind):
            raise ValueError(f"kind {self.kind!r} is not written source:subject:action")
        if not ACTOR.fullmatch(self.actor):
            raise ValueError("an actor is an opaque id of ASCII letters, digits and : . _ -")
        if len(self.commitment) != tree.HASH_BYTES:
            raise ValueError("a commitment has 32 bytes")

    def line(self) -> bytes:
        """Return the canonical line (without its line end); this is the leaf of the tree."""
        return canonical.encode(
            {
                "index": self.index,
                "time": instants.write(self.time),
                "kind": self.kind,
                "actor": self.actor,
                "commitment": self.commitment.hex(),
            }
        )

    def leaf(self) -> bytes:
        """Return the leaf hash of this entry."""
        return tree.leaf_hash(self.line())

    @classmethod
    def read(cls, line: bytes) -> "Entry":
        """Return the entry of a canonical line; `ValueError` for any other line."""
        try:
            value = canonical.parse(line)
            entry = cls(
                index=value["index"],
                time=instants.read(value["time"]),
                kind=value["kind"],
                actor=value["actor"],
                commitment=bytes.fromhex(value["commitment"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not an entry: {error}") from None
        if entry.line() != line:
            raise ValueError("not an entry in its one writing")
        return entry


def commit(payload: Mapping[str, Any], salt: bytes) -> bytes:
    """Return SHA-256(domain, salt, canonical payload): binds to the payload, and tells nothing of it without the salt."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hashlib.sha256(DOMAIN + salt + canonical.encode(dict(payload))).digest()


def batch(commitments: list[bytes]) -> dict[str, Any]:
    """Return what a batch entry's payload says under ``parts``: how many, and the root over their commitments."""
    return {"count": len(commitments), "root": tree.root([tree.leaf_hash(each) for each in commitments]).hex()}


def batch_proof(commitments: list[bytes], part: int) -> tuple[bytes, ...]:
    """Return the proof that part number ``part`` (from 0) belongs to `batch` of these commitments."""
    return tuple(tree.inclusion_proof([tree.leaf_hash(each) for each in commitments], part))


def in_batch(parts: Mapping[str, Any], part: int, commitment: bytes, proof: tuple[bytes, ...]) -> bool:
    """Tell whether ``commitment`` is part number ``part`` of the batch that said ``parts``."""
    return tree.verify_inclusion(
        tree.leaf_hash(commitment), part, int(parts["count"]), proof, bytes.fromhex(parts["root"])
    )
