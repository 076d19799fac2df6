"""Public Ed25519 keys as JWK (RFC 7517, 8037), with validity and revocation, and those that a reader brings along."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from madoguchi.problem import Problem
from madoguchi.record import base64url, canonical

KeySet = dict[str, "Key"]
Trusted = dict[str, KeySet]
Seconds = Annotated[int, Field(strict=True, ge=0, le=253402300799)]  # to the end of the year 9999


class Revoked(BaseModel):
    """When a key stopped to count, and why (the words of OpenID Federation 1.0, historical keys)."""

    model_config = ConfigDict(frozen=True)

    revoked_at: Seconds
    reason: Literal["compromised", "superseded", "unspecified"] = "unspecified"


class Key(BaseModel):
    """One public key. ``nbf``, ``exp``, ``revoked_at`` are seconds since 1970; it counts from ``nbf`` until before ``exp``."""

    model_config = ConfigDict(frozen=True)

    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    x: str
    nbf: Seconds | None = None
    exp: Seconds | None = None
    revoked: Revoked | None = None

    @field_validator("x")
    @classmethod
    def _is_a_point(cls, x: str) -> str:
        if len(base64url.decode(x)) != 32:
            raise ValueError("x is 32 bytes in base64url")
        return x

    @property
    def kid(self) -> str:
        """Return the key's id: its thumbprint (RFC 7638), so that an id cannot name another key."""
        return thumbprint(self.x)

    def jwk(self) -> dict[str, Any]:
        """Return the JWK, without what is not known."""
        return {**self.model_dump(exclude_none=True), "kid": self.kid}

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether this key made ``signature`` (64 bytes) over ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(base64url.decode(self.x)).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def valid_at(self, instant: datetime) -> bool:
        """Tell whether the key was within its validity and not yet revoked at ``instant``."""
        seconds = instant.timestamp()
        return not (
            (self.nbf is not None and seconds < self.nbf)
            or (self.exp is not None and seconds >= self.exp)
            or (self.revoked is not None and seconds >= self.revoked.revoked_at)
        )

    def trusted_alone(self) -> bool:
        """Tell whether an old signature still counts by itself.

        Whoever holds a stolen key can sign with any date: after a revocation that is no mere replacement, the date
        that stands beside the signature proves nothing.
        """
        return self.revoked is None or self.revoked.reason == "superseded"


def thumbprint(x: str) -> str:
    """Return the JWK thumbprint (RFC 7638, RFC 8037 A.3) of the Ed25519 key with this ``x``."""
    return base64url.encode(hashlib.sha256(canonical.encode({"crv": "Ed25519", "kty": "OKP", "x": x})).digest())


def public(private: Ed25519PrivateKey, *, since: datetime | None = None) -> Key:
    """Return the public half of a key, valid from ``since`` (whole seconds, rounded down)."""
    x = base64url.encode(private.public_key().public_bytes_raw())
    return Key(x=x, nbf=int(since.timestamp()) if since else None)


def write_set(keys: Iterable[Key]) -> bytes:
    """Return a JWK set in its one writing: sorted by key id."""
    return canonical.encode({"keys": [key.jwk() for key in sorted(keys, key=lambda key: key.kid)]})


def read_set(data: bytes) -> KeySet:
    """Return the keys of a set that `write_set` wrote, by id; `ValueError` for anything else."""
    value = canonical.parse(data)
    if not isinstance(value, dict) or not isinstance(value.get("keys"), list):
        raise ValueError("not a JWK set")  # noqa: TRY004 - a stranger's text, not a programmer's mistake
    found = [Key.model_validate(each) for each in value["keys"]]
    if write_set(found) != data or len({key.kid for key in found}) != len(found):
        raise ValueError("not a JWK set of Ed25519 keys in its one writing")
    return {key.kid: key for key in found}


def read_trusted(data: bytes, *, file: str | None = None) -> Trusted:
    """Return the keys by domain of ``{"example.co.jp": {"keys": [JWK, …]}}``; `Problem` when it is written otherwise.

    What a company publishes as ``madoguchi.json`` is taken too, for the domain that it names: whoever gives it as a file
    of keys has fetched it from there. Keys of other kinds and unknown members are passed over, as RFC 7517 asks;
    ``kid`` is counted anew.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise _unreadable(file, None, "JSON として読めません", "not readable as JSON") from None
    if not isinstance(value, dict):
        raise _unreadable(file, None, "鍵の一覧の形ではありません", "not a list of keys by domain")
    if isinstance(value.get("domain"), str) and isinstance(value.get("keys"), list):
        value = {value["domain"]: {"keys": value["keys"]}}
    trusted = {}
    for domain, jwks in value.items():
        if not isinstance(jwks, dict) or not isinstance(jwks.get("keys"), list):
            raise _unreadable(file, domain, "鍵の一覧の形ではありません", "not a JWK set")
        keys = [_trusted_key(jwk, file, f"{domain}.keys[{at}]") for at, jwk in enumerate(jwks["keys"])]
        trusted[domain.strip().rstrip(".").lower()] = {key.kid: key for key in keys if key}
    if not any(trusted.values()):
        raise _unreadable(file, None, "Ed25519 の公開鍵がひとつもありません", "it holds no Ed25519 public key")
    return trusted


def instant(seconds: int) -> datetime:
    """Return the instant of a JWK's number of seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def _trusted_key(jwk: Any, file: str | None, place: str) -> Key | None:
    if not isinstance(jwk, dict):
        raise _unreadable(file, place, "鍵（JWK）の形ではありません", "not a JWK")
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        return None
    try:
        return Key.model_validate(jwk)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _unreadable(file, f"{place}.{where}", "鍵の値が正しくありません", "this is no value of a key") from None


def _unreadable(file: str | None, place: str | None, ja: str, en: str) -> Problem:
    form = '{"example.co.jp": {"keys": [JWK, …]}}'
    return Problem(ja=f"{ja}。{form} の形で書いてください。", en=f"{en}; write it as {form}", file=file, place=place)
