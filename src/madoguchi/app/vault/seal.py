"""Sealed fields (AES-256-GCM) and their blind indexes.

A sealed field is bytes in the row:  version (1) | key id (8) | nonce (12) | ciphertext and tag. The place it
belongs to, ``table:pk:field``, is bound into the tag, so that a value copied to another row or field does not open.
One data key per incident, named ``incident:<id>``: destroying it makes every copy of every field unreadable at once.
"""

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madoguchi.app import vault
from madoguchi.catalogue import items
from madoguchi.problem import Problem

VERSION = 1
HEADER_SIZE, NONCE_SIZE, TAG_SIZE = 9, 12, 16
INDEX_SIZE = 16


class SealBroken(Problem):
    """A sealed field does not open: its bytes were altered, or moved from another row or field."""

    def __init__(self) -> None:
        """Say so without a word of the content."""
        super().__init__(
            ja="封をした情報が書き換えられたか、別の場所から写されています。バックアップと比べてください。",
            en="this sealed field was altered, or moved here from another row; compare it with the backup",
        )


def place(table: str, pk: UUID | int | str, field: str) -> str:
    """Return where a field lives, ``table:pk:field``; the pk must be fixed before the row is sealed (a UUID is)."""
    if pk is None or pk == "":
        raise ValueError("seal after the row has its key: the place is part of the seal")
    return f"{table}:{pk}:{field}"


def seal(key_name: str, aad: str, plaintext: str | bytes) -> bytes:
    """Return ``plaintext`` sealed with the current key of ``key_name`` for the place ``aad``."""
    key_id, key = vault.store().current(key_name)
    header = bytes([VERSION]) + key_id.to_bytes(8, "big")
    nonce = os.urandom(NONCE_SIZE)
    data = plaintext.encode() if isinstance(plaintext, str) else plaintext
    return header + nonce + AESGCM(key).encrypt(nonce, data, _bound(header, key_name, aad))


def open_(key_name: str, aad: str, sealed: bytes) -> bytes:
    """Return the bytes that were sealed (a str as UTF-8). `SealBroken`, or `KeyDestroyed` when its key is gone."""
    sealed = bytes(sealed)  # PostgreSQL hands out memoryviews
    header, nonce = sealed[:HEADER_SIZE], sealed[HEADER_SIZE : HEADER_SIZE + NONCE_SIZE]
    if len(sealed) < HEADER_SIZE + NONCE_SIZE + TAG_SIZE or header[0] != VERSION:
        raise SealBroken
    try:
        key = vault.store().by_id(int.from_bytes(header[1:], "big", signed=True), key_name)
        return AESGCM(key).decrypt(nonce, sealed[HEADER_SIZE + NONCE_SIZE :], _bound(header, key_name, aad))
    except (InvalidTag, KeyError):
        raise SealBroken from None


def open_text(key_name: str, aad: str, sealed: bytes) -> str:
    """Return the str that was sealed (see `open_`)."""
    return open_(key_name, aad, sealed).decode()


def blind_index(key_name: str, kind: str, value: str) -> bytes:
    """Return 16 bytes that are equal for equal values of ``kind`` and tell nothing without the key (HMAC-SHA-256).

    ``value`` is canonical already (`text.phones.canonical` and its kind). ``key_name`` is a key of its own, used for
    nothing else. An item that the catalogue lets nobody index (My Number, passwords, security codes) is refused.
    """
    item = items().get(kind)
    if item is not None and (item.handling == "presence" or not item.indexed):
        raise ValueError(f"{kind} is never indexed")
    # The length of the kind first: where it ends and the value begins is never in doubt.
    message = b"%d:%b%b" % (len(kind.encode()), kind.encode(), value.encode())
    return hmac.digest(vault.store().key(key_name), message, hashlib.sha256)[:INDEX_SIZE]


def _bound(header: bytes, key_name: str, aad: str) -> bytes:
    return b"\0".join((header, key_name.encode(), aad.encode()))
