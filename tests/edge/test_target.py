"""Web addresses taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.edge.target import target
from madoguchi.problem import Problem


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://A.Example", "https://a.example/"),
        ("http://a.example:80/x?q=1#f", "http://a.example/x?q=1"),
        ("https://a.example:443/", "https://a.example/"),
        ("https://a.example./", "https://a.example/"),
        ("https://窓口.example/案内?名=値", "https://xn--6or331g.example/%E6%A1%88%E5%86%85?%E5%90%8D=%E5%80%A4"),
        ("https://a.example/a%20b", "https://a.example/a%20b"),
        ("https:\\\\a.example\\x", "https://a.example/x"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_has_one_spelling(url: str, asked: str) -> None:
    assert target(url, frozenset()).url == asked


@pytest.mark.parametrize(
    "url",
    [
        "", "a.example", "//a.example/", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "https:///x", "https://",
        "https://user@a.example/", "https://a.example:pw@b.example/", "https://a.example:8443/", "http://a.example:443/",
        "http://a.example:x/", "http://a.example:99999/", "http://[::1/", "https://-a.example/", "https://a..example/",
        "https://a_b example/", "https://a.example/\r\nX: y", "https://a.example/" + "x" * 3_000, "gopher://a.example/", "https://%31%32/",
    ],
)  # fmt: skip
def test_what_is_not_to_be_opened_is_refused(url: str) -> None:
    with pytest.raises(Problem) as raised:
        target(url, frozenset())
    assert raised.value.say("ja")


def test_a_port_can_be_allowed() -> None:
    assert target("http://a.example:8080/", frozenset({8080})).netloc == "a.example:8080"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_problem(text: str) -> None:
    for url in (text, f"https://{text}", f"https://a.example/{text}"):
        try:
            found = target(url, frozenset())
        except Problem:
            continue
        assert found.url.isascii()
        assert not set(found.url) & set(" \r\n\t")
        assert target(found.url, frozenset()) == found
