"""Where browsers take an address to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.authenticity import hosts, links
from madoguchi.intake.html import Link


@pytest.mark.parametrize(
    ("href", "kind", "host"),
    [
        ("https://mihon.example/a", "web", "mihon.example"),
        ("HTTPS:\\\\mihon.example\\a", "web", "mihon.example"),
        ("https:/mihon.example", "web", "mihon.example"),
        ("https:mihon.example", "web", "mihon.example"),
        ("ht\ntps://mihon.ex\tample/", "web", "mihon.example"),
        ("//mihon.example", "web", "mihon.example"),
        ("https://official.example@mihon.example:99/", "web", "mihon.example"),
        ("https://mihon.example#@official.example", "web", "mihon.example"),
        ("https://mihon.example?@official.example", "web", "mihon.example"),
        ("https://ｍｉｈｏｎ。example", "web", "mihon.example"),
        ("https://m%69hon.example", "web", "mihon.example"),
        ("mihon.example/a", "web", "mihon.example"),
        ("mihon.example:80/a", "web", "mihon.example"),
        ("mailto:a@mihon.example", "mail", ""),
        ("tel:0120-111-222", "phone", ""),
        ("#top", "none", ""),
        ("/a", "none", ""),
        ("cid:1", "none", ""),
        ("javascript:x", "odd", ""),
        ("data:text/html,x", "odd", ""),
        ("java\nscript:x", "odd", ""),
        ("https://a..b/", "odd", ""),
        ("", "none", ""),
    ],
)
def test_an_address_is_read_as_browsers_read_it(href, kind, host):
    found = links.target(href)
    assert (found.kind, found.host) == (kind, host)


@given(st.text(alphabet="htps:/\\@?#%.[]0xa1-_ \n\tあ", max_size=50))
def test_no_address_makes_the_reader_fail(href):
    own = hosts.official(["mihon-zakka.co.jp"])
    assert list(links.judge([Link(href, href, (0, 0))], own)) is not None
