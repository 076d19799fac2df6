"""Windows are kept as they were found on a day; a key counts only for a domain that was fixed beforehand, and for good."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.app.log.models import Entry
from madoguchi.app.person.models import KeyDocument
from madoguchi.app.person.queries import official_phones, trusted_keys, windows
from madoguchi.app.person.services import keep_keys, keep_windows, state_case_facts
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem
from madoguchi.record import keys

FOUND = {
    "windows": [
        {"channel": "email", "value": "desk@minato.example", "grade": "privacy_page", "source": "https://minato.example/p"},
        {"channel": "phone", "value": "0120-000-000", "grade": "contact_page", "source": "https://minato.example/c"},
        {"channel": "phone", "value": "0120-999-999", "grade": "elsewhere", "source": "https://minato.example/c"},
    ]
}  # fmt: skip


def published(me, *listed: keys.Key, domain: str = "minato.example", ago: int = 0) -> bytes:
    document = wellknown.WellKnown(domain=domain, keys=listed, updated=me.now() - timedelta(days=ago))
    return wellknown.write(document)


@pytest.fixture
def key(me) -> keys.Key:
    return keys.public(Ed25519PrivateKey.generate(), since=me.now() - timedelta(days=100))


def test_windows_are_kept_with_their_sources_and_the_newest_look_counts(me, case, said, files):
    keep_windows(case=case, by=me.actor, answer=FOUND)
    assert windows(case) == FOUND["windows"]
    assert (said(case)["windows"], said(case)["sources"]) == (
        3,
        ["https://minato.example/c", "https://minato.example/p"],
    )
    assert json.loads(files(case)["windows.json"]) == FOUND
    keep_windows(case=case, by=me.actor, answer={"windows": FOUND["windows"][:1]})
    assert windows(case) == FOUND["windows"][:1]
    assert case.windowss.count() == 2


def test_the_official_numbers_are_those_of_the_person_and_of_official_windows(me, case):
    assert official_phones(case) == []
    state_case_facts(case=case, by=me.actor, facts={"phones": ["03-1111-2222", "0120-000-000"]})
    keep_windows(case=case, by=me.actor, answer=FOUND)
    assert official_phones(case) == ["03-1111-2222", "0120-000-000"]


@pytest.mark.parametrize("typed", ["minato.example", " Minato.Example. "])
def test_the_keys_of_a_fixed_domain_are_kept_and_count(me, case, key, said, files, typed: str):
    document = published(me, key)
    keep_keys(case=case, by=me.actor, domain=typed, document=document)
    assert trusted_keys(case) == {"minato.example": {key.kid: key}}
    assert (said(case)["domain"], said(case)["keys"]) == ("minato.example", [key.kid])
    assert files(case) == {"madoguchi.json": document}


@pytest.mark.parametrize("domain", ["other.example", "shop.minato.example", "example", ""])
def test_no_key_is_kept_for_a_domain_that_was_not_fixed(me, case, key, domain: str):
    before = Entry.objects.count()
    with pytest.raises(Problem, match="not fixed"):
        keep_keys(case=case, by=me.actor, domain=domain, document=published(me, key, domain="other.example"))
    assert (KeyDocument.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("what", ["other domain", "no document", "broken bytes", "empty"])
def test_what_is_no_document_of_the_domain_is_not_kept(me, case, key, what: str):
    document = {
        "other domain": published(me, key, domain="other.example"),
        "no document": b"<html>404</html>",
        "broken bytes": published(me, key).decode().encode("utf-16"),
        "empty": b"",
    }[what]
    with pytest.raises(Problem):
        keep_keys(case=case, by=me.actor, domain="minato.example", document=document)
    assert not KeyDocument.objects.exists()


def test_a_revocation_that_was_published_is_never_taken_back(me, case, key):
    ended = key.model_copy(
        update={"revoked": keys.Revoked(revoked_at=int(me.now().timestamp()) - 9, reason="compromised")}
    )
    keep_keys(case=case, by=me.actor, domain="minato.example", document=published(me, key, ago=3))
    keep_keys(case=case, by=me.actor, domain="minato.example", document=published(me, ended, ago=2))
    keep_keys(case=case, by=me.actor, domain="minato.example", document=published(me, key, ago=1))
    keep_keys(case=case, by=me.actor, domain="minato.example", document=published(me))
    assert trusted_keys(case)["minato.example"][key.kid].revoked.reason == "compromised"
    assert case.keydocuments.count() == 4


def test_a_domain_that_is_no_longer_fixed_vouches_for_nothing(me, case, key):
    keep_keys(case=case, by=me.actor, domain="minato.example", document=published(me, key))
    other = {"domains": [{"domain": "other.example", "known_from": "contract"}]}
    state_case_facts(case=case, by=me.actor, facts=other)
    assert trusted_keys(case) == {}


def test_keys_are_of_one_case(me, case, key):
    keep_keys(case=case, by=me.actor, domain="minato.example", document=published(me, key))
    assert trusted_keys(me.case()) == {}
