"""The electronic signatures of mails: what holds, and everything that only looks as if it did."""

import base64
from datetime import timedelta

import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.authenticity import signature

DOMAIN = "mihon.example"
MAIL = b"From: info@mihon.example\r\nTo: taro@user.example\r\nSubject: hello\r\nDate: x\r\n\r\nfirst line\r\nsecond  line \r\n"
# The example of RFC 8463, appendix A: made by others, one mail under an Ed25519 and an RSA key.
RFC_8463_KEY = b"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
SHORT_KEY = (  # 768 bits
    "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAMbGRVUP8pVkcdyGHBGvdTs60UMtLQbNZtPbXQIRd5bNvtWFJ3XYSVZQSwBXOKE1Wn4TAJDSYNTcYdVxbu"
    "Nx5Li0NTm9DgsKDX+jo8TZZPm3yALdFKVFnN4gn34pCQIDAQAB"
)


def states(mail: bytes, dns, now) -> list[str]:
    return [one.state for one in signature.signatures(mail, counts=lambda domain: domain == DOMAIN, dns=dns, now=now)]


@pytest.mark.parametrize(
    "form", [(b"simple", b"simple"), (b"relaxed", b"relaxed"), (b"relaxed", b"simple"), (b"simple", b"relaxed")]
)
@pytest.mark.parametrize("body", [b"", b"\r\n\r\n", b"a\r\n\r\n\r\n", b" \t a \t b\t\r\n", b"no end"])
def test_a_signature_by_another_program_holds_in_every_form(form, body, post, now):
    mail = MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body
    signed = post.sign(mail, DOMAIN, canonicalize=form)
    assert states(signed, post.dns, now) == ["valid"]
    assert states(signed.replace(b"\r\n", b"\n"), post.dns, now) == ["valid"]


def test_folded_fields_and_mbox_lines_do_no_harm(post, now):
    mail = MAIL.replace(b"Subject: hello", b"Subject: hello\r\n\tagain  and\r\n again")
    signed = post.sign(mail, DOMAIN)
    assert states(signed, post.dns, now) == ["valid"]
    assert states(b"From x@y Sat Nov 21 10:00:00 2026\r\n" + signed, post.dns, now) == ["valid"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"first", b"forst"),
        (b"Subject: hello", b"Subject: hollo"),
        (b"info@mihon", b"inf0@mihon"),
        (b"second", b"http://evil.example second"),
    ],
)
def test_a_change_breaks_it(old, new, post, now):
    assert states(post.sign(MAIL, DOMAIN).replace(old, new), post.dns, now) == ["bad"]


def test_another_key_breaks_it(post, now):
    other = type(post)()
    assert states(post.sign(MAIL, DOMAIN), other.dns, now) == ["bad"]


def test_text_added_after_a_partial_signature_never_counts(post, now):
    signed = post.sign(MAIL, DOMAIN, length=True)
    assert b"l=" in signed
    assert states(signed, post.dns, now) == ["partial"]
    assert states(signed + b"more\r\n", post.dns, now) == ["partial"]


def test_a_second_sender_or_subject_put_on_top_never_counts(post, now):
    for headers in (None, [b"from", b"to", b"subject", b"date"]):
        signed = post.sign(MAIL, DOMAIN, headers=headers)
        for added in (b"From: other@evil.example\r\n", b"Subject: other\r\n"):
            assert states(added + signed, post.dns, now)[0] in {"bad", "uncovered"}


def test_a_signature_that_leaves_the_subject_open_never_counts(post, now):
    assert states(post.sign(MAIL, DOMAIN, headers=[b"from", b"to"]), post.dns, now) == ["uncovered"]


def retag(signed: bytes, **tags: bytes) -> bytes:
    """Add tags to a signature (which breaks it, unless it was made with them)."""
    more = b"".join(b" " + name.encode() + b"=" + value + b";" for name, value in tags.items())
    return signed.replace(b"v=1;", b"v=1;" + more, 1)


def made_at(post, monkeypatch, now, *, lasts: timedelta) -> bytes:
    """Sign with an end of time, which the other program cannot write by itself."""
    ends = str(int((now + lasts).timestamp())).encode()
    original = dkim.DKIM.gen_header

    def with_end(self, fields, *args, **more):
        return original(self, [fields[0], (b"x", ends), *fields[1:]], *args, **more)

    monkeypatch.setattr(dkim.DKIM, "gen_header", with_end)
    monkeypatch.setattr(dkim.time, "time", (now - timedelta(days=9)).timestamp)
    return post.sign(MAIL, DOMAIN)


def test_its_own_end_of_time_is_kept(post, monkeypatch, now):
    signed = made_at(post, monkeypatch, now, lasts=timedelta(days=-1))
    assert states(signed, post.dns, now) == ["expired"]
    assert states(signed, post.dns, now - timedelta(days=2)) == ["valid"]
    assert states(signed.replace(b"first", b"other"), post.dns, now) == ["bad"]


