"""A statement counts only when it is whole, of its time, in its form, and signed by a key that was known before."""

import json
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from madoguchi import exchange
from madoguchi.exchange import NotAccepted, carry
from madoguchi.problem import Problem
from madoguchi.record import canonical, keys

COMPANY = ["notice", "announcement", "answer"]
DAY = timedelta(days=1)


@pytest.mark.parametrize("kind", COMPANY)
def test_a_statement_comes_back_as_it_was_signed(made, trusted, kind):
    statement = made.statement(kind)
    opened = made.open(exchange.sign(statement, made.shop_key), trusted)
    assert opened.statement == statement
    assert (opened.domain, opened.kid) == (made.shop, keys.public(made.shop_key).kid)


def test_an_inquiry_comes_back_and_says_only_which_key_it_is_from(made):
    opened = exchange.open_inquiry(made.jws("inquiry"), to=made.shop, now=made.now)
    assert opened.statement == made.statement("inquiry")
    assert opened.domain is None
    assert opened.kid == keys.public(made.person_key).kid


def test_the_statement_is_kept_as_it_came_apart_from_white_space_around_it(made, trusted):
    jws = made.jws("notice")
    assert made.open(f"\r\n {jws}\n", trusted).jws == jws


def test_every_changed_byte_is_found(made, trusted):
    jws = made.jws("notice")
    for at, letter in enumerate(jws):
        for other in {"A", "B", "-", ".", chr(ord(letter) ^ 1)} - {letter}:
            with pytest.raises(NotAccepted):
                made.open(jws[:at] + other + jws[at + 1 :], trusted)


def test_every_cut_is_found(made, trusted):
    jws = made.jws("notice")
    for at in range(len(jws)):
        with pytest.raises(NotAccepted):
            made.open(jws[:at], trusted)


def test_a_key_that_is_not_known_proves_nothing(made, trusted):
    assert made.reason(made.raw(made.payload("notice"), key=made.a_key("nobody")), trusted) == "unknown_key"
    assert made.reason(made.jws("notice"), {}) == "unknown_key"


def test_the_key_of_another_domain_cannot_speak_for_this_one(made, trusted):
    assert made.reason(made.raw(made.payload("notice"), key=made.a_key("other shop")), trusted) == "key_of_other_domain"


def test_the_shop_cannot_speak_for_another_domain(made, trusted):
    payload = {**made.payload("notice"), "issuer": "other.example"}
    assert made.reason(made.raw(payload), trusted) == "key_of_other_domain"


@pytest.mark.parametrize(
    "issuer", [None, 5, "", "shop", "Moritoutsuwa.example", "https://shop.example", "a..b", "ä.jp"]
)
def test_an_issuer_that_is_no_domain_is_refused(made, trusted, issuer):
    assert made.reason(made.raw({**made.payload("notice"), "issuer": issuer}), trusted) == "issuer"


def test_a_signature_under_the_right_key_id_by_another_key_does_not_hold(made, trusted):
    head = {"alg": "EdDSA", "kid": keys.public(made.shop_key).kid, "typ": "madoguchi+jws"}
    forged = made.raw(made.payload("notice"), key=made.a_key("nobody"), header=head)
    assert made.reason(forged, trusted) == "signature"


def listed(made, **more) -> keys.Trusted:
    key = keys.public(made.shop_key).model_copy(update=more)
    return {made.shop: {key.kid: key}}


def seconds(instant) -> int:
    return int(instant.timestamp())


def test_a_key_must_have_been_valid_when_it_signed(made):
    jws = made.jws("notice")
    assert made.reason(jws, listed(made, nbf=seconds(made.now) + 1)) == "key_not_valid"
    assert made.reason(jws, listed(made, exp=seconds(made.now))) == "key_not_valid"
    assert made.open(jws, listed(made, nbf=seconds(made.now), exp=seconds(made.now) + 1), now=made.now + DAY)


def test_a_replaced_key_vouches_for_what_it_signed_before_and_for_nothing_later(made):
    jws = made.jws("notice")
    before, after = (keys.Revoked(revoked_at=seconds(made.now + shift), reason="superseded") for shift in (-DAY, DAY))
    assert made.open(jws, listed(made, revoked=after), now=made.now + 2 * DAY)
    assert made.reason(jws, listed(made, revoked=before)) == "key_revoked"


@pytest.mark.parametrize("reason", ["compromised", "unspecified"])
def test_a_stolen_key_vouches_for_nothing_whatever_the_date(made, reason):
    revoked = keys.Revoked(revoked_at=seconds(made.now + DAY), reason=reason)
    assert made.reason(made.jws("notice"), listed(made, revoked=revoked)) == "key_revoked"


def test_a_key_revoked_before_it_began_is_told_as_out_of_its_time(made):
    revoked = keys.Revoked(revoked_at=0, reason="compromised")
    later = listed(made, nbf=seconds(made.now + DAY), revoked=revoked)
    assert made.reason(made.jws("notice"), later) == "key_not_valid"


