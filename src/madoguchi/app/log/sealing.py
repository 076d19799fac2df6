"""From the one secret of an entry (the key store's salt): its salts and the keys that seal its content.

Nothing that is disclosed gives the secret away or another part's salt; destroying the secret makes the content
unreadable and the commitments empty, also in every backup of the database.
"""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madoguchi.app import vault
from madoguchi.problem import Problem
from madoguchi.record import canonical

NONCE_BYTES = 12
PAYLOAD = "payload"


class Secret:
    """The secret of one entry; `vault.keystore.KeyDestroyed` when it was destroyed."""

    def __init__(self, log, index: int) -> None:
        """Fetch the secret of entry ``index`` of the log with the id ``log``."""
        self._secret = vault.store().salt(log, index)
        self._place = f"{log}:{index}"

    def salt(self, part: int | None = None) -> bytes:
        """Return the salt of the payload, or of part number ``part``."""
        return self._derive("salt" if part is None else f"salt:{part}")

    def seal(self, what: str, data: bytes) -> bytes:
        """Return ``data`` sealed as ``what`` of this entry: nonce, ciphertext, tag (AES-256-GCM)."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self._derive(f"seal:{what}")).encrypt(nonce, data, self._place.encode())

    def open(self, what: str, sealed: bytes) -> bytes:
        """Return what was sealed as ``what``; `Problem` when it was altered."""
        sealed = bytes(sealed)  # PostgreSQL hands out memoryviews
        try:
            key = AESGCM(self._derive(f"seal:{what}"))
            return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._place.encode())
        except (InvalidTag, ValueError):
            raise Problem(
                ja=f"記録の内容（{self._place}）が書き換えられています。バックアップと比べてください。",
                en=f"the content of entry {self._place} was altered; compare it with the backup",
            ) from None

    def seal_payload(self, payload: dict[str, Any], parts: list[dict[str, Any]]) -> bytes:
        """Return a payload and the parts of its batch, sealed."""
        return self.seal(PAYLOAD, canonical.encode({"payload": payload, "parts": parts}))

    def open_payload(self, sealed: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Return the payload and the parts of its batch."""
        told = json.loads(self.open(PAYLOAD, sealed))
        return told["payload"], told["parts"]

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, f"madoguchi/log/1:{purpose}".encode(), hashlib.sha256)