def test_a_signature_from_the_future_is_none(post, now):
    assert states(post.sign(MAIL, DOMAIN), post.dns, now - timedelta(days=3)) == ["bad"]


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ("{good}", "valid"),
        ("p={key}", "valid"),
        ("v=DKIM1; k=rsa; s=email; h=sha256:sha1; t=s; n=note; p={key}", "valid"),
        ("v=DKIM1; t=y; p={key}", "testing"),
        ("v=DKIM1; t=y:s; p={key}", "testing"),
        ("v=DKIM1; p=", "no_key"),
        ("v=DKIM2; p={key}", "no_key"),
        ("v=DKIM1; s=tlsrpt; p={key}", "no_key"),
        ("v=DKIM1; h=sha1; p={key}", "no_key"),
        ("v=DKIM1; k=ed25519; p={key}", "no_key"),
        ("v=DKIM1; p=AAAA", "no_key"),
        ("v=DKIM1; p=!!", "bad"),
        ("v=spf1 -all", "no_key"),
        ("", "no_key"),
        (f"v=DKIM1; p={SHORT_KEY}", "weak"),
    ],
)
def test_a_key_record_is_read_as_the_standard_says(record, state, post, now):
    key = post.record.partition("p=")[2]
    text = record.format(good=post.record, key=key)
    assert states(post.sign(MAIL, DOMAIN), lambda _: [text.encode()], now) == [state]


def test_one_good_record_among_others_is_enough(post, now):
    assert states(post.sign(MAIL, DOMAIN), lambda _: [b"v=spf1 -all", post.record.encode()], now) == ["valid"]


def test_no_record_no_answer_and_nobody_to_ask_are_told_apart(post, now):
    def down(_: str) -> list[bytes]:
        raise OSError

    signed = post.sign(MAIL, DOMAIN)
    assert states(signed, lambda _: [], now) == ["no_key"]
    assert states(signed, down, now) == ["unreachable"]
    assert states(signed, None, now) == ["not_asked"]


def test_sha_1_is_too_weak(post, now):
    assert states(post.sign(MAIL, DOMAIN, signature_algorithm=b"rsa-sha1"), post.dns, now) == ["weak"]


def test_of_several_signatures_each_has_its_state(post, now):
    signed = post.sign(post.sign(post.sign(MAIL, DOMAIN), "list.example"), DOMAIN)
    assert states(signed, post.dns, now) == ["valid", "other_domain", "valid"]
    many = b"".join(signed.partition(b"From:")[0] for _ in range(40)) + MAIL
    assert len(states(many, lambda _: [], now)) == signature.MOST


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"d=mihon.example", b"d="),
        (b"h=", b"g="),
        (b"a=rsa-sha256", b"a=none"),
        (b"v=1", b"v=2"),
        (b"c=relaxed/simple", b"c=odd"),
        (b"i=@mihon.example", b"i=@other.example"),
        (b"q=dns/txt", b"q=http"),
        (b"t=", b"t=x"),
    ],
)
def test_a_signature_in_a_wrong_form_is_none(old, new, post, now):
    signed = post.sign(MAIL, DOMAIN)
    assert old in signed
    assert "valid" not in states(signed.replace(old, new, 1), post.dns, now)


def test_a_tag_put_in_breaks_it(post, now):
    assert states(retag(post.sign(MAIL, DOMAIN), z=b"x"), post.dns, now) == ["bad"]


def test_the_example_of_rfc_8463_holds_for_both_its_keys(shared, now):
    folder = shared / "data" / "emails" / "dkim_and_auth"
    mail = (folder / "mimekit_rfc8463-example.msg").read_bytes()
    rsa = (folder / "dkimpy_test.txt").read_bytes().strip()

    def dns(name: str) -> list[bytes]:
        return [RFC_8463_KEY if name.startswith("brisbane.") else rsa]

    found = signature.signatures(mail, counts=lambda _: True, dns=dns, now=now)
    assert sorted((one.selector, one.state) for one in found) == [("brisbane", "valid"), ("test", "valid")]
    broken = signature.signatures(mail.replace(b"hungry", b"thirsty"), counts=lambda _: True, dns=dns, now=now)
    assert {one.state for one in broken} == {"bad"}


@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b" x", b"DKIM-Signature", b"no field\r\n\r\n", b"DKIM-Signature: ;;;=;\r\n\r\n"]
)
def test_what_has_no_signature_has_none(data, now):
    assert states(data, lambda _: [], now) == []


@pytest.mark.parametrize(
    ("mail", "state"),
    [
        (MAIL + b" " * 2_000_000, "bad"),
        (MAIL + b"\r\n" * 1_000_000 + b"x\r\n", "bad"),
        (MAIL + b"\r\n" * 1_000_000, "valid"),
        (MAIL.replace(b"hello", b"hello" + b"\r\n " * 200_000), "valid"),
        (MAIL.replace(b"hello", b" " * 1_000_000 + b"x"), "bad"),
    ],
    ids=["blanks", "empty lines and more", "empty lines", "folds", "a long field"],
)
def test_huge_runs_of_blanks_take_a_moment(mail, state, post, now):
    head = post.sign(MAIL, DOMAIN).partition(b"From:")[0]
    assert states(head + mail, post.dns, now) == [state]


@given(st.binary(max_size=200), st.binary(max_size=60))
def test_no_signature_makes_the_check_fail(tags, record):
    from datetime import UTC, datetime

    mail = (
        b"DKIM-Signature: v=1; a=rsa-sha256; d=mihon.example; s=s; h=from; bh="
        + base64.b64encode(b"x" * 32)
        + b"; "
        + tags
        + b"\r\nFrom: a@mihon.example\r\n\r\n"
    )
    assert "valid" not in states(mail, lambda _: [record, b"v=DKIM1; p=" + record], datetime.now(UTC))