def test_a_statement_has_its_time_with_five_minutes_between_clocks(made, trusted):
    jws, year = made.jws("notice"), timedelta(days=365)
    five = timedelta(minutes=5)
    for now in (made.now - five, made.now + year + five):
        assert made.open(jws, trusted, now=now)
    a_little = timedelta(microseconds=1)
    assert made.reason(jws, trusted, now=made.now - five - a_little) == "not_yet"
    assert made.reason(jws, trusted, now=made.now + year + five + a_little) == "expired"


def test_an_old_statement_is_checked_for_the_instant_of_its_arrival(made, trusted):
    jws = made.jws("notice")
    assert made.reason(jws, trusted, now=made.now + timedelta(days=3000)) == "expired"
    assert made.open(jws, trusted, now=made.now + DAY)


def test_the_same_statement_twice_is_a_replay(made, trusted):
    asked = []
    assert made.open(made.jws("notice"), trusted, seen=lambda each: asked.append(each) or False)
    assert asked == [made.payload("notice")["id"]]
    assert made.reason(made.jws("notice"), trusted, seen=asked.__contains__) == "replayed"


def test_what_is_not_accepted_for_another_reason_is_never_asked_for_as_a_replay(made, trusted):
    asked = []
    forged = made.raw(made.payload("notice"), key=made.a_key("nobody"))
    assert made.reason(forged, trusted, seen=lambda each: asked.append(each) or True) == "unknown_key"
    assert asked == []


def test_only_the_types_that_are_expected_are_opened(made, trusted):
    assert made.open(made.jws("answer"), trusted, expect={"answer"})
    assert made.reason(made.jws("answer"), trusted, expect={"notice", "announcement"}) == "type"
    assert made.reason(made.raw({**made.payload("notice"), "type": "order"}), trusted) == "type"
    assert made.reason(made.raw({**made.payload("notice"), "type": ["notice"]}), trusted) == "type"


def test_an_inquiry_is_no_statement_of_a_company_even_where_its_key_is_trusted(made, trusted):
    assert made.reason(made.jws("inquiry"), trusted) == "type"
    own = keys.public(made.person_key)
    payload = {**made.payload("inquiry"), "issuer": made.shop}
    pretended = made.raw(payload, key=made.person_key)
    assert made.reason(pretended, {made.shop: {own.kid: own}}, expect={"inquiry"}) == "type"


def test_a_notice_is_no_inquiry(made):
    assert made.inquiry_reason(made.jws("notice")) == "type"


@pytest.mark.parametrize("version", [0, 2, 10**30])
def test_another_version_asks_for_a_newer_program(made, trusted, version):
    assert made.reason(made.raw({**made.payload("notice"), "version": version}), trusted) == "version"


def test_a_statement_of_a_newer_catalogue_is_still_read(made, trusted):
    payload = made.payload("notice")
    payload["body"]["items"][0]["key"] = "dna_sample"
    assert made.open(made.raw(payload), trusted).statement.body.items[0].key == "dna_sample"


def test_nobody_signs_an_item_that_is_not_in_the_catalogue(made):
    for kind, spoil in (
        ("notice", lambda body: body["items"].append({"key": "emial", "tier": "proved"})),
        ("announcement", lambda body: body["not_leaked"].append("emial")),
        ("answer", lambda body: body["answers"][0]["items"].append({"key": "emial", "tier": "proved"})),
    ):
        payload = made.payload(kind)
        spoil(payload["body"])
        with pytest.raises(Problem, match="did you mean 'email'"):
            exchange.sign(type(made.statement(kind)).model_validate(payload), made.shop_key)


# ---------------------------------------------------------------- the inquiry


def test_an_inquiry_signed_by_another_key_than_its_own_is_refused(made):
    other = made.a_key("somebody else")
    assert made.inquiry_reason(made.raw(made.payload("inquiry"), key=other)) == "issuer"
    head = {"alg": "EdDSA", "kid": keys.public(made.person_key).kid, "typ": "madoguchi+jws"}
    assert made.inquiry_reason(made.raw(made.payload("inquiry"), key=other, header=head)) == "signature"


def test_an_inquiry_that_claims_another_home_is_refused(made):
    payload = {**made.payload("inquiry"), "issuer": exchange.issuer(keys.public(made.a_key("somebody else")))}
    assert made.inquiry_reason(made.raw(payload, key=made.person_key)) == "issuer"
    with pytest.raises(NotAccepted) as problem:
        exchange.sign(exchange.Inquiry.model_validate(payload), made.person_key)
    assert problem.value.reason == "issuer"


def test_nobody_signs_an_inquiry_with_another_key_than_it_carries(made):
    with pytest.raises(NotAccepted) as problem:
        exchange.sign(made.statement("inquiry"), made.shop_key)
    assert problem.value.reason == "issuer"


