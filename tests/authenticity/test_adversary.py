"""Tricks and honest mails by somebody who had not read the room: cases/adversary.yaml, built and signed here.

The signatures are made with another program's parts (dkimpy's canonicalization and RSA) and keys of our own, so that
any tag of a signature and any bytes of a mail can be what an attacker makes of them.
"""

import base64
import hashlib
import json
import random
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import dkim
import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import RSASSA_PKCS1_v1_5_sign

from madoguchi import exchange
from madoguchi.authenticity import check_address, check_mail, check_phone, check_text, read_phones
from madoguchi.exchange import Announcement, Notice
from madoguchi.law import bodies
from madoguchi.problem import Problem
from madoguchi.record import keys

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/adversary.yaml").read_text("utf-8"))
NOW = datetime.now(UTC)
LETTER = "お客様の氏名とメールアドレスが漏えいした可能性がございます。照会番号: ABCDE-23456"
SIGNED_HEADERS = ("from", "to", "subject", "date", "mime-version", "content-type", "content-transfer-encoding")


def _name(case: dict[str, Any]) -> str:
    return str(case.get("of") or case.get("address") or case.get("tel") or case.get("sms") or "empty")


# --- keys -----------------------------------------------------------------------------------------------------------


def _prime(bits: int, chance: random.Random) -> int:
    while True:
        found = chance.getrandbits(bits) | 3 << bits - 2 | 1
        if found % 65537 != 1 and all(pow(base, found - 1, found) == 1 for base in (2, 3, 5, 7)):
            return found


@cache
def _rsa(bits: int) -> dict[str, int]:
    """Return a key of any size, also one too short for today's libraries."""
    chance = random.Random(bits)
    p, q = _prime(bits // 2, chance), _prime(bits // 2, chance)
    private = pow(65537, -1, (p - 1) * (q - 1))
    return {
        "modulus": p * q,
        "publicExponent": 65537,
        "privateExponent": private,
        "prime1": p,
        "prime2": q,
        "exponent1": private % (p - 1),
        "exponent2": private % (q - 1),
        "coefficient": pow(q, -1, p),
    }


_ED = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"adversary").digest())
_BITS = {"rsa": 1024, "rsa2048": 2048, "rsa512": 512, "rsa768": 768}


