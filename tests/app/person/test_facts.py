"""What a person knows of a case: a blank deletes nothing, a slip is named, and a domain is one of a company."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app.person.facts import CaseFacts, as_json, read
from madoguchi.problem import Problem


def domains(*names: str) -> dict:
    return {"domains": [{"domain": name, "known_from": "order_mail"} for name in names]}


@pytest.mark.parametrize("blank", [None, "", "   ", "\n"])
def test_a_blank_is_not_a_deletion(blank):
    before = read({"company": "みなと堂", "name": "青木 花子", "email": "a@mail.example"})
    assert read({"company": blank, "name": blank, "email": blank}, before=before) == before


def test_what_is_stated_later_stands_over_what_was_before():
    before = read({"company": "みなと堂", "items": ["name", "phone"]})
    after = read({"items": ["name"]}, before=before)
    assert (after.company, after.items) == ("みなと堂", ("name",))


def test_what_was_wrong_is_cleared_by_its_name():
    before = read({"company": "みなと堂", "reference": "K7P3Q-9XW2T"})
    after = read({}, before=before, clear=["reference"])
    assert (after.company, after.reference) == ("みなと堂", None)


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(Problem, match="company"):
        read({"compny": "みなと堂"})
    with pytest.raises(Problem, match="reference"):
        read({}, clear=["referense"])


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("minato.example", "minato.example"),
        ("Minato.EXAMPLE.", "minato.example"),
        ("https://www.minato.example/shop?a=1", "www.minato.example"),
        ("desk@minato.example", "minato.example"),
        ("ｍｉｎａｔｏ。example", "minato.example"),
    ],
)
def test_a_domain_is_taken_from_what_people_copy(typed: str, domain: str):
    found = read(domains(typed)).domains[0].domain
    assert found == domain
    assert read(domains(found)).domains[0].domain == found


@pytest.mark.parametrize("typed", ["co.jp", "minato", "192.0.2.7", "a.example, b.example", "みなと堂", "http://", "-"])
def test_what_is_no_domain_of_a_company_is_refused(typed: str):
    with pytest.raises(Problem) as caught:
        read(domains("minato.example", typed))
    assert caught.value.place == "domains"
    assert "mihon.co.jp" in caught.value.say("ja")


def test_a_domain_is_never_known_from_the_message_in_question():
    with pytest.raises(Problem):
        read({"domains": [{"domain": "minato.example", "known_from": "this_mail"}]})


@pytest.mark.parametrize("typed", ["taro", "taro@", "@mail.example", "taro at mail.example", "a@b"])
def test_what_is_no_mail_address_is_refused(typed: str):
    with pytest.raises(Problem) as caught:
        read({"email": typed})
    assert caught.value.place == "email"


def test_an_address_is_kept_as_it_is_written_but_for_its_width():
    assert read({"email": " ｔａｒｏ＠mail.example "}).email == "taro@mail.example"
    assert read({"email": "a..b@docomo.ne.jp"}).email == "a..b@docomo.ne.jp"


def test_an_item_is_one_of_the_catalogue():
    with pytest.raises(Problem, match="card_number"):
        read({"items": ["card_numbr"]})


def test_what_is_kept_is_read_back_the_same():
    facts = read({**domains("minato.example"), "noticed_on": "2026-11-20", "items": ["name"], "disputed": False})
    assert read(as_json(facts)) == facts
    assert read({}, before=facts) == facts


@given(
    st.dictionaries(st.sampled_from(sorted(CaseFacts.model_fields)), st.text() | st.lists(st.text()) | st.integers())
)
def test_whatever_is_typed_is_kept_as_it_is_or_refused_in_a_sentence(typed: dict):
    try:
        facts = read(typed)
    except Problem:
        return
    assert read(as_json(facts)) == facts


@pytest.mark.parametrize("name", ["gmail.com", "shop@Gmail.com", "https://yahoo.co.jp/", "shop@docomo.ne.jp"])
def test_a_domain_where_anybody_has_an_address_is_never_a_companys(name: str):
    with pytest.raises(Problem, match="anybody can have an address"):
        read(domains(name))


def test_a_companys_own_name_at_a_provider_of_pages_is_its_own():
    assert as_json(read(domains("mihon.hp-provider.example")))["domains"][0]["domain"] == "mihon.hp-provider.example"
