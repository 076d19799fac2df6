"""The electronic signatures of a mail (DKIM), checked by ourselves: RFC 6376, with RFC 8301 and RFC 8463.

What stands in Authentication-Results is not read: whoever wrote the mail may have written that too.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import dkim
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from dkim.util import InvalidTagValueList, parse_tag_value

from madoguchi.problem import Problem

Dns = Callable[[str], list[bytes]]
"""The TXT records of a name, each in one piece; none for a name that does not exist."""
State = Literal[
    "valid",
    "bad",
    "not_asked",
    "unreachable",
    "no_key",
    "weak",
    "partial",
    "expired",
    "testing",
    "uncovered",
    "other_domain",
]
MOST = 10
"""Signatures looked at. Honest mails have one to three; each more would be a look-up."""
_MOST_FIELDS = 2_000
_MOST_SIGNED = 200
_SKEW = 24 * 3600  # a day between two clocks
_KEY_BITS = (1024, 8192)  # RFC 8301 3.2; above it, a check would take seconds
_TAGS = (b"v", b"a", b"b", b"bh", b"d", b"h", b"s")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_SPACE = re.compile(rb"[ \t]+")


@dataclass(frozen=True)
class Signature:
    """One signature: the domain that vouches, and what became of it."""

    domain: str
    selector: str
    state: State


class _Unusable(Exception):  # noqa: N818 - a reason, not an error
    def __init__(self, state: State) -> None:
        self.state = state


def signatures(data: bytes, *, counts: Callable[[str], bool], dns: Dns | None, now: datetime) -> list[Signature]:
    """Return the signatures of a mail, the first ones that stand in it.

    Only for domains of which ``counts`` says so is a key asked of ``dns`` (None: there is nobody to ask): a look-up in
    a stranger's domain would tell them that their mail was opened. ``now`` decides whether a signature's time is over.
    A signature over part of the text (``l=``), by a short key or SHA-1, or one that leaves the sender or the subject
    open is never ``valid``.
    """
    fields, text = _taken_apart(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if len(fields) > _MOST_FIELDS:
        return []
    found = []
    for name, value in [field for field in fields if field[0].lower() == b"dkim-signature"][:MOST]:
        try:
            tags = parse_tag_value(value)
        except InvalidTagValueList:
            continue
        domain = _ascii(tags.get(b"d", b"")).lower().rstrip(".")
        selector = _ascii(tags.get(b"s", b""))
        if not domain or not selector:
            continue
        if not counts(domain):
            found.append(Signature(domain, selector, "other_domain"))
            continue
        state = _state(tags, (name, value), fields, text, dns, now)
        found.append(Signature(domain, selector, state))
    return found


def _taken_apart(data: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return the header fields with their folds as they stand, and the body, line ends as CRLF.

    No fields, so that nothing verifies, where a line of the head is neither a field nor the rest of one.
    """
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    end = next((number for number, line in enumerate(lines) if not line), len(lines))
    found: list[tuple[bytes, list[bytes]]] = []
    for line in lines[:end]:
        if line[:1] in {b" ", b"\t"} and found:
            found[-1][1].append(line + b"\r\n")
        elif match := _FIELD.match(line):
            found.append((match[1], [line[match.end() :] + b"\r\n"]))
        elif not line.startswith(b"From ") or found:
            return [], b""
    return [(name, b"".join(parts)) for name, parts in found], b"\r\n".join(lines[end + 1 :])


def _ascii(value: bytes) -> str:
    return b"".join(value.split()).decode("ascii", "replace")


def _state(
    tags: dict[bytes, bytes],
    own: tuple[bytes, bytes],
    fields: list[tuple[bytes, bytes]],
    body: bytes,
    dns: Dns | None,
    now: datetime,
) -> State:
    try:
        signed = _signed_fields(tags)
        _check_form(tags, now)
        if dns is None:
            return "not_asked"
        key = _key(tags, dns)
        header_form, body_form = _forms(tags)
        digest = hashlib.sha256(_body(body, body_form, tags)).digest()
        if digest != _base64(tags[b"bh"]):
            return "bad"
        content = _header(fields, own, signed, header_form)
        _verify(key, _base64(tags[b"b"]), content)
        _check_worth(tags, signed, fields, now)
    except _Unusable as reason:
        return reason.state
    return "valid"


def _signed_fields(tags: dict[bytes, bytes]) -> list[bytes]:
    if any(not tags.get(tag) for tag in _TAGS) or tags[b"v"] != b"1":
        raise _Unusable("bad")
    signed = [name.strip().lower() for name in tags[b"h"].split(b":")]
    if b"from" not in signed or len(signed) > _MOST_SIGNED:
        raise _Unusable("uncovered" if b"from" not in signed else "bad")
    return signed


def _check_form(tags: dict[bytes, bytes], now: datetime) -> None:
    if tags[b"a"] == b"rsa-sha1":
        raise _Unusable("weak")
    if tags[b"a"] not in {b"rsa-sha256", b"ed25519-sha256"} or tags.get(b"q", b"dns/txt") != b"dns/txt":
        raise _Unusable("bad")
    made, ends = _seconds(tags, b"t"), _seconds(tags, b"x")
    if made is not None and (made > now.timestamp() + _SKEW or (ends is not None and ends < made)):
        raise _Unusable("bad")
    identity = tags.get(b"i")
    if identity is not None:
        host = _ascii(identity).lower().rpartition("@")[2]
        domain = _ascii(tags[b"d"]).lower()
        if host != domain and not host.endswith(f".{domain}"):
            raise _Unusable("bad")