def _der(size: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    length = bytes([len(body)]) if len(body) < 128 else b"\x82" + len(body).to_bytes(2, "big")
    return bytes([size]) + length + body


@cache
def _public(selector: str) -> str:
    if selector == "ed25519":
        return base64.b64encode(_ED.public_key().public_bytes_raw()).decode()
    numbers = _rsa(_BITS[selector])
    if _BITS[selector] >= 1024:
        public = RSAPublicNumbers(65537, numbers["modulus"]).public_key()
        return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    modulus = numbers["modulus"].to_bytes(_BITS[selector] // 8 + 1, "big")
    pair = _der(0x30, _der(2, modulus), _der(2, b"\x01\x00\x01"))
    kind = _der(0x30, bytes.fromhex("06092a864886f70d010101"), b"\x05\x00")
    return base64.b64encode(_der(0x30, kind, _der(3, b"\0" + pair))).decode()


def _dns(own: dict[str, list[str]]):
    def ask(name: str) -> list[bytes]:
        name = name.casefold().rstrip(".")
        selector = name.partition("._domainkey.")[0]
        if name in own:
            fill = {key: _public(key) for key in (*_BITS, "ed25519")}
            texts = [re.sub(r"\{(\w+)\}", lambda found: fill[found[1]], text) for text in own[name]]
            return [text.encode("latin-1") for text in texts]
        if selector == "ed25519":
            return [f"v=DKIM1; k=ed25519; p={_public(selector)}".encode()]
        return [f"v=DKIM1; p={_public(selector)}".encode()] if selector in _BITS else []

    return ask


# --- signing --------------------------------------------------------------------------------------------------------


def _split(mail: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    head, _, body = mail.partition(b"\r\n\r\n")
    lines = re.split(rb"\r\n(?![ \t])", head)
    return [(name, value + b"\r\n") for name, _, value in (line.partition(b":") for line in lines)], body


def _sign(mail: bytes, tags: dict[str, Any]) -> bytes:
    headers, body = _split(mail)
    names = [name.strip().lower() for name, _ in headers]
    selector, form = tags.get("s", "rsa"), tags.get("c", "relaxed/relaxed")
    algorithm = tags.get("a", "ed25519-sha256" if selector == "ed25519" else "rsa-sha256")
    policy = CanonicalizationPolicy.from_c_value((form or "simple/simple").encode())
    body = policy.canonicalize_body(body)
    whole = len(body) if tags.get("l") == "whole" else tags.get("l")
    digest = hashlib.sha1 if algorithm == "rsa-sha1" else hashlib.sha256
    listed = tags.get("h") or ":".join(name for name in SIGNED_HEADERS if name.encode() in names)
    written = [
        tags.get("first"),
        f" v={tags.get('v', 1)}; a={algorithm};",
        f" c={form};" if form else None,
        f" d={tags['d']}; s={selector}; q=dns/txt;",
        f" i={tags['i']};" if "i" in tags else None,
        f" l={whole};" if whole is not None else None,
        *(f" {key}={int((NOW + timedelta(days=tags[key])).timestamp())};" for key in ("t", "x") if key in tags),
        tags.get("more"),
        f" h={listed}; bh={base64.b64encode(digest(body[:whole]).digest()).decode()}; b=",
    ]
    value = "".join(part for part in written if part).encode()
    left, taken = list(headers), []
    for wanted in listed.encode().split(b":"):
        at = next((n for n in range(len(left) - 1, -1, -1) if left[n][0].strip().lower() == wanted.strip()), None)
        if at is not None:
            taken.append(left.pop(at))
    covered = policy.canonicalize_headers([*taken, (b"DKIM-Signature", value + b"\r\n")])
    text = b"".join(name + b":" + content for name, content in covered)
    text = text.removesuffix(b"\r\n")
    if selector == "ed25519":
        made = _ED.sign(digest(text).digest())
    else:
        made = RSASSA_PKCS1_v1_5_sign(digest(text), _rsa(_BITS[selector]))
    if tags.get("spoil"):
        made = made[:-1] + bytes([made[-1] ^ 1])
    return b"DKIM-Signature:" + value + base64.b64encode(made) + b"\r\n"


# --- mails ----------------------------------------------------------------------------------------------------------


def _part(part: dict[str, str], encoding: str) -> str:
    head = f"Content-Type: {part['type']}"
    if "charset" not in head and "text/" in head:
        head += f"; charset={encoding}"
    if "file" in part:
        head += f'\nContent-Disposition: attachment; filename="{part["file"]}"'
    if not part["type"].startswith("message/"):
        head += "\nContent-Transfer-Encoding: " + ("base64" if part.get("base64") else "8bit")
    return f"{head}\n\n{part['text']}"


def _content(case: dict[str, Any]) -> tuple[list[str], str]:
    """Return the headers of the content, and the content."""
    text, encoding = case.get("text", "お知らせです。"), case.get("encoding", "utf-8")
    parts = list(case.get("parts", []))
    if "html" in case:
        text = [text] if "text" in case or "notice" in case else []
        parts = [*({"type": "text/plain", "text": one} for one in text), {"type": "text/html", "text": case["html"]}]
    last = case.get("last", "")
    repeat = case.get("repeat", {})
    if "part" in repeat:
        parts = [{"type": "text/plain", "text": repeat["part"]}] * repeat["times"] + [
            {"type": "text/plain", "text": last}
        ]
    if "line" in repeat:
        text = "\n".join([repeat["line"]] * repeat["times"] + [last])
    kind = "alternative" if "html" in case else "mixed"
    if "attach" in case:
        inner = "\n".join(["--in", *("\n--in\n".join(_part(part, encoding) for part in parts).split("\n")), "--in--"])
        if parts:
            first = f'Content-Type: multipart/alternative; boundary="in"\n\n{inner}'
        else:
            first = _part({"type": "text/plain", "text": text}, encoding)
        pieces = [first, *(_part(part, encoding) for part in case["attach"])]
        kind = "mixed"
    else:
        pieces = [_part(part, encoding) for part in parts]
    if case.get("nested"):
        inner = _part({"type": "text/plain", "text": last}, encoding)
        for depth in range(case["nested"]):
            inner = f'Content-Type: multipart/mixed; boundary="n{depth}-"\n\n--n{depth}-\n{inner}\n--n{depth}---'
        pieces = [inner]
    if pieces:
        between = "".join(f"--edge\n{piece}\n" for piece in pieces)
        return [f'Content-Type: multipart/{kind}; boundary="edge"'], f"{between}--edge--\n{case.get('epilogue', '')}"
    return ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"], case.get("body", f"{text}\n")


def _written(case: dict[str, Any]) -> bytes:
    if "raw" in case:
        mail = case["raw"]
    else:
        content, body = _content(case)
        extra = case.get("headers", [])
        if any(line.startswith("Content-Type") for line in extra):
            content = []
        sender = case.get("from", "info@mihon-zakka.co.jp")
        subject = case.get("subject", "=?utf-8?B?44GK55+l44KJ44Gb?=")
        lines = [
            *([f"From: {sender}"] if sender is not None else []),
            f"To: {case.get('to', 'taro@user.example')}",
            f"Subject: {subject}",
            "Date: Sat, 21 Nov 2026 12:00:00 +0900",
            "MIME-Version: 1.0",
            *content,
            *extra,
        ]
        mail = "\n".join(lines) + "\n\n" + body
    data = mail.encode(case.get("encoding", "utf-8"))
    return re.sub(rb"\r?\n", b"\r\n", data)


def _after(mail: bytes, change: dict[str, Any]) -> bytes:
    if "replace" in change:
        old, new = (text.encode() for text in change["replace"])
        assert old in mail
        mail = mail.replace(old, new, 1)
    if "prepend" in change:
        mail = change["prepend"].encode() + b"\r\n" + mail
    if "append" in change:
        mail += change["append"].encode()
    return mail.replace(b"\r\n", b"\n") if change.get("lf") else mail


def _mail(case: dict[str, Any]) -> bytes:
    mail = _written(case)
    signing = case.get("sign", [])
    if isinstance(signing, str):
        private = _pem("rsa")
        mail = dkim.sign(mail, b"rsa", signing.encode(), private) + mail
    else:
        made = [_sign(mail, tags) * tags.get("times", 1) for tags in signing]
        mail = b"".join(made) + mail
    return _after(mail, case.get("after", {}))


@cache
def _pem(selector: str) -> bytes:
    numbers = _rsa(_BITS[selector])
    order = (
        "modulus",
        "publicExponent",
        "privateExponent",
        "prime1",
        "prime2",
        "exponent1",
        "exponent2",
        "coefficient",
    )
    values = [0, *(numbers[name] for name in order)]
    whole = _der(0x30, *(_der(2, value.to_bytes(value.bit_length() // 8 + 1, "big")) for value in values))
    label = "RSA PRIVATE" + " KEY"
    return f"-----BEGIN {label}-----\n{base64.encodebytes(whole).decode()}-----END {label}-----\n".encode()


# --- signed notices -------------------------------------------------------------------------------------------------

_OWN, _STRANGER, _OTHER, _REVOKED = (
    Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name).digest()) for name in (b"own", b"x", b"other", b"gone")
)


def _trusted() -> exchange.Trusted:
    own, other, gone = (keys.public(key) for key in (_OWN, _OTHER, _REVOKED))
    revoked = keys.Revoked(revoked_at=int((NOW - timedelta(days=5)).timestamp()), reason="compromised")
    gone = gone.model_copy(update={"revoked": revoked})
    return {"mihon-zakka.co.jp": {own.kid: own, gone.kid: gone}, "other.example": {other.kid: other}}


def _statement(said: dict[str, Any], letter: str) -> str:
    known = {"own": _OWN, "stranger": _STRANGER, "other": _OTHER, "revoked": _REVOKED}
    private = known.get(said.get("key", "own"), _STRANGER)
    body: dict[str, Any] = {
        "organisation": "見本雑貨",
        "incident": {"id": "i-1", "title": "不正アクセス"},
        "letter_sha256": exchange.letter_digest(letter),
    }
    model: Any = Notice
    if said.get("kind") == "announcement":
        model = Announcement
        body |= {"title": "お詫び", "url": "https://www.mihon-zakka.co.jp/n", "published": "2026-11-01"}
        body["letter_sha256"] = exchange.letter_digest("別のページの本文")
    else:
        body |= {"reference": "ABCDE-23456", "lang": "ja"}
    whole = {
        "issuer": said.get("issuer", "mihon-zakka.co.jp"),
        "id": str(uuid4()),
        "issued": NOW + timedelta(days=said.get("issued", -1)),
        "expires": NOW + timedelta(days=said.get("expires", 90)),
        "body": body,
    }
    jws = exchange.sign(model.model_validate(whole), private)
    if said.get("key") in ("inside", "none"):
        _, payload, signature = jws.split(".")
        head = (
            '{"alg":"none"}'
            if said["key"] == "none"
            else '{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"%s"}}'
        )
        head = head.replace("%s", keys.public(_STRANGER).x)
        jws = f"{base64.urlsafe_b64encode(head.encode()).decode().rstrip('=')}.{payload}.{signature}"
    return jws


def _with_notice(case: dict[str, Any]) -> dict[str, Any]:
    said, letter = case["notice"], LETTER
    jws = _statement(said, letter)
    hidden = letter.replace("可能性が", '<span style="display:none">可能性が</span>')
    classed = letter.replace("可能性が", '<span class="a">可能性が</span>')
    fill = {"letter": letter, "letter_hidden": hidden, "letter_classed": classed}
    made = dict(case)
    made["text"] = case.get("text", "{letter}").format(**fill)
    if "html" in case:
        made["html"] = re.sub(r"\{(letter\w*)\}", lambda found: fill[found[1]], case["html"])
    if said.get("block"):
        quoted = "> " if ">" in case.get("text", "") else ""
        first, rest = exchange.carry.block(jws).rsplit("\n", 1)
        block = "\n".join([first, *([said["among"]] if "among" in said else []), rest]).replace("\n", "\n" + quoted)
        made["text"] += f"\n{quoted}{block}\n"
        return made
    statements = [jws, _statement(said, "別の手紙です。")] if said.get("twice") else [jws]
    made["attach"] = []
    for one in statements:
        name, kind, data = (
            exchange.carry.attachment(one) if said.get("key") not in ("inside", "none") else ("s.jws", "", b"")
        )
        if data:
            made["attach"].append({"type": kind, "file": name, "text": data.decode()})
        else:
            made["attach"].append({"type": "application/jose", "file": name, "text": one})
    return made


# --- asking ---------------------------------------------------------------------------------------------------------


def _asked(case: dict[str, Any]):
    official = case.get("official", "mihon-zakka.co.jp").split(" / ")
    listed: dict[str, list[str]] | None = case.get("phone_lists") or None
    if "phones" in case:
        listed = {"mihon-zakka.co.jp": case["phones"]}
    phones = read_phones(json.dumps(listed).encode()) if listed else None
    if "address" in case:
        return check_address(case["address"], official=official)
    if "tel" in case:
        return check_phone(case["tel"], official=official, phones=phones)
    if "sms" in case:
        return check_text(case["sms"], official=official, phones=phones, public=bodies.numbers(), now=NOW)
    known = _trusted() if "notice" in case else None
    mail = _mail(_with_notice(case) if "notice" in case else case)
    return check_mail(
        mail,
        official=official,
        dns=_dns(case.get("dns", {})),
        keys=known,
        phones=phones,
        public=bodies.numbers(),
        now=NOW,
    )


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_careful_expert_would_say_the_same(case: dict[str, Any]):
    wanted = case["verdict"] if isinstance(case["verdict"], list) else [case["verdict"]]
    try:
        found = _asked(case)
    except Problem:
        assert "problem" in wanted
        return
    assert found.verdict in wanted, [(reason.id, reason.evidence) for reason in found.reasons]
