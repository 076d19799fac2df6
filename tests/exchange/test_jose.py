"""The compact JWS: what other programs make of ours, and what we refuse of others'."""

import base64
import json
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from madoguchi.exchange import NotAccepted, jose
from madoguchi.record import base64url, keys

# RFC 8037, A.1 and A.4
D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
VECTOR = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_signature_of_rfc_8037_holds_and_is_the_one_we_make():
    private = Ed25519PrivateKey.from_private_bytes(base64url.decode(D))
    message, _, signature = VECTOR.rpartition(".")
    assert base64url.encode(private.sign(message.encode())) == signature
    jose.Unverified(VECTOR, keys.thumbprint(X), {}).verify(keys.Key(x=X))
    with pytest.raises(NotAccepted) as problem:
        jose.Unverified(VECTOR[:-2] + "Ag"[::-1], keys.thumbprint(X), {}).verify(keys.Key(x=X))
    assert problem.value.reason == "signature"


def test_the_vector_of_the_rfc_is_no_statement_of_ours():
    with pytest.raises(NotAccepted) as problem:
        jose.take_apart(VECTOR)
    assert problem.value.reason == "header"


def test_our_header_says_three_things(made):
    header = json.loads(unpadded(made.jws("notice").split(".")[0]))
    assert header == {"alg": "EdDSA", "kid": keys.public(made.shop_key).kid, "typ": "madoguchi+jws"}


def test_cryptography_alone_verifies_our_signature(made):
    message, _, signature = made.jws("notice").rpartition(".")
    public = Ed25519PublicKey.from_public_bytes(made.shop_key.public_key().public_bytes_raw())
    public.verify(unpadded(signature), message.encode())


def test_openssl_verifies_our_signature_and_finds_a_changed_byte(made, tmp_path):
    message, _, signature = made.jws("notice").rpartition(".")
    pem = made.shop_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "signature").write_bytes(unpadded(signature))
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in message -sigfile signature".split()
    for text, code in ((message, 0), (message[:-1] + "_", 1)):
        (tmp_path / "message").write_text(text)
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == code


def test_the_same_statement_signed_twice_is_the_same_text(made):
    assert made.jws("answer") == made.jws("answer")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"alg": "none"}, "algorithm"),
        ({"alg": "HS256"}, "algorithm"),
        ({"alg": "RS256"}, "algorithm"),
        ({"alg": "ES256"}, "algorithm"),
        ({"alg": "Ed25519"}, "algorithm"),
        ({"alg": "eddsa"}, "algorithm"),
        ({"alg": None}, "algorithm"),
        ({"alg": ["EdDSA"]}, "algorithm"),
        ({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": X}}, "header"),
        ({"jku": "https://evil.example/keys"}, "header"),
        ({"x5u": "https://evil.example/cert"}, "header"),
        ({"x5c": ["MIIB"]}, "header"),
        ({"crit": ["exp"], "exp": 1}, "header"),
        ({"b64": False}, "header"),
        ({"b64": False, "crit": ["b64"]}, "header"),
        ({"cty": "JWT"}, "header"),
        ({"typ": "JWT"}, "header"),
        ({"typ": None}, "header"),
        ({"kid": None}, "header"),
        ({"kid": ["a"]}, "header"),
        ({"kid": 5}, "header"),
    ],
)
def test_any_other_header_is_refused_under_a_good_signature(made, trusted, change, reason):
    header = {"alg": "EdDSA", "kid": keys.public(made.shop_key).kid, "typ": "madoguchi+jws"} | change
    assert made.reason(made.raw(made.payload("notice"), header=header), trusted) == reason
    for missing in ("alg", "kid", "typ"):
        without = {name: value for name, value in header.items() if name not in (missing, *change)}
        assert made.reason(made.raw(made.payload("notice"), header=without), trusted) in {"header", "algorithm"}


def test_a_key_id_that_names_no_key_is_unknown(made, trusted):
    header = {"alg": "EdDSA", "kid": "2026-11", "typ": "madoguchi+jws"}
    assert made.reason(made.raw(made.payload("notice"), header=header), trusted) == "unknown_key"


