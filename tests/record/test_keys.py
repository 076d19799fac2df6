"""Keys: their ids, their times, and the files in which an asker brings them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.problem import Problem
from madoguchi.record import keys

X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"  # RFC 8037, A.2
JWK = {"kty": "OKP", "crv": "Ed25519", "x": X}
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def test_the_id_of_a_key_is_the_thumbprint_of_rfc_8037():
    assert keys.Key(x=X).kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_the_signature_of_rfc_8032_holds():
    key = keys.Key(x=X)
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert key.verifies(b"", signature)
    assert not key.verifies(b"x", signature)
    assert not key.verifies(b"", signature[:-1])
    assert not key.verifies(
        b"",
        signature[:32]
        + (int.from_bytes(signature[32:], "little") + 2**252 + 27742317777372353535851937790883648493).to_bytes(
            32, "little"
        ),
    )


def test_a_key_counts_from_its_start_until_before_its_end():
    key = keys.Key(x=X, nbf=seconds(NOON), exp=seconds(NOON + HOUR))
    assert not key.valid_at(NOON - timedelta(microseconds=1))
    assert key.valid_at(NOON)
    assert key.valid_at(NOON + HOUR - timedelta(microseconds=1))
    assert not key.valid_at(NOON + HOUR)


def test_a_key_without_times_always_counts():
    assert keys.Key(x=X).valid_at(NOON)


def test_a_revoked_key_counts_until_it_was_revoked():
    key = keys.Key(x=X, revoked=keys.Revoked(revoked_at=seconds(NOON), reason="superseded"))
    assert key.valid_at(NOON - HOUR)
    assert not key.valid_at(NOON)


@pytest.mark.parametrize(("reason", "alone"), [("superseded", True), ("compromised", False), ("unspecified", False)])
def test_only_a_replaced_key_still_vouches_for_its_old_dates(reason, alone):
    assert keys.Key(x=X, revoked=keys.Revoked(revoked_at=0, reason=reason)).trusted_alone() is alone


def test_a_set_is_written_in_one_order_and_read_back():
    made = [keys.public(Ed25519PrivateKey.generate(), since=NOON) for _ in range(5)]
    revoked = made[0].model_copy(update={"revoked": keys.Revoked(revoked_at=5, reason="compromised")})
    written = keys.write_set([revoked, *made[1:]])
    assert written == keys.write_set(reversed([revoked, *made[1:]]))
    assert keys.read_set(written) == {key.kid: key for key in [revoked, *made[1:]]}


@pytest.mark.parametrize(
    "jwk",
    [
        {**JWK, "kid": "another"},
        JWK,
        {**JWK, "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "d": "secret"},
        {**JWK, "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "nbf": True},
        {**JWK, "x": X[:-1]},
        {**JWK, "crv": "X25519"},
        [],
        None,
    ],
)
def test_a_set_with_anything_else_in_it_is_refused(jwk):
    with pytest.raises(ValueError):
        keys.read_set(json.dumps({"keys": [jwk]}, separators=(",", ":"), sort_keys=True).encode())


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"keys":{}}', b"null", b"\xff"])
def test_what_is_no_set_is_refused(data):
    with pytest.raises(ValueError):
        keys.read_set(data)


def test_the_askers_keys_are_read_by_domain_and_other_kinds_passed_over():
    given = {
        "Shop.Example.": {"keys": [{**JWK, "kid": "2026", "use": "sig"}, {"kty": "RSA", "n": "…"}]},
        "b.example": {"keys": []},
    }
    trusted = keys.read_trusted(json.dumps(given).encode())
    assert list(trusted) == ["shop.example", "b.example"]
    assert list(trusted["shop.example"]) == ["kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("{", None),
        ("[]", None),
        ("{}", None),
        ('{"a.example": []}', "a.example"),
        ('{"a.example": {"keys": {}}}', "a.example"),
        ('{"a.example": {"keys": [1]}}', "a.example.keys[0]"),
        ('{"a.example": {"keys": []}}', None),
        ('{"a.example": {"keys": [{"kty": "OKP", "crv": "Ed25519"}]}}', "a.example.keys[0].x"),
        ('{"a.example": {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}]}}', "a.example.keys[0].x"),
        (
            json.dumps({"a.example": {"keys": [{**JWK, "exp": "soon"}]}}),
            "a.example.keys[0].exp",
        ),
        (json.dumps({"keys": [JWK]}), "keys"),
        ("[" * 100_000, None),
    ],
)
def test_a_key_file_that_is_none_is_told_with_its_place(given, place):
    with pytest.raises(Problem) as problem:
        keys.read_trusted(given.encode(), file="keys.json")
    assert (problem.value.file, problem.value.place) == ("keys.json", place)
    assert "example.co.jp" in problem.value.say("ja")
