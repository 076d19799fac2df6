"""`security.txt` (RFC 9116)."""

import datetime as dt

import pytest

from madoguchi.contacts import securitytxt
from madoguchi.contacts.page import Page

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def values(text: str) -> list[tuple[str, str]]:
    page = Page("https://a.example/.well-known/security.txt", text, NOW.date())
    return [(each.channel, each.value) for each in securitytxt.windows(page, "a.example", NOW)]


def test_contacts_in_their_own_order() -> None:
    text = "-----BEGIN PGP SIGNED MESSAGE-----\n# x\nContact: https://a.example/report\ncontact: mailto:s%40a.example?subject=x\nContact: tel:+81-3-1234-5678\nExpires: 2027-01-01T00:00:00z\n"
    assert values(text) == [("form", "https://a.example/report"), ("email", "s@a.example"), ("phone", "03-1234-5678")]


@pytest.mark.parametrize(
    "text",
    [
        "Contact: mailto:s@a.example\nExpires: 2026-11-21T23:59:59Z",
        "Contact: mailto:s@a.example\nCanonical: https://b.example/.well-known/security.txt",
        "# Contact: mailto:s@a.example",
        "Contact: http://a.example/open",
        "Contact: mailto:security@example.com",
        "<html>Contact us</html>",
        "",
    ],
)
def test_what_must_not_be_used(text: str) -> None:
    assert values(text) == []
