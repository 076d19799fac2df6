"""A shop, a person and their keys, made up; and one statement of each type."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi import exchange
from madoguchi.exchange.opening import MODELS
from madoguchi.record import base64url, keys

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SHOP = "moritoutsuwa.example"


def a_key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


SHOP_KEY, PERSON_KEY = a_key("shop"), a_key("person")
LETTER = "森野 楓 様\n\nお客様の情報が、外部に漏えいしました。\n"


def _payload(kind: str, number: int, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": kind,
        "version": 1,
        "issuer": SHOP,
        "issued": "2026-11-21T03:00:00Z",
        "expires": "2027-11-21T03:00:00Z",
        "id": f"6f1c1f6e-8a5e-4c0e-9a70-2f6f3d6f0a{number:02d}",
        "body": {"letter_sha256": exchange.letter_digest(LETTER), **body},
    }


def _facts() -> dict[str, Any]:
    return {
        "organisation": "森とうつわ 株式会社",
        "incident": {"id": "2026-001", "title": "オンラインショップへの不正アクセス"},
        "items": [{"key": "email", "tier": "proved"}, {"key": "address", "tier": "possible"}],
        "not_leaked": ["card_number"],
        "dates": {"occurred_from": "2026-08-01", "occurred_to": "2026-08-05", "known_on": "2026-11-18"},
        "cause": "unauthorised_access",
        "secondary_harm": "none_seen",
        "windows": [
            {
                "channel": "form",
                "value": f"https://{SHOP}/ask",
                "name": "お客様相談窓口",
                "hours": "平日10時〜17時",
                "for": "leak",
            },
            {"channel": "phone", "value": "0120-000-000"},
        ],
    }


def notice() -> dict[str, Any]:
    return _payload(
        "notice",
        11,
        {
            **_facts(),
            "reference": "AB12C-9XYZ0",
            "lang": "ja",
            "covers": ["1", "2", "4", "5", "9"],
            "statement_url": f"https://{SHOP}/news/2026-11-21",
        },
    )


def announcement() -> dict[str, Any]:
    return _payload(
        "announcement",
        12,
        {
            **_facts(),
            "title": "個人情報漏えいに関するお詫びとお知らせ",
            "url": f"https://{SHOP}/news/2026-11-21",
            "published": "2026-11-21",
            "revision": 2,
            "supersedes": "6f1c1f6e-8a5e-4c0e-9a70-2f6f3d6f0a10",
            "persons": {"value": 1500, "qualifier": "max"},
        },
    )


def inquiry() -> dict[str, Any]:
    payload = _payload(
        "inquiry",
        13,
        {
            "to": SHOP,
            "reference": "AB12C-9XYZ0",
            "person": {"name": "森野 楓", "email": "kaede@person.example", "order_ids": ["A-1001"]},
            "noticed": "11月21日に、お知らせのメールを受け取りました。",
            "concerns": ["住所が知られたのではないかと心配です。"],
            "questions": [
                {"number": 1, "key": "affected", "ground": "right", "text": "私の情報は含まれますか。"},
                {"number": 2, "key": None, "ground": "courtesy", "text": "家族の情報も含まれますか。"},
            ],
            "reply_by": "2026-12-05",
            "reply_to": "kaede@person.example",
            "key": {"kty": "OKP", "crv": "Ed25519", "x": keys.public(PERSON_KEY).x},
        },
    )
    return {**payload, "issuer": exchange.issuer(keys.public(PERSON_KEY))}


def answer() -> dict[str, Any]:
    return _payload(
        "answer",
        14,
        {
            "organisation": "森とうつわ 株式会社",
            "inquiry": inquiry()["id"],
            "inquiry_sha256": "0" * 64,
            "reference": "AB12C-9XYZ0",
            "answers": [
                {
                    "number": 1,
                    "key": "affected",
                    "state": "answered",
                    "text": "含まれます。",
                    "items": [{"key": "email", "tier": "proved"}],
                },
                {"number": 2, "state": "refused", "text": "お答えできません。", "citation": "法33条2項1号"},
            ],
            "windows": [{"channel": "email", "value": f"privacy@{SHOP}"}],
        },
    )


class Made:
    """The made-up world: keys, payloads, and what is signed with them."""

    now = NOW
    shop = SHOP
    shop_key = SHOP_KEY
    person_key = PERSON_KEY
    letter = LETTER
    a_key = staticmethod(a_key)

    def payload(self, kind: str) -> dict[str, Any]:
        """Return a payload of this type as JSON has it, to be spoilt at will."""
        return {"notice": notice, "announcement": announcement, "inquiry": inquiry, "answer": answer}[kind]()

    def statement(self, kind: str) -> exchange.Statement:
        return MODELS[kind].model_validate(self.payload(kind))

    def jws(self, kind: str) -> str:
        return exchange.sign(self.statement(kind), PERSON_KEY if kind == "inquiry" else SHOP_KEY)

    def raw(self, payload: Any, *, key: Ed25519PrivateKey = SHOP_KEY, header: Any = None) -> str:
        """Sign whatever is given, with whatever header: what somebody with a key can do."""
        head = {"alg": "EdDSA", "kid": keys.public(key).kid, "typ": "madoguchi+jws"} if header is None else header
        parts = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in (head, payload)]
        message = ".".join(base64url.encode(part) for part in parts)
        return f"{message}.{base64url.encode(key.sign(message.encode()))}"

    def open(self, text: str, trusted: keys.Trusted, **more: Any) -> exchange.Opened:
        return exchange.open_statement(text, **{"trusted": trusted, "now": NOW, **more})

    def reason(self, text: str, trusted: keys.Trusted, **more: Any) -> str:
        """Return why the statement is not accepted."""
        with pytest.raises(exchange.NotAccepted) as problem:
            self.open(text, trusted, **more)
        return problem.value.reason

    def refused(self, kind: str, payload: Any, trusted: keys.Trusted) -> exchange.NotAccepted:
        """Return the refusal of this payload under a good signature."""
        if kind == "inquiry":
            text = self.raw(payload, key=PERSON_KEY)
            with pytest.raises(exchange.NotAccepted) as problem:
                exchange.open_inquiry(text, to=SHOP, now=NOW)
        else:
            text = self.raw(payload)
            with pytest.raises(exchange.NotAccepted) as problem:
                self.open(text, trusted)
        return problem.value

    def inquiry_reason(self, text: str, **more: Any) -> str:
        with pytest.raises(exchange.NotAccepted) as problem:
            exchange.open_inquiry(text, **{"to": SHOP, "now": NOW, **more})
        return problem.value.reason


@pytest.fixture(scope="session")
def made() -> Made:
    """Return the made-up world."""
    return Made()


@pytest.fixture(scope="session")
def trusted() -> keys.Trusted:
    """Return the shop's key as the asker knows it, and that of another shop."""
    shop = keys.public(SHOP_KEY, since=NOW - timedelta(days=30))
    other = keys.public(a_key("other shop"))
    return {SHOP: {shop.kid: shop}, "other.example": {other.kid: other}}
