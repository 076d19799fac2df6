"""What a company publishes at ``https://<official domain>/.well-known/madoguchi.json``: keys, windows, announcements.

The document is a JWK set (RFC 7517) with more members. Fetched over HTTPS from a domain that the asker fixed
beforehand, it proves that this domain showed these keys at that moment, and nothing else.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from madoguchi.exchange import strictjson
from madoguchi.exchange.fields import Domain, Instant, Version
from madoguchi.exchange.parts import Windows
from madoguchi.exchange.refusal import NotAccepted, place
from madoguchi.problem import Problem
from madoguchi.record import canonical
from madoguchi.record.keys import Key, KeySet, Revoked, Trusted

PATH = "/.well-known/madoguchi.json"
MOST_BYTES = 8 * 2**20
"""Windows and up to a hundred announcements; a fetcher may stop here."""

_Jws = Annotated[str, Field(max_length=2**20, pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")]


def _ours(value: Any) -> Any:
    """Keep the Ed25519 keys: others are passed over, as RFC 7517 asks. A private half is refused, whoever put it there."""
    if not isinstance(value, list | tuple):
        return value
    for each in value:
        if isinstance(each, dict) and "d" in each:
            raise ValueError("a private key is published")
    return [
        each for each in value if not isinstance(each, dict) or (each.get("kty"), each.get("crv")) == ("OKP", "Ed25519")
    ]


def _required(schema: dict[str, Any]) -> None:
    schema["required"] = ["version", *schema["required"]]


class WellKnown(BaseModel):
    """The document of one domain. Unknown members are passed over, so that it may grow.

    ``keys`` are all that the company ever signed with: one out of use keeps its ``exp`` or ``revoked``.
    ``announcements`` are compact JWS, to be opened like any other; ``windows`` where to ask.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra=_required)

    version: Version = 1
    domain: Domain
    keys: Annotated[tuple[Key, ...], Field(max_length=100), BeforeValidator(_ours)]
    windows: Windows = ()
    announcements: Annotated[tuple[_Jws, ...], Field(max_length=100)] = ()
    updated: Instant

    @property
    def keyset(self) -> KeySet:
        """Return the keys by id; the id is counted anew and never taken from the document."""
        return {key.kid: key for key in self.keys}


def write(document: WellKnown) -> bytes:
    """Return the document in its one writing, keys sorted by id and each with its ``kid``."""
    value = document.model_dump(mode="json", by_alias=True, exclude_none=True)
    return canonical.encode({**value, "keys": [key.jwk() for _, key in sorted(document.keyset.items())]})


def read(data: bytes, domain: str) -> WellKnown:
    """Return the document that was fetched from ``domain``; `Problem` when it is none, or names another domain."""
    if len(data) > MOST_BYTES:
        raise NotAccepted("too_large", file=domain, most=MOST_BYTES)
    try:
        value = strictjson.parse(data)
    except ValueError:
        raise _unreadable(domain, None) from None
    if isinstance(value, dict) and type(value.get("version")) is int and value["version"] != 1:
        raise NotAccepted("version", file=domain, version=1)
    if not isinstance(value, dict) or "version" not in value:
        raise _unreadable(domain, "version")
    try:
        document = WellKnown.model_validate(value)
    except ValidationError as error:
        raise _unreadable(domain, place(error)) from None
    if document.domain != domain.strip().rstrip(".").lower():
        raise Problem(
            ja="この公開文書は、別のドメインのものです。ここに置かれた鍵や窓口は使わず、公式の窓口に確かめてください。",
            en="this document is of another domain; do not use its keys or windows, ask the official window",
            file=domain,
            place="domain",
        )
    return document


def trusted(documents: Iterable[WellKnown]) -> Trusted:
    """Return the keys by domain of documents that were each read under the domain they were fetched from.

    Of several of one domain the newest says how a key stands now; a key that a newer one leaves out stays known, and a
    revocation, once published, is never taken back.
    """
    found: Trusted = {}
    for document in sorted(documents, key=lambda each: each.updated):
        known = found.setdefault(document.domain, {})
        for kid, key in document.keyset.items():
            before = known[kid].revoked if kid in known else None
            known[kid] = key.model_copy(update={"revoked": _worse(before, key.revoked)})
    return found


def rotated(listed: Iterable[Key], new: Key, *, until: datetime) -> tuple[Key, ...]:
    """Return the keys with ``new`` among them and each key before it ending at ``until`` (or earlier, where it does).

    ``new`` should count from before ``until``, so that readers who fetched the list in between know either key.
    """
    end = int(until.timestamp())
    older = [key for key in listed if key.kid != new.kid]
    return (*(key.model_copy(update={"exp": end if key.exp is None else min(key.exp, end)}) for key in older), new)


def revoked(
    listed: Iterable[Key],
    kid: str,
    *,
    at: datetime,
    reason: Literal["compromised", "superseded", "unspecified"],
) -> tuple[Key, ...]:
    """Return the keys with ``kid`` revoked ``at``; it stays listed. `Problem` where it is not among them.

    What a key signed before counts on only when it was *superseded*.
    """
    found = tuple(listed)
    if kid not in {key.kid for key in found}:
        raise Problem(
            ja=f"鍵 {kid[:43]} は一覧にありません。一覧の kid を指定してください。",
            en=f"the key {kid[:43]} is not listed; name a kid of the list",
        )
    end = Revoked(revoked_at=int(at.timestamp()), reason=reason)
    return tuple(
        key.model_copy(update={"revoked": _worse(key.revoked, end)}) if key.kid == kid else key for key in found
    )


def _worse(one: Revoked | None, other: Revoked | None) -> Revoked | None:
    if one is None or other is None:
        return one or other
    if (one.reason == "superseded") != (other.reason == "superseded"):
        return other if one.reason == "superseded" else one
    return min(one, other, key=lambda each: each.revoked_at)


def _unreadable(domain: str, where: str | None) -> Problem:
    return Problem(
        ja="窓口（Madoguchi）の公開文書として読めません。書かれた鍵は使わず、公式の窓口に確かめてください。",
        en="not readable as the published document of Madoguchi; its keys are not used, ask the official window",
        easy="会社（かいしゃ）の 公開（こうかい）した 文書（ぶんしょ）が 読（よ）めません。公式（こうしき）の 窓口（まどぐち）に 聞（き）いてください。",
        file=domain,
        place=where,
    )
