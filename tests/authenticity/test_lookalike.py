"""Hosts that imitate and hosts that do not (cases/hosts.yaml), and the world's own lists."""

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.authenticity import hosts, lookalike
from madoguchi.text.datafile import read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "hosts.yaml").read_text(encoding="utf-8"))
IMITATE = [(case["official"], host, how) for case in CASES for host, how in case.get("imitate", {}).items()]
DIFFER = [(case["official"], host) for case in CASES for host in case.get("differ", [])]
OWN = [(case["official"], host) for case in CASES for host in case.get("own", [])]
# The real domain of some brands that the list of phishing addresses names.
BRANDS = {
    "三井住友カード": "smbc-card.com",
    "えきねっと": "eki-net.com",
    "楽天": "rakuten.co.jp",
    "ETC利用照会サービス": "etc-meisai.jp",
    "エポスカード": "eposcard.co.jp",
    "総務省": "soumu.go.jp",
    "ヤマト運輸": "kuronekoyamato.co.jp",
    "BIGLOBE": "biglobe.ne.jp",
}


@pytest.mark.parametrize(("official", "host", "how"), IMITATE)
def test_an_imitation_is_seen_for_what_it_is(official, host, how):
    found = lookalike.of_host(hosts.canonical(host), hosts.official([official]))
    assert found is not None
    assert (found.how, found.domain) == (how, next(iter(hosts.official([official]).domains)))


@pytest.mark.parametrize(("official", "host"), DIFFER)
def test_another_name_is_no_imitation(official, host):
    assert lookalike.of_host(hosts.canonical(host), hosts.official([official])) is None


@pytest.mark.parametrize(("official", "host"), OWN)
def test_the_company_s_own_hosts_are_its_own(official, host):
    assert hosts.official([official]).owns(hosts.canonical(host))
    assert lookalike.of_host(hosts.canonical(host), hosts.official([official])) is None


@given(st.text(alphabet="mihon-zak.copj1lі", min_size=1, max_size=40))
def test_every_host_gets_an_answer(text):
    host = hosts.canonical(text)
    if host is not None:
        lookalike.of_host(host, hosts.official(["mihon-zakka.co.jp"]))


def addresses(shared):
    path = shared / "data" / "phishing_urls" / "jpcert_2019_2023.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, (_, url, brand) in enumerate(csv.reader(file)):
            if brand in BRANDS and number % 7 == 0:
                host = hosts.canonical(url.partition("://")[2].partition("/")[0].partition(":")[0])
                if host is not None:
                    yield host, brand


def test_most_addresses_that_carry_a_brand_are_seen_as_fakes(shared):
    carried = seen = 0
    for host, brand in addresses(shared):
        official = hosts.official([BRANDS[brand]])
        name = BRANDS[brand].split(".")[0].replace("-", "")
        if name in host.replace("-", ""):
            carried += 1
            seen += lookalike.of_host(host, official) is not None
    assert carried > 500
    assert seen / carried > 0.95


def test_domains_of_honest_companies_are_no_imitations_of_others(shared):
    officials = [hosts.official([domain]) for domain in BRANDS.values()]
    names = [domain.split(".")[0].replace("-", "") for domain in BRANDS.values()]
    wrong = total = 0
    for path in sorted((shared / "data" / "legitimate_domains").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split():
            host = hosts.canonical(line)
            if host is None:
                continue
            total += 1
            flat = host.replace("-", "")
            wrong += any(
                name not in flat and lookalike.of_host(host, official) is not None
                for official, name in zip(officials, names, strict=True)
            )
    assert total > 5_000
    assert wrong / total <= 0.002
