"""Hosts in one writing, and what the asker may give as the company's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.authenticity import hosts
from madoguchi.problem import Problem


@pytest.mark.parametrize(
    "given_",
    [
        "mihon.co.jp",
        "www.mihon.co.jp",
        "https://www.mihon.co.jp/a?b",
        "info@mihon.co.jp",
        "MIHON.CO.JP.",
        "ｍｉｈｏｎ．ｃｏ．ｊｐ",
        "https://mihon.co.jp:8443",
        "*.mihon.co.jp",
        " mihon.co.jp , www.mihon.co.jp",
    ],
)
def test_the_company_s_domain_is_read_from_what_people_have_at_hand(given_):
    assert hosts.official([given_]).domains == {"mihon.co.jp"}


@pytest.mark.parametrize(
    "given_", ["", " ", "co.jp", "jp", "com", "mihon", "192.0.2.1", "https://", "a b c", "-.jp", "tokyo.jp"]
)
def test_what_is_no_company_s_domain_is_refused(given_):
    with pytest.raises(Problem):
        hosts.official([given_])


def test_customers_of_one_hosting_service_are_strangers():
    for suffix in ("base.shop", "github.io", "shop-pro.jp", "stores.jp", "myshopify.com"):
        own = hosts.official([f"mihon.{suffix}"])
        assert own.owns(f"www.mihon.{suffix}")
        assert not own.owns(f"other.{suffix}")
        assert not own.owns(suffix)


def test_a_service_whose_name_is_a_suffix_owns_only_itself():
    own = hosts.official(["blogspot.com"])
    assert own.owns("blogspot.com")
    assert not own.owns("anybody.blogspot.com")


def test_a_regional_name_of_japan_is_registered_below_its_city():
    assert hosts.registrable("www.mihon.shibuya.tokyo.jp") == "mihon.shibuya.tokyo.jp"


@pytest.mark.parametrize("host", ["192.0.2.1", "3221225985", "0xC0000201", "0300.0.2.1", "[2001:db8::1]", "192.0.513"])
def test_numbers_are_known_in_every_writing(host):
    assert hosts.is_number(host)


@given(st.text(max_size=80))
def test_one_writing_stays(text):
    host = hosts.canonical(text)
    if host is not None:
        assert hosts.canonical(host) == host
        hosts.registrable(host)
        hosts.shown(host)
