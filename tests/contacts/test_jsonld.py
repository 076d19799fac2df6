"""Windows told to machines."""

import datetime as dt
import json
from typing import Any

import pytest

from madoguchi.contacts import jsonld
from madoguchi.contacts.page import Page

SEEN = Page("https://a.example/", "", dt.date(2026, 11, 22))


def values(block: Any) -> list[tuple[str, str, str]]:
    found = jsonld.windows([json.dumps(block)], SEEN, "a.example", "elsewhere")
    return [(each.channel, each.value, each.purpose) for each in found]


def test_a_companys_contact_points_and_its_own_number() -> None:
    point = {
        "@type": "ContactPoint",
        "contactType": "Privacy",
        "email": "mailto:p@a.example",
        "url": "https://a.example/ask",
    }
    block = {
        "@type": "Organization",
        "url": "https://www.a.example",
        "telephone": "+81-3-1234-5678",
        "contactPoint": point,
    }
    assert values([block]) == [
        ("email", "p@a.example", "privacy"),
        ("form", "https://a.example/ask", "privacy"),
        ("phone", "03-1234-5678", "general"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        {"@type": "Person", "telephone": "03-1234-5678"},
        {"@type": "Product", "brand": {"@type": "Organization", "telephone": "03-1234-5678"}},
        {"@type": "JobPosting", "hiringOrganization": {"@type": "Organization", "telephone": "03-1234-5678"}},
        {"@type": "Organization", "url": "https://b.example/", "telephone": "03-1234-5678"},
        {"@type": "Organization", "faxNumber": "03-1234-5678"},
        {"@type": "Organization", "contactPoint": {"contactType": "sales", "telephone": "03-1234-5678"}},
        {"@type": ["Organization"], "telephone": {"x": 1}, "email": 5, "contactPoint": ["x", None]},
        {"@type": 5},
        "text",
        None,
    ],
)
def test_what_is_not_the_companys_window_is_left(block: Any) -> None:
    assert values(block) == []


def test_broken_blocks_are_passed_over() -> None:
    good = json.dumps({"@graph": [{"@type": "LocalBusiness", "telephone": "03-1234-5678"}]})
    found = jsonld.windows(["{", "[" * 100_000, good], SEEN, "a.example", "elsewhere")
    assert [each.value for each in found] == ["03-1234-5678"]
