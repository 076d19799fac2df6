"""Which addresses may be asked."""

import ipaddress

import pytest

from madoguchi.edge.addresses import chosen, is_public, written
from madoguchi.problem import Problem

INSIDE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1
2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101::1 2001::1 2001:db8::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 100::1
5f00::1
""".split()
PUBLIC = "1.1.1.1 8.8.8.8 133.0.0.1 2606:4700::1111 2400:4000::1 ::ffff:8.8.8.8 64:ff9b::808:808".split()


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_a_host_of_the_public_network_is_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_hosts_are_asked(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    "2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 127.1 127.0.1 1.2.3.4.5 256.1.1.1 1.2.3.4. fe80::1%eth0 0".split(),
)
def test_odd_spellings_of_an_address_are_refused(host: str) -> None:
    with pytest.raises(Problem):
        written(host, "http://x/")


@pytest.mark.parametrize(
    ("host", "address"),
    [("8.8.8.8", "8.8.8.8"), ("[::1]", "::1"), ("a.example", None), ("1.a", None), ("face.example", None)],
)
def test_an_ordinary_address_is_read_and_a_name_is_a_name(host: str, address: str | None) -> None:
    found = written(host, "http://x/")
    assert (str(found) if found else None) == address


def test_one_private_address_spoils_the_name() -> None:
    both = [ipaddress.ip_address("8.8.8.8"), ipaddress.ip_address("192.168.0.1")]
    with pytest.raises(Problem):
        chosen(both, is_public, "http://x/")
    with pytest.raises(Problem):
        chosen([], is_public, "http://x/")
    assert str(chosen(both[:1], is_public, "http://x/")) == "8.8.8.8"
