"""The document of a domain: which keys count, for whom, and for how long."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from madoguchi import exchange
from madoguchi.exchange import NotAccepted, schema, wellknown
from madoguchi.problem import Problem
from madoguchi.record import keys

DAY = timedelta(days=1)


def document(made, *listed, **more) -> wellknown.WellKnown:
    values = {
        "domain": made.shop,
        "keys": listed or (keys.public(made.shop_key, since=made.now - DAY),),
        "windows": made.payload("notice")["body"]["windows"],
        "announcements": [made.jws("announcement")],
        "updated": made.now,
        **more,
    }
    return wellknown.WellKnown.model_validate(values)


def raw(made, **more) -> bytes:
    value = {**json.loads(wellknown.write(document(made))), **more}
    return json.dumps({name: each for name, each in value.items() if each is not ...}).encode()


def test_a_document_comes_back_as_it_was_written(made):
    written = wellknown.write(document(made))
    assert wellknown.read(written, made.shop) == document(made)
    assert wellknown.write(wellknown.read(written, made.shop)) == written


def test_the_document_is_a_jwk_set_that_others_can_use_and_fits_its_schema(made):
    value = json.loads(wellknown.write(document(made)))
    assert Draft202012Validator(schema.schema("wellknown")).is_valid(value)
    assert keys.read_trusted(json.dumps({made.shop: value}).encode()) == wellknown.trusted([document(made)])
    assert value["keys"][0]["kid"] == keys.public(made.shop_key).kid


def test_an_announcement_in_it_opens_with_its_keys(made):
    read = wellknown.read(wellknown.write(document(made)), made.shop)
    opened = made.open(read.announcements[0], wellknown.trusted([read]), expect={"announcement"})
    assert opened.statement == made.statement("announcement")


def test_a_document_of_another_domain_is_refused(made):
    for domain in ("evil.example", f"www.{made.shop}", "example"):
        with pytest.raises(Problem) as problem:
            wellknown.read(wellknown.write(document(made)), domain)
        assert (problem.value.file, problem.value.place) == (domain, "domain")
    assert wellknown.read(wellknown.write(document(made)), f"{made.shop.upper()}.")


def test_keys_of_other_kinds_and_unknown_members_are_passed_over(made):
    own = json.loads(wellknown.write(document(made)))["keys"]
    others = [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "OKP", "crv": "X25519", "x": "AAAA"}]
    read = wellknown.read(raw(made, keys=[*others, *own], security_contact="x"), made.shop)
    assert read == document(made)


def test_a_key_id_is_counted_and_never_taken_from_the_document(made):
    own = json.loads(wellknown.write(document(made)))["keys"][0]
    read = wellknown.read(raw(made, keys=[{**own, "kid": "another"}]), made.shop)
    assert list(wellknown.trusted([read])[made.shop]) == [keys.public(made.shop_key).kid]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"version": ...}, "version"),
        ({"version": "1"}, "version"),
        ({"version": True}, "version"),
        ({"domain": ...}, "domain"),
        ({"domain": "https://moritoutsuwa.example"}, "domain"),
        ({"keys": ...}, "keys"),
        ({"keys": {}}, "keys"),
        ({"keys": ["x"]}, "keys[0]"),
        ({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}]}, "keys[0].x"),
        ({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "d": "AAAA"}]}, "keys"),
        ({"keys": [{"kty": "RSA", "d": "AAAA"}]}, "keys"),
        ({"windows": [{"channel": "form", "value": "javascript:alert(1)"}]}, "windows[0]"),
        ({"windows": [{"channel": "post", "value": "a", "x\n\u202e": 1}]}, "windows[0].x??"),
        ({"announcements": ["hello"]}, "announcements[0]"),
        ({"updated": "yesterday"}, "updated"),
    ],
)
def test_a_document_out_of_form_is_refused_with_its_place(made, change, place):
    with pytest.raises(Problem) as problem:
        wellknown.read(raw(made, **change), made.shop)
    assert problem.value.place == place


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"\xff", b"<html>", b"{}", b'{"version":1,"version":1}', b"[" * 9999]
)
def test_what_is_no_document_is_refused(made, data):
    with pytest.raises(Problem):
        wellknown.read(data, made.shop)


def test_a_newer_version_and_a_document_beyond_the_limit_are_told_apart(made):
    for data, reason in ((raw(made, version=2), "version"), (b" " * (wellknown.MOST_BYTES + 1), "too_large")):
        with pytest.raises(NotAccepted) as problem:
            wellknown.read(data, made.shop)
        assert problem.value.reason == reason


@given(data=st.binary(max_size=100))
def test_any_bytes_are_refused_as_a_problem(made, data):
    with pytest.raises(Problem):
        wellknown.read(data, made.shop)


# ---------------------------------------------------------------- rotation and revocation


def test_a_key_is_replaced_without_a_gap(made):
    old, new = keys.public(made.shop_key), keys.public(made.a_key("2027"), since=made.now)
    listed = wellknown.rotated([old], new, until=made.now + 7 * DAY)
    trusted = wellknown.trusted([document(made, *listed)])
    assert made.open(made.jws("notice"), trusted, now=made.now + 30 * DAY)
    assert made.open(made.raw(made.payload("notice"), key=made.a_key("2027")), trusted)
    late = {**made.payload("notice"), "issued": "2026-11-28T03:00:00Z"}
    assert made.reason(made.raw(late), trusted, now=made.now + 7 * DAY) == "key_not_valid"
    assert made.open(made.raw(late, key=made.a_key("2027")), trusted, now=made.now + 7 * DAY)


def test_a_key_that_ended_earlier_is_not_prolonged(made):
    ended = keys.public(made.shop_key).model_copy(update={"exp": 5})
    listed = wellknown.rotated([ended], keys.public(made.a_key("2027")), until=made.now)
    assert listed[0].exp == 5
    assert wellknown.rotated(listed, listed[1], until=made.now)[-1].exp is None


@pytest.mark.parametrize(("reason", "accepted"), [("superseded", True), ("compromised", False), ("unspecified", False)])
def test_a_revoked_key_stays_listed_and_says_what_still_counts(made, reason, accepted):
    own = keys.public(made.shop_key)
    listed = wellknown.revoked([own], own.kid, at=made.now + DAY, reason=reason)
    trusted = wellknown.trusted([wellknown.read(wellknown.write(document(made, *listed)), made.shop)])
    if accepted:
        assert made.open(made.jws("notice"), trusted)
    else:
        assert made.reason(made.jws("notice"), trusted) == "key_revoked"
    late = made.raw({**made.payload("notice"), "issued": "2026-11-22T03:00:00Z"})
    assert made.reason(late, trusted, now=made.now + DAY) == "key_revoked"


def test_only_a_listed_key_can_be_revoked(made):
    with pytest.raises(Problem):
        wellknown.revoked([], "x" * 500, at=made.now, reason="compromised")


def test_a_revocation_once_published_is_never_taken_back(made):
    own = keys.public(made.shop_key)
    stolen = document(made, *wellknown.revoked([own], own.kid, at=made.now, reason="compromised"))
    later = document(made, own, updated=made.now + DAY)
    softened = document(
        made, *wellknown.revoked([own], own.kid, at=made.now + DAY, reason="superseded"), updated=made.now + 2 * DAY
    )
    for order in ([stolen, later, softened], [softened, later, stolen]):
        assert wellknown.trusted(order)[made.shop][own.kid].revoked == stolen.keys[0].revoked


def test_a_key_that_a_newer_document_leaves_out_stays_known_and_its_newest_dates_hold(made):
    first = keys.public(made.shop_key)
    second = keys.public(made.a_key("2027"))
    ended = first.model_copy(update={"exp": 2_000_000_000})
    trusted = wellknown.trusted(
        [
            document(made, second, updated=made.now + 2 * DAY),
            document(made, first),
            document(made, ended, updated=made.now + DAY),
        ]
    )
    assert trusted == {made.shop: {first.kid: ended, second.kid: second}}


def test_documents_of_several_domains_stay_apart(made):
    other = document(made, keys.public(made.a_key("other")), domain="other.example")
    trusted = wellknown.trusted([document(made), other])
    assert set(trusted) == {made.shop, "other.example"}
    assert made.reason(made.raw(made.payload("notice"), key=made.a_key("other")), trusted) == "key_of_other_domain"


def test_a_revocation_of_a_revoked_key_keeps_the_worse_and_the_earlier(made):
    own = keys.public(made.shop_key)
    once = wellknown.revoked([own], own.kid, at=made.now, reason="superseded")
    twice = wellknown.revoked(once, own.kid, at=made.now + DAY, reason="compromised")
    assert twice[0].revoked.reason == "compromised"
    thrice = wellknown.revoked(twice, own.kid, at=made.now + 2 * DAY, reason="unspecified")
    assert thrice == twice


def test_exchange_gives_what_the_other_rooms_need():
    assert exchange.wellknown.PATH == "/.well-known/madoguchi.json"
