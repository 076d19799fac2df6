"""What is opened of an entry: its payload with the salt, or one part of a batch with the proof that it belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madoguchi.record import canonical, entry


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The payload of entry ``index``, or of its part number ``part`` (from 0) with its ``proof``."""

    index: int
    salt: bytes
    payload: Mapping[str, Any]
    part: int | None = None
    proof: tuple[bytes, ...] = ()

    @property
    def order(self) -> tuple[int, int]:
        """Return the place among all disclosures: by entry, the payload before its parts."""
        return self.index, -1 if self.part is None else self.part

    def commitment(self) -> bytes:
        """Return what the log must hold for this to be true."""
        return entry.commit(self.payload, self.salt)

    def line(self) -> bytes:
        """Return the canonical line (without its line end)."""
        said = {"index": self.index, "salt": self.salt.hex(), "payload": dict(self.payload)}
        if self.part is not None:
            said |= {"part": self.part, "proof": [step.hex() for step in self.proof]}
        return canonical.encode(said)

    @classmethod
    def read(cls, line: bytes) -> "Disclosure":
        """Return the disclosure of a canonical line; `ValueError` for any other line."""
        try:
            value = canonical.parse(line)
            found = cls(
                index=value["index"],
                salt=bytes.fromhex(value["salt"]),
                payload=value["payload"],
                part=value.get("part"),
                proof=tuple(bytes.fromhex(step) for step in value.get("proof", ())),
            )
            if found.line() != line or not isinstance(found.payload, dict):
                raise ValueError("not a disclosed payload in its one writing")
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a disclosed payload: {error}") from None
        if type(found.index) is not int or (found.part is not None and type(found.part) is not int):
            raise ValueError("index and part are whole numbers")
        return found
