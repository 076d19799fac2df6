"""The seal of a case file: one signature over the size and root of the log and the hash of every member.

Without it the tail of the log could be cut at an older head, or a disclosed document left out, and nobody would see.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.record import base64url, canonical, instants, keys

DOMAIN = b"madoguchi/record/seal/1\n"
FORMAT = "madoguchi-case-file/1"
Buffer = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Seal:
    """What the maker of a case file vouches for. ``members`` are (name, bytes, SHA-256 in hex) of all but the seal."""

    log: str
    size: int
    root: bytes
    time: datetime
    members: tuple[tuple[str, int, str], ...]
    kid: str
    signature: bytes = b""

    def write(self) -> bytes:
        """Return the canonical text."""
        return canonical.encode({**self._said(), "signature": base64url.encode(self.signature)})

    def verifies(self, key: keys.Key) -> bool:
        """Tell whether ``key`` made this seal."""
        return self.kid == key.kid and key.verifies(self._message(), self.signature)

    def signed(self, key: Ed25519PrivateKey) -> "Seal":
        """Return this seal signed with ``key``."""
        bare = replace(self, kid=keys.public(key).kid)
        return replace(bare, signature=key.sign(bare._message()))  # noqa: SLF001 - its own

    @classmethod
    def read(cls, data: bytes) -> "Seal":
        """Return the seal of a canonical text; `ValueError` for any other."""
        try:
            value = canonical.parse(data)
            seal = cls(
                log=value["log"],
                size=value["size"],
                root=bytes.fromhex(value["root"]),
                time=instants.read(value["time"]),
                members=tuple((each["name"], each["size"], each["sha256"]) for each in value["members"]),
                kid=value["kid"],
                signature=base64url.decode(value["signature"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a seal: {error}") from None
        if type(seal.size) is not int or seal.write() != data:
            raise ValueError("not a seal in its one writing")
        return seal

    def _said(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "log": self.log,
            "size": self.size,
            "root": self.root.hex(),
            "time": instants.write(self.time),
            "members": [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in self.members],
            "kid": self.kid,
        }

    def _message(self) -> bytes:
        return DOMAIN + canonical.encode(self._said())


def weigh(members: Iterable[tuple[str, Buffer]]) -> tuple[tuple[str, int, str], ...]:
    """Return name, size and hash of each member, sorted as in the zip."""
    ordered = sorted(members, key=lambda each: each[0].encode())
    return tuple((name, len(data), hashlib.sha256(data).hexdigest()) for name, data in ordered)
