"""Which means identify: a code, a document or a call alone; the notice's code only with the address it went to."""

from itertools import combinations

import pytest

from madoguchi.app.desk import identify
from madoguchi.app.desk.models import Means


@pytest.mark.parametrize("means", ["code", "document", "call_back"])
def test_some_means_are_enough_alone(means: str):
    assert identify.enough([means])


@pytest.mark.parametrize("held", [(), ("reference",), ("address",), ("code_sent",), ("reference", "code_sent")])
def test_others_are_not(held: tuple[str, ...]):
    assert not identify.enough(held)


def test_of_all_pairs_without_a_sufficient_one_only_code_and_address_identify():
    weak = [means for means in Means if means not in identify.ALONE]
    assert [set(pair) for pair in combinations(weak, 2) if identify.enough(pair)] == [{"reference", "address"}]


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("hanako@mail.example", ["A2"]),
        ("taro.yamada@mail.example", ["A1"]),
        ("taro.yamada+shop@mail.example", []),  # not in one writing: the caller's matter
        ("nobody@mail.example", []),
        ("", []),
    ],
)
def test_people_are_found_at_their_address_in_one_writing(desk, address: str, who: list[str]):
    assert identify.people_at(desk.incident, address) == [desk.people[each] for each in who]


def test_before_a_scan_there_is_nobody(desk, shop_case):
    assert identify.people_at(shop_case.incident("別の事案"), "hanako@mail.example") == []


def test_an_address_that_no_mail_reaches_gets_no_code(desk, asker, shop_case, monkeypatch):
    long = "a" * 65 + "@mail.example"
    contacts = {**shop_case.files.contacts, "A2": shop_case.contact("A2")._replace(email=long)}
    monkeypatch.setattr(shop_case.files, "contacts", contacts)
    shop_case.take(desk.incident)
    inquiry = desk.inquiry(asker(long).letter())
    inquiry.incident = desk.incident
    from madoguchi.app.desk.queries import arrival_of

    assert identify.code_for(inquiry, arrival_of(inquiry)) == (None, [])
