"""The keys of a company's domain: made, replaced with an overlap, revoked; and the document that publishes them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.accounts.services import change_organisation
from madoguchi.app.log.queries import payload
from madoguchi.app.statements.models import StatementKey
from madoguchi.app.statements.queries import keyset, must_sign, signing_key, usable, well_known
from madoguchi.app.statements.services import OVERLAP, make_key, revoke_key
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem
from madoguchi.record import keys
from madoguchi.record.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(shop_case):
    shop_case.organisation = change_organisation(
        organisation=shop_case.organisation,
        by=shop_case.owner,
        domain="Minato.Example",
        desk_email="desk@minato.example",
    )
    return shop_case


def test_a_key_belongs_to_a_domain(shop_case):
    with pytest.raises(Problem, match="official domain"):
        make_key(organisation=shop_case.organisation, by=shop_case.owner)
    assert not StatementKey.objects.exists()


def test_the_new_key_signs_and_its_private_half_is_in_no_row_and_no_entry(shop):
    made = make_key(organisation=shop.organisation, by=shop.owner)
    private = must_sign(shop.organisation, timezone.now())
    assert keys.public(private).kid == made.kid
    entry = shop.organisation.record_log().entries.last()
    told = payload(entry)
    assert told["domain"] == "minato.example"
    assert "d" not in told["key"]
    assert "d" not in made.jwk


def test_an_organisation_without_a_key_is_told_what_to_do(shop):
    assert signing_key(shop.organisation, timezone.now()) is None
    with pytest.raises(Problem, match="owner"):
        must_sign(shop.organisation, timezone.now())


def test_after_a_rotation_the_new_key_signs_and_the_old_one_counts_seven_days_more(shop):
    first = make_key(organisation=shop.organisation, by=shop.owner)
    second = make_key(organisation=shop.organisation, by=shop.owner)
    now = timezone.now()
    assert keys.public(must_sign(shop.organisation, now)).kid == second.kid
    assert [row.kid for row in usable(shop.organisation, now)] == [second.kid, first.kid]
    later = now + OVERLAP + timedelta(minutes=1)
    assert [row.kid for row in usable(shop.organisation, later)] == [second.kid]
    assert {key.kid for key in keyset(shop.organisation)} == {first.kid, second.kid}


def test_a_third_key_does_not_lengthen_the_life_of_the_first(shop):
    first = make_key(organisation=shop.organisation, by=shop.owner)
    make_key(organisation=shop.organisation, by=shop.owner)
    first.refresh_from_db()
    ends = first.key.exp
    make_key(organisation=shop.organisation, by=shop.owner)
    first.refresh_from_db()
    assert first.key.exp <= ends


def test_a_revoked_key_signs_nothing_and_stays_listed_with_its_reason(shop):
    made = make_key(organisation=shop.organisation, by=shop.owner)
    revoke_key(key=made, by=shop.owner, reason="compromised")
    assert signing_key(shop.organisation, timezone.now() + timedelta(seconds=2)) is None
    (listed,) = keyset(shop.organisation)
    assert listed.revoked.reason == "compromised"
    with pytest.raises(KeyDestroyed):
        vault.store().signing_key(made.name)


def test_a_key_is_revoked_once_and_for_a_reason(shop):
    made = make_key(organisation=shop.organisation, by=shop.owner)
    with pytest.raises(Problem, match="compromised"):
        revoke_key(key=made, by=shop.owner, reason="just so")
    revoke_key(key=made, by=shop.owner, reason="superseded")
    with pytest.raises(Problem, match="already"):
        revoke_key(key=made, by=shop.owner, reason="superseded")


def test_the_published_document_is_read_back_under_its_own_domain_alone(shop):
    made = make_key(organisation=shop.organisation, by=shop.owner)
    document = well_known(shop.organisation, announcements=[], now=timezone.now())
    read = wellknown.read(document, "minato.example")
    assert made.kid in read.keyset
    assert [(window.channel, window.value) for window in read.windows] == [
        ("email", "desk@minato.example"),
        ("phone", "0120-000-000"),
    ]
    with pytest.raises(Problem):
        wellknown.read(document, "other.example")


@pytest.mark.parametrize(
    "domain", ["minato", "minato..example", "http://minato.example/", "minato example", "-a.example"]
)
def test_what_is_no_domain_is_refused(shop_case, domain: str):
    with pytest.raises(Problem):
        change_organisation(organisation=shop_case.organisation, by=shop_case.owner, domain=domain)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("０１２０－０００－０００", "0120-000-000"),
        ("03-0000-0001（代表）", "03-0000-0001"),
        ("03(0000)0001 内線5", "03(0000)0001"),
        ("なし", None),
    ],
)
def test_a_desk_phone_as_shops_type_it_is_a_window_or_none(shop, typed: str, value: str | None):
    shop.organisation = change_organisation(organisation=shop.organisation, by=shop.owner, desk_phone=typed)
    read = wellknown.read(well_known(shop.organisation, announcements=[], now=timezone.now()), "minato.example")
    assert [window.value for window in read.windows if window.channel == "phone"] == ([value] if value else [])


def test_the_published_document_names_the_keys_of_the_case_files_too_and_is_taken_as_a_file_of_keys(shop):
    made = make_key(organisation=shop.organisation, by=shop.owner)
    incident = shop.incident()
    from madoguchi.app.company.services import export_case_file

    data = export_case_file(incident=incident, by=shop.owner, to="弁護士")
    document = well_known(shop.organisation, announcements=[], now=timezone.now())
    trusted = keys.read_trusted(document, file="madoguchi.json")
    assert made.kid in trusted["minato.example"]
    verdict = verify(data, trusted)
    assert (verdict.whole, verdict.signer) == (True, "minato.example")
