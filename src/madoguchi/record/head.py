"""A signed head: who vouches that a log had this size and this root at this time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.record import base64url, canonical, instants, keys

DOMAIN = b"madoguchi/record/head/1\n"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of log ``log`` (a UUID as text) after ``size`` entries; ``kid`` is the thumbprint of the signing key."""

    log: str
    size: int
    root: bytes
    time: datetime
    kid: str
    signature: bytes = b""

    def line(self) -> bytes:
        """Return the canonical line (without its line end)."""
        return canonical.encode({**self._said(), "signature": base64url.encode(self.signature)})

    def message(self) -> bytes:
        """Return what is signed; the first line keeps it from being taken for anything else that the key signs."""
        return DOMAIN + canonical.encode(self._said())

    @classmethod
    def read(cls, line: bytes) -> "Head":
        """Return the head of a canonical line; `ValueError` for any other line."""
        try:
            value = canonical.parse(line)
            head = cls(
                log=value["log"],
                size=value["size"],
                root=bytes.fromhex(value["root"]),
                time=instants.read(value["time"]),
                kid=value["kid"],
                signature=base64url.decode(value["signature"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a head: {error}") from None
        if type(head.size) is not int or head.line() != line:
            raise ValueError("not a head in its one writing")
        return head

    def _said(self) -> dict[str, Any]:
        return {
            "log": self.log,
            "size": self.size,
            "root": self.root.hex(),
            "time": instants.write(self.time),
            "kid": self.kid,
        }


def sign(log: str, size: int, root: bytes, time: datetime, key: Ed25519PrivateKey) -> Head:
    """Return the head of ``log`` signed with ``key``."""
    bare = Head(log, size, root, time, keys.public(key).kid)
    return Head(log, size, root, time, bare.kid, key.sign(bare.message()))


def verify(head: Head, key: keys.Key) -> bool:
    """Tell whether ``key`` signed ``head`` and is the one it names."""
    return head.kid == key.kid and key.verifies(head.message(), head.signature)
