"""One list tells where a registered domain ends."""

import pytest

from madoguchi.text.domains import suffixes


@pytest.mark.parametrize(
    ("host", "domain"),
    [("www.mihon.co.jp", "mihon.co.jp"), ("a.mihon.example", "mihon.example"), ("mihon.github.io", "mihon.github.io")],
)
def test_the_registered_domain_of_a_host(host: str, domain: str):
    assert suffixes().privatesuffix(host) == domain
    assert suffixes() is suffixes()
