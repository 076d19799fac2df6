"""Signing and checking a compact JWS (RFC 7515) with Ed25519 (RFC 8037, ``alg`` EdDSA), and nothing else.

Strict beyond the RFC where that costs no honest sender anything: three header members and no more, so that no key, no
address of a key and no ``crit`` comes out of a message; each part in its one base64url writing, so that one statement
is one text.
"""

import copy
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from madoguchi.exchange import strictjson
from madoguchi.exchange.refusal import NotAccepted
from madoguchi.record import base64url, keys

ALGORITHM = "EdDSA"
TYP = "madoguchi+jws"
MOST_BYTES = 2**20


def _quiet() -> Any:
    # RFC 9864 renamed EdDSA to Ed25519 and joserfc warns of the old word; the contract has it, and only Ed25519 keys
    # can reach this algorithm here.
    algorithm = copy.copy(jws.JWSRegistry.algorithms[ALGORITHM])
    algorithm.security_warning = None
    return algorithm


class _Registry(jws.JWSRegistry):
    """The one algorithm, the three header members, and our own limit on the size."""

    algorithms = {ALGORITHM: _quiet()}  # noqa: RUF012 - as the base class declares it
    default_header_registry = {  # noqa: RUF012
        name: jws.JWSRegistry.default_header_registry[name] for name in ("alg", "kid", "typ")
    }
    max_payload_length = 2**24  # the caller's limit was held before


_REGISTRY = _Registry(algorithms=[ALGORITHM])


@dataclass(frozen=True, slots=True)
class Unverified:
    """The parts of a compact JWS whose signature was not looked at: nothing in it may be believed yet."""

    text: str
    kid: str
    payload: dict[str, Any]

    def verify(self, key: keys.Key) -> None:
        """Raise `NotAccepted` (``signature``) unless ``key`` signed exactly this text."""
        public = OKPKey.import_key({"kty": key.kty, "crv": key.crv, "x": key.x})
        try:
            jws.deserialize_compact(self.text, public, registry=_REGISTRY)
        except (JoseError, ValueError):
            raise NotAccepted("signature") from None


def sign(payload: bytes, private: Ed25519PrivateKey) -> str:
    """Return the compact JWS over ``payload``."""
    header = {"alg": ALGORITHM, "kid": keys.public(private).kid, "typ": TYP}
    return jws.serialize_compact(header, payload, OKPKey.import_key(private), registry=_REGISTRY)


def take_apart(text: str, *, most_bytes: int = MOST_BYTES) -> Unverified:
    """Return the parts of a compact JWS of at most ``most_bytes``; `NotAccepted` for anything that is not exactly one."""
    text = text.strip()
    if len(text) > most_bytes:
        raise NotAccepted("too_large", most=most_bytes)
    parts = text.split(".")
    if len(parts) != 3:
        raise NotAccepted("not_a_statement")
    try:
        header, payload, signature = (base64url.decode(part) for part in parts)
        head = strictjson.parse(header)
    except ValueError:
        raise NotAccepted("not_a_statement") from None
    _check_header(head)
    if len(signature) != 64:
        raise NotAccepted("signature")
    try:
        said = strictjson.parse(payload)
    except ValueError:
        raise NotAccepted("not_a_statement") from None
    if not isinstance(said, dict):
        raise NotAccepted("not_a_statement")
    return Unverified(text, head["kid"], said)


def _check_header(head: Any) -> None:
    if not isinstance(head, dict):
        raise NotAccepted("not_a_statement")
    if head.get("alg") != ALGORITHM:
        raise NotAccepted("algorithm")
    if set(head) != {"alg", "kid", "typ"} or head["typ"] != TYP or not isinstance(head["kid"], str):
        raise NotAccepted("header")