def test_an_inquiry_to_another_company_is_not_ours(made):
    jws = made.jws("inquiry")
    assert made.inquiry_reason(jws, to="other.example") == "addressee"
    assert made.inquiry_reason(jws, to={"other.example", "third.example"}) == "addressee"
    assert exchange.open_inquiry(jws, to=["other.example", made.shop], now=made.now)


def test_a_person_opens_their_own_kept_inquiry_years_later(made):
    jws = made.jws("inquiry")
    assert made.inquiry_reason(jws, now=made.now + timedelta(days=3000)) == "expired"
    assert exchange.open_inquiry(jws, to=None, now=None).statement == made.statement("inquiry")


def test_an_inquiry_sent_twice_is_a_replay(made):
    assert made.inquiry_reason(made.jws("inquiry"), seen=lambda _: True) == "replayed"


def test_an_inquirys_key_with_a_second_writing_is_refused(made):
    payload = made.payload("inquiry")
    x = payload["body"]["key"]["x"]
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        if last != x[-1]:
            payload["body"]["key"]["x"] = x[:-1] + last
            assert made.inquiry_reason(made.raw(payload, key=made.person_key)) in {"schema", "issuer"}


# ---------------------------------------------------------------- answer and inquiry


def answered(made, **more) -> exchange.Opened:
    payload = made.payload("answer")
    payload["body"] |= {"inquiry_sha256": exchange.statement_digest(made.jws("inquiry")), **more}
    listed_keys = listed(made)
    listed_keys["other.example"] = listed_keys[made.shop]
    payload["issuer"] = payload["body"].pop("issuer", made.shop)
    return made.open(made.raw(payload), listed_keys)


def test_an_answer_belongs_to_one_inquiry_and_to_the_company_that_was_asked(made):
    asked = exchange.open_inquiry(made.jws("inquiry"), to=None, now=None)
    assert exchange.is_answer_to(answered(made), asked)
    assert not exchange.is_answer_to(answered(made, inquiry_sha256="1" * 64), asked)
    assert not exchange.is_answer_to(answered(made, inquiry="6f1c1f6e-8a5e-4c0e-9a70-2f6f3d6f0a99"), asked)
    assert not exchange.is_answer_to(answered(made, issuer="other.example"), asked)
    assert not exchange.is_answer_to(asked, asked)


# ---------------------------------------------------------------- whatever comes


@given(
    text=st.text(min_size=1, max_size=80),
    number=st.integers(1, 999),
    after=st.timedeltas(timedelta(), timedelta(days=3000)),
    lasts=st.timedeltas(timedelta(microseconds=1), timedelta(days=3000)),
)
def test_whatever_an_answer_says_comes_back(made, text, number, after, lasts):
    payload = made.payload("answer")
    payload["body"]["answers"] = [{"number": number, "state": "partly", "text": text}]
    payload |= {"issued": made.now + after, "expires": made.now + after + lasts}
    try:
        statement = exchange.Answer.model_validate(payload)
    except ValidationError:
        assert re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        return
    jws = exchange.sign(statement, made.shop_key)
    opened = made.open(jws, listed(made), now=statement.issued)
    assert opened.statement == statement
    assert opened.statement.body.answers[0].text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert carry.find(carry.block(jws)) == carry.find("", [carry.attachment(jws)]) == [jws]


@given(st.text(max_size=300))
def test_any_text_is_refused_with_a_reason(made, trusted, text):
    for opening in (made.reason, lambda each, _: made.inquiry_reason(each)):
        assert opening(text, trusted) in {"not_a_statement", "algorithm", "header"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON, within=st.booleans())
def test_any_payload_under_a_good_signature_is_refused_with_a_reason(made, trusted, value, within):
    payload = {**made.payload("notice"), "body": value} if within else value
    assert made.reason(made.raw(json.dumps(payload).encode()), trusted) in {"not_a_statement", "schema", "issuer"}


@given(key=st.sampled_from(["organisation", "items", "dates", "cause", "windows", "incident", "covers"]), value=JSON)
def test_any_value_in_any_place_is_read_or_refused_with_its_place(made, trusted, key, value):
    payload = made.payload("notice")
    payload["body"][key] = value
    try:
        opened = made.open(made.raw(json.dumps(payload).encode()), trusted)
    except NotAccepted as problem:
        assert problem.reason in {"not_a_statement", "schema"}  # noqa: PT017
        assert problem.reason == "not_a_statement" or problem.place.startswith(("body", "statement"))  # noqa: PT017
        problem.say("ja").encode()
    else:
        assert canonical.encode(opened.statement.model_dump(mode="json", exclude_none=True))


def test_a_strangers_key_is_shown_short_and_printable(made, trusted):
    payload = {**made.payload("notice"), "x\n\u202e\ud800" + "y" * 500: 1}
    with pytest.raises(NotAccepted) as problem:
        made.open(made.raw(payload), trusted)
    assert problem.value.reason == "schema"
    assert len(problem.value.place) <= 80
    assert problem.value.place.isprintable()
    problem.value.say("en").encode()