def test_a_mac_made_with_the_public_key_as_its_secret_is_refused(made, trusted):
    public = made.shop_key.public_key()
    header = {"alg": "HS256", "kid": keys.public(made.shop_key).kid, "typ": "madoguchi+jws"}
    payload = json.dumps(made.payload("notice"))
    for secret in (public.public_bytes_raw(), base64url.encode(public.public_bytes_raw()).encode()):
        forged = jws.serialize_compact(header, payload, OctKey.import_key(secret), algorithms=["HS256"])
        assert made.reason(forged, trusted) == "algorithm"


def test_a_true_rsa_signature_and_none_at_all_are_refused(made, trusted):
    header = {"alg": "RS256", "kid": keys.public(made.shop_key).kid, "typ": "madoguchi+jws"}
    payload = json.dumps(made.payload("notice"))
    key = RSAKey.import_key(rsa.generate_private_key(65537, 2048))
    assert made.reason(jws.serialize_compact(header, payload, key, algorithms=["RS256"]), trusted) == "algorithm"
    bare = made.raw(made.payload("notice"), header={**header, "alg": "none"}).rpartition(".")[0] + "."
    assert made.reason(bare, trusted) == "algorithm"


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"none","alg":"EdDSA","kid":"x","typ":"madoguchi+jws"}',
        b'\xef\xbb\xbf{"alg":"EdDSA"}',
        b"[]",
        b"null",
        b"",
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_header_that_two_programs_could_read_differently_is_no_header(made, trusted, header):
    assert made.reason(made.raw(made.payload("notice"), header=header), trusted) == "not_a_statement"


@pytest.mark.parametrize(
    "payload",
    [
        b'{"issuer":"moritoutsuwa.example","issuer":"other.example"}',
        b'{"issuer":"moritoutsuwa.example","version":NaN}',
        b'{"issuer":' * 1000 + b"1" + b"}" * 1000,
        b"[" * 100_000,
        b'{"version":' + b"9" * 5000 + b"}",
        b"{}x",
        b"[]",
        b'"text"',
        b"",
        b"\xff\xfe",
    ],
)
def test_a_payload_that_is_no_plain_object_is_no_statement(made, trusted, payload):
    assert made.reason(made.raw(payload), trusted) == "not_a_statement"


def test_a_second_writing_of_the_same_bytes_is_refused(made, trusted):
    head, payload, signature = made.jws("notice").split(".")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    stray = last[last.index(signature[-1]) | 1]
    for other in (
        f"{head}.{payload}.{signature}=",
        f"{head}.{payload}.{signature}==",
        f"{head}.{payload}.{signature[:-1]}{stray}",
        f"{head}.{payload[:5]}\n{payload[5:]}.{signature}",
        f"{head}.{payload}.{signature}.",
        f"{head}.{payload}",
    ):
        assert made.reason(other, trusted) == "not_a_statement"
    assert made.reason(f"{head}..{signature}", trusted) == "not_a_statement"
    assert made.reason(f"{head}.{payload}.", trusted) == "signature"
    assert made.reason(f"{head}.{payload}.{signature}AAAA", trusted) == "signature"


def test_a_statement_beyond_the_limit_is_not_even_taken_apart(made, trusted):
    jws_text = made.jws("notice")
    assert made.open(jws_text, trusted, most_bytes=len(jws_text))
    assert made.reason(jws_text, trusted, most_bytes=len(jws_text) - 1) == "too_large"
    assert made.reason("e" * (2**20 + 1), trusted) == "too_large"


def test_a_large_statement_within_the_limit_is_read(made, trusted):
    payload = made.payload("answer")
    payload["body"]["answers"] = [
        {"number": number, "state": "answered", "text": "含まれます。" * 400} for number in range(1, 101)
    ]
    text = jose.sign(json.dumps(payload, ensure_ascii=False).encode(), made.shop_key)
    assert len(text) > 700_000
    assert len(made.open(text, trusted).statement.body.answers) == 100