def _seconds(tags: dict[bytes, bytes], tag: bytes) -> int | None:
    if tag not in tags:
        return None
    if not re.fullmatch(rb"[0-9]{1,12}", tags[tag]):
        raise _Unusable("bad")
    return int(tags[tag])


def _check_worth(
    tags: dict[bytes, bytes], signed: list[bytes], fields: list[tuple[bytes, bytes]], now: datetime
) -> None:
    """Raise for a signature that holds and yet proves too little."""
    if b"l" in tags:
        raise _Unusable("partial")
    for name in (b"from", b"subject"):
        standing = sum(field[0].lower() == name for field in fields)
        if standing > signed.count(name):
            raise _Unusable("uncovered")
    ends = _seconds(tags, b"x")
    if ends is not None and ends < now.timestamp():
        raise _Unusable("expired")


def _key(tags: dict[bytes, bytes], dns: Dns) -> RSAPublicKey | Ed25519PublicKey:
    name = f"{_ascii(tags[b's'])}._domainkey.{_ascii(tags[b'd'])}".lower()
    try:
        records = dns(name)
    except (Problem, OSError):  # nobody knows, which is another thing than that there is no key
        raise _Unusable("unreachable") from None
    state: State = "no_key"
    for record in records:
        try:
            return _public(record, tags)
        except _Unusable as reason:
            state = reason.state
    raise _Unusable(state)


def _public(record: bytes, tags: dict[bytes, bytes]) -> RSAPublicKey | Ed25519PublicKey:
    """Return the key of a DNS record (RFC 6376 3.6.1)."""
    try:
        found = parse_tag_value(record)
    except InvalidTagValueList:
        raise _Unusable("no_key") from None
    kind = found.get(b"k", b"rsa").lower()
    services = {word.strip() for word in found.get(b"s", b"*").split(b":")}
    hashes = {word.strip().lower() for word in found.get(b"h", b"sha256").split(b":")}
    if found.get(b"v", b"DKIM1") != b"DKIM1" or not services & {b"*", b"email"} or b"sha256" not in hashes:
        raise _Unusable("no_key")
    flags = {word.strip().lower() for word in found.get(b"t", b"").split(b":")}
    if b"y" in flags:
        raise _Unusable("testing")
    if (
        b"s" in flags
        and _ascii(tags.get(b"i", b"@" + tags[b"d"])).rpartition("@")[2].lower() != _ascii(tags[b"d"]).lower()
    ):
        raise _Unusable("bad")
    if not tags[b"a"].startswith(kind + b"-"):
        raise _Unusable("no_key")
    data = _base64(found.get(b"p", b""))
    if not data:
        raise _Unusable("no_key")  # withdrawn
    return _loaded(kind, data)


def _loaded(kind: bytes, data: bytes) -> RSAPublicKey | Ed25519PublicKey:
    try:
        if kind == b"ed25519":
            return Ed25519PublicKey.from_public_bytes(data)
        key = load_der_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        # The library refuses the shortest keys by itself; they are short in bytes too.
        raise _Unusable("weak" if 32 < len(data) < 140 and kind == b"rsa" else "no_key") from None
    if not isinstance(key, RSAPublicKey):
        raise _Unusable("no_key")
    if not _KEY_BITS[0] <= key.key_size <= _KEY_BITS[1]:
        raise _Unusable("weak")
    return key


def _verify(key: RSAPublicKey | Ed25519PublicKey, signature: bytes, content: bytes) -> None:
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, hashlib.sha256(content).digest())
        else:
            key.verify(signature, content, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise _Unusable("bad") from None


def _base64(value: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        raise _Unusable("bad") from None


def _forms(tags: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    header, _, body = tags.get(b"c", b"simple").lower().partition(b"/")
    body = body or b"simple"
    if {header, body} - {b"simple", b"relaxed"}:
        raise _Unusable("bad")
    return header, body


def _body(body: bytes, form: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return the body as it is hashed (RFC 6376 3.4.3, 3.4.4), in one pass however it is written."""
    if form == b"relaxed":
        lines = [_SPACE.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
        body = b"\r\n".join(lines)
    end = len(body)
    while body.endswith(b"\r\n", 0, end):
        end -= 2
    body = body[:end]
    if body or form == b"simple":
        body += b"\r\n"
    return body[: int(tags[b"l"])] if re.fullmatch(rb"[0-9]{1,12}", tags.get(b"l", b"")) else body


def _header(fields: list[tuple[bytes, bytes]], own: tuple[bytes, bytes], signed: list[bytes], form: bytes) -> bytes:
    """Return the header fields as they are signed, the signature's own with its ``b=`` empty last (RFC 6376 3.7)."""
    chosen = dkim.select_headers(fields, signed)
    last = (own[0], b";".join(_without_value(part) for part in own[1].split(b";")))
    return b"".join(_field(name, value, form) for name, value in chosen) + _field(*last, form).removesuffix(b"\r\n")


def _without_value(part: bytes) -> bytes:
    name, mark, _ = part.partition(b"=")
    return name + mark if name.strip() == b"b" else part


def _field(name: bytes, value: bytes, form: bytes) -> bytes:
    if form == b"simple":
        return name + b":" + value
    unfolded = _SPACE.sub(b" ", value.replace(b"\r\n", b"").replace(b"\n", b"")).strip()
    return name.lower().rstrip() + b":" + unfolded + b"\r\n"
