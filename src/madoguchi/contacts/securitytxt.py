"""``security.txt`` (RFC 9116): where a site takes reports about its security."""

import datetime as dt
import urllib.parse
from collections.abc import Iterator

from madoguchi.contacts.mentions import mail, phone
from madoguchi.contacts.page import Page, registrable, same_site
from madoguchi.contacts.window import Channel, Window

NAME = "脆弱性（セキュリティ）の報告窓口"


def windows(seen: Page, domain: str, now: dt.datetime) -> Iterator[Window]:
    """Yield its contacts in its own order of preference; none when it has expired or is another site's.

    RFC 9116, 2.5.5: after ``Expires`` it must not be used; 5.2: where ``Canonical`` is given it names the address.
    """
    text = seen.markup.decode("utf-8", "replace") if isinstance(seen.markup, bytes) else seen.markup
    fields = [
        (name.strip().lower(), value.strip())
        for line in text[:100_000].splitlines()
        if not line.lstrip().startswith("#")
        for name, colon, value in [line.partition(":")]
        if colon
    ]
    canonical = [value for name, value in fields if name == "canonical"]
    if domain and canonical and not any(same_site(value, domain) for value in canonical):
        return
    if any(name == "expires" and _is_over(value, now) for name, value in fields):
        return
    for name, value in fields:
        if name == "contact" and (found := _contact(value, domain)):
            yield Window(
                channel=found[0],
                value=found[1],
                name=NAME,
                hours=None,
                purpose="general",
                grade="elsewhere",
                source=seen.source,
                quote=f"Contact: {value[:180]}",
                seen_on=seen.seen_on,
            )


def _is_over(value: str, now: dt.datetime) -> bool:
    try:
        day = dt.datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return (day if day.tzinfo else day.replace(tzinfo=dt.UTC)) < now


def _contact(value: str, domain: str) -> tuple[Channel, str] | None:
    scheme, _, rest = value.partition(":")
    if scheme.lower() == "tel":
        number = phone(urllib.parse.unquote(rest))
        return ("phone", number) if number else None
    if scheme.lower() == "https":
        return "form", value
    address = mail(urllib.parse.unquote(rest if scheme.lower() == "mailto" else value).split("?")[0])
    if address is None:
        return None
    placeholder = registrable(address.partition("@")[2]) in {"example.com", "example.org", "example.net"}
    return None if placeholder and domain and not address.endswith(registrable(domain)) else ("email", address)
