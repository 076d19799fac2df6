"""Windows published for programs, and what makes them signed."""

import datetime as dt
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi import exchange
from madoguchi.contacts import Page, windows
from madoguchi.record import keys

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
URL = "https://a.example/.well-known/madoguchi.json"
PLAIN = {
    "version": 1,
    "domain": "a.example",
    "keys": [],
    "windows": [{"channel": "email", "value": "desk@a.example", "name": "個人情報窓口", "for": "privacy"}],
    "announcements": [],
    "updated": "2026-11-20T00:00:00Z",
}


def grades(url: str = URL, *, live: bool, domain: str = "a.example", **changed: object) -> list[str]:
    page = Page(url, json.dumps({**PLAIN, **changed}), NOW.date(), live=live)
    return [window.grade for window in windows([page], domain=domain, now=NOW)]


def test_over_https_from_the_official_domain_it_is_signed() -> None:
    assert grades(live=True) == ["signed"]


def test_a_copy_or_an_open_connection_or_another_place_is_not() -> None:
    assert grades(live=False) == ["elsewhere"]
    assert grades(URL.replace("https", "http"), live=True) == ["elsewhere"]
    assert grades("https://a.example/upload/madoguchi.json", live=True) == ["elsewhere"]


def test_a_document_of_another_domain_gives_nothing() -> None:
    page = Page(URL, json.dumps({**PLAIN, "domain": "b.example"}), NOW.date(), live=True)
    assert windows([page], domain="a.example", now=NOW) == []


def announcement(key: Ed25519PrivateKey) -> str:
    body = {
        "organisation": "みほん株式会社",
        "title": "個人情報の漏えいに関するお知らせ",
        "url": "https://a.example/news/1",
        "published": "2026-11-20",
        "incident": {"id": "1", "title": "不正アクセス"},
        "letter_sha256": exchange.letter_digest("お知らせ"),
        "windows": [{"channel": "phone", "value": "0120-123-456", "hours": "9時〜18時"}],
    }
    statement = exchange.Announcement.model_validate(
        {
            "issuer": "a.example",
            "issued": "2026-11-20T00:00:00Z",
            "expires": "2027-11-20T00:00:00Z",
            "id": "6f1c1f6e-8a5e-4c0e-9a70-2f6f3d6f0a12",
            "body": body,
        }
    )
    return exchange.sign(statement, key)


def test_a_signed_announcement_names_the_desk_for_the_leak_under_a_key_fixed_beforehand() -> None:
    key, stranger = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    document = {**PLAIN, "windows": [], "keys": [keys.public(key).jwk()], "announcements": [announcement(key)]}
    page = Page("", json.dumps(document), NOW.date(), file=".well-known/madoguchi.json")

    def found(who: Ed25519PrivateKey) -> list[tuple[str, str, str]]:
        official = {"a.example": {keys.public(who).kid: keys.public(who)}}
        return [
            (each.value, each.purpose, each.grade)
            for each in windows([page], domain="a.example", keys=official, now=NOW)
        ]

    assert found(key) == [("0120-123-456", "leak", "signed")]
    assert found(stranger) == []
    assert windows([page], domain="a.example", now=NOW) == []  # a key in the document itself proves nothing of a copy


@pytest.mark.parametrize("markup", ["", "[]", "{", '{"version": 2}', "\ud800", "[" * 100_000, b"\xff\xfe"])
def test_what_is_no_document_gives_nothing(markup: str | bytes) -> None:
    assert windows([Page(URL, markup, NOW.date(), live=True)], domain="a.example", now=NOW) == []
