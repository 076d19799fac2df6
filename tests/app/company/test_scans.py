"""What a scan found becomes people with their items, contact data sealed, and the facts that follow."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from madoguchi.app.company import masks
from madoguchi.app.company.models import Exposure, FactSheet, Person, Scan
from madoguchi.app.company.queries import current_facts, current_scan, people
from madoguchi.app.company.services import take_scan
from madoguchi.app.company.services.scans import contact_of, index
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file, payload
from madoguchi.app.notices.services import queue_notices
from madoguchi.app.vault.seal import SealBroken
from madoguchi.problem import Problem
from madoguchi.scope import Affected, Result
from madoguchi.scope import Exposure as Found
from madoguchi.text import emails, phones

PROVED = {
    "A1": {"name", "email", "member_id", "password"},
    "A2": {"name", "address", "phone", "email", "member_id", "password", "card_number"},
    "A3": {"name", "address", "phone", "member_id"},
    "A4": {"name", "phone", "member_id"},
    "A5": {"name", "phone", "member_id"},
}


def result(*found: tuple[str, str, str], summary: dict | None = None, place: str = "x.csv:2") -> Result:
    """Return a result of (person, item, tier)."""
    exposures = [Found(who, item, tier, "email", "x.csv", place, 0, 4, 1) for who, item, tier in found]
    listed = [Affected(who, "proved", ()) for who in dict.fromkeys(who for who, _, _ in found)]
    said = {"people": {}, "items": {}, "files": [], "unread": [], "not_identifying": [], **(summary or {})}
    return Result(exposures, listed, said)


@pytest.fixture
def incident(shop_case):
    return shop_case.incident()


def test_everybody_of_the_leak_is_a_person_with_their_own_items_and_nobody_else(shop_case, incident):
    found = shop_case.persons(shop_case.take(incident))
    assert {who: set(masks.items(person.proved)) for who, person in found.items()} == PROVED
    assert all(person.possible == person.population == 0 for person in found.values())


def test_every_item_keeps_the_place_of_its_proof(shop_case, incident):
    found = shop_case.persons(shop_case.take(incident))
    proof = Exposure.objects.get(person=found["A2"], item="card_number")
    leak = shop_case.files.leaks[1].read_bytes()
    assert leak[proof.offset : proof.offset + proof.length] == b"4111111111111111"
    assert (proof.tier, proof.source, proof.place) == ("proved", "orders.csv", "orders.csv:2")
    assert Exposure.objects.filter(person__scan__incident=incident).count() == len(shop_case.files.result.exposures)


def test_the_tiers_stand_apart(shop_case, incident):
    found = shop_case.persons(
        shop_case.take(
            incident,
            result(
                ("A1", "email", "proved"),
                ("A1", "name", "possible"),
                ("A2", "name", "possible"),
                ("A6", "phone", "population"),
            ),
        )
    )
    tiers = {
        who: tuple(masks.items(mask) for mask in (person.proved, person.possible, person.population))
        for who, person in found.items()
    }
    assert tiers == {"A1": (["email"], ["name"], []), "A2": ([], ["name"], []), "A6": ([], [], ["phone"])}


def test_a_person_has_at_least_one_item(shop_case, incident):
    scan = shop_case.take(incident)
    person = scan.people.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(id=person.id).update(proved=0, possible=0, population=0)


def test_the_contact_data_comes_back_as_the_list_has_it(shop_case, incident):
    for who, person in shop_case.persons(shop_case.take(incident)).items():
        assert contact_of(person) == shop_case.contact(who)


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_no_name_mail_phone_or_address_in_any_writing(shop_case, found_in_database, mail_server):
    incident = shop_case.incident(title="この題名は読める")
    shop_case.take(incident)
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    secrets = []
    for contact in shop_case.files.contacts.values():
        secrets += [value for value in contact[1:] if value]
        secrets += [piece for piece in (contact.name or "").split() if len(piece) > 1]
        if contact.email:
            secrets += [emails.canonical(contact.email) or contact.email, contact.email.partition("@")[0]]
        if contact.phone:
            secrets += [phones.canonical(contact.phone), phones.canonical(contact.phone)[3:]]
    assert len(secrets) > 30
    # The other way round first: what is not sealed is found by this search.
    assert found_in_database(["この題名は読める", "orders.csv:2"]) == {"この題名は読める", "orders.csv:2"}
    assert found_in_database(secrets) == set()


@pytest.mark.django_db(transaction=True)
def test_a_value_that_many_share_is_not_kept_in_the_clear(shop_case, found_in_database):
    incident = shop_case.incident()
    shared = {"not_identifying": [{"item": "phone", "value": "+81355556666", "people": 21}]}
    scan = shop_case.take(incident, result(("A1", "email", "proved"), summary=shared))
    assert scan.summary["not_identifying"] == [{"item": "phone", "people": 21}]
    assert found_in_database(["+81355556666"]) == set()


@pytest.mark.parametrize(
    "written",
    [
        "taro.yamada@mail.example",
        "TARO.YAMADA@MAIL.EXAMPLE",
        "ｔａｒｏ．ｙａｍａｄａ＠ｍａｉｌ．ｅｘａｍｐｌｅ",
        "Taro.Yamada+news@mail.example",
        " 山田 <taro.yamada@mail.example> ",
    ],
)
def test_a_person_is_found_by_mail_however_it_is_written(shop_case, incident, written: str):
    found = shop_case.persons(shop_case.take(incident))
    assert Person.objects.get(by_email=index(incident, "email", emails.canonical(written))) == found["A1"]


@pytest.mark.parametrize("written", ["03-3344-5566", "０３（３３４４）５５６６", "+81 3 3344 5566", "0333445566"])
def test_a_household_is_found_by_phone_however_it_is_written(shop_case, incident, written: str):
    found = shop_case.persons(shop_case.take(incident))
    by_phone = Person.objects.filter(by_phone=index(incident, "phone", phones.canonical(written)))
    assert set(by_phone) == {found["A2"], found["A3"]}


def test_who_has_no_usable_mail_has_no_index_of_it_and_is_found_by_id(shop_case, incident):
    found = shop_case.persons(shop_case.take(incident))
    assert found["A3"].by_email is None
    assert found["A5"].by_email is None
    assert Person.objects.get(by_list_id=index(incident, "list_id", "A5")) == found["A5"]


def test_sealed_contact_data_does_not_open_in_another_row(shop_case, incident):
    found = shop_case.persons(shop_case.take(incident))
    found["A1"].contact = found["A2"].contact
    with pytest.raises(SealBroken):
        contact_of(found["A1"])


def test_the_facts_follow_from_the_scan(shop_case, incident):
    shop_case.take(incident)
    known = current_facts(incident)
    assert known.persons == {"confirmed": 5, "upper": 5}
    assert known.persons_with_card == 1
    assert set(known.items) == set.union(*PROVED.values())
    assert known.summary == "名簿が外部に流出しました。"
    sheet = FactSheet.objects.filter(incident=incident).order_by("version").last()
    assert (sheet.version, sheet.stated_by) == (2, shop_case.manager)


def test_who_may_be_affected_counts_to_the_upper_bound_and_not_to_the_confirmed(shop_case, incident):
    shop_case.take(
        incident,
        result(
            ("A1", "email", "proved"),
            ("A2", "card_number", "possible"),
            ("A3", "card_number", "population"),
            ("A6", "phone", "population"),
        ),
    )
    known = current_facts(incident)
    assert known.persons == {"confirmed": 1, "upper": 4}
    # Who merely belongs to a reachable system is no person with card data.
    assert known.persons_with_card == 1
    assert set(known.items) == {"email", "card_number", "phone"}


def test_a_my_number_found_by_the_scan_is_taken_over(shop_case, incident):
    shop_case.take(incident, result(("A1", "my_number", "proved")))
    assert shop_case.assess(incident).answer["reportable"] in ("yes", "review")


def test_a_second_scan_counts_and_the_first_stays(shop_case, incident):
    first = shop_case.take(incident)
    second = shop_case.take(incident, result(("A6", "email", "proved")))
    assert current_scan(incident) == second
    assert [contact_of(person).id for person in people(shop_case.owner, incident)] == ["A6"]
    assert current_facts(incident).persons == {"confirmed": 1, "upper": 1}
    assert current_facts(incident).persons_with_card == 0
    assert first.people.count() == 5
    assert Exposure.objects.filter(person__scan=first).exists()
    assert FactSheet.objects.filter(incident=incident).count() == 3


def test_a_scan_that_found_nobody_says_so_and_leaves_no_number_behind(shop_case, incident):
    shop_case.take(incident)
    scan = shop_case.take(incident, result())
    known = current_facts(incident)
    assert (known.persons, known.persons_with_card) == ({"confirmed": 0, "upper": 0}, 0)
    assert not scan.people.exists()
    assert shop_case.report(incident).kind == "prompt"


def test_a_person_in_no_list_is_a_problem_and_nothing_is_written(shop_case, incident):
    before = Entry.objects.count()
    with pytest.raises(Problem, match="A6: a person of the result is not on the list"):
        take_scan(
            incident=incident,
            by=shop_case.manager,
            result=result(("A1", "email", "proved"), ("A6", "email", "proved")),
            contacts={"A1": shop_case.contact("A1")},
        )
    assert not Scan.objects.exists()
    assert not Person.objects.exists()
    assert not Exposure.objects.exists()
    assert FactSheet.objects.filter(incident=incident).count() == 1
    assert Entry.objects.count() == before


def test_a_deep_place_of_proof_is_kept_whole(shop_case, incident):
    place = "/".join(["とても長い名前の書庫.zip"] * 60) + "/一覧.xlsx!シート1!B7"
    scan = shop_case.take(incident, result(("A1", "email", "proved"), place=place))
    assert Exposure.objects.get(person__scan=scan).place == place


def test_the_entry_tells_counts_and_hashes_and_nobody(shop_case, incident):
    scan = shop_case.take(incident)
    said = payload(Entry.objects.filter(log=incident.record_log()).order_by("index").last())
    assert said["people"] == {"proved": 5, "possible": 0, "population": 0}
    assert said["scan"] == str(scan.id)
    assert {file["file"] for file in said["read"]} == {"accounts.csv", "orders.csv"}
    data = case_file(incident.record_log())
    for contact in shop_case.files.contacts.values():
        assert contact.name.encode() not in data


def test_contact_data_of_a_household_is_sealed_apart(shop_case, incident):
    found = shop_case.persons(shop_case.take(incident))
    sealed = {bytes(person.contact) for person in found.values()}
    assert len(sealed) == len(found)
    again = shop_case.persons(shop_case.take(incident, replace(shop_case.files.result)))
    assert not sealed & {bytes(person.contact) for person in again.values()}


def test_people_within_reach_who_stand_on_no_list_count_at_the_upper_bound_and_with_their_cards(shop_case, incident):
    reach = {"reach": {"not_in_list": 3}}
    shop_case.take(incident, result(("A1", "card_number", "possible"), summary=reach))
    facts = current_facts(incident)
    assert facts.persons == {"confirmed": 0, "upper": 4}
    assert facts.persons_with_card == 4


def test_people_beyond_the_list_bring_no_cards_where_none_were_within_reach(shop_case, incident):
    shop_case.take(incident, result(("A1", "email", "possible"), summary={"reach": {"not_in_list": 3}}))
    assert current_facts(incident).persons_with_card == 0


def test_the_last_digits_of_a_card_are_no_card_data(shop_case, incident):
    shop_case.take(incident, result(("A1", "card_last4", "proved"), ("A2", "card_expiry", "proved")))
    assert current_facts(incident).persons_with_card == 0


def test_two_incidents_know_the_same_person_by_different_indexes(shop_case, incident):
    other = shop_case.incident()
    assert index(incident, "email", "taro@mail.example") != index(other, "email", "taro@mail.example")
