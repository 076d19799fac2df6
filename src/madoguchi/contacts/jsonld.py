"""Windows that a page tells machines (JSON-LD, schema.org): the company's own contact points."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from madoguchi.contacts.flat import flat
from madoguchi.contacts.mentions import mail, phone, place_in
from madoguchi.contacts.page import Page, registrable, same_site
from madoguchi.contacts.window import Grade, Purpose, Window

_COMPANIES = re.compile(
    r"(?:Organization|Corporation|Business|Store|Shop|NGO|Airline|Restaurant|Hotel|School|University|Clinic|Hospital|Library|Bank|Office)$"
)
_TYPES = (
    (re.compile(r"privacy|data protection|個人情報|プライバシ", re.IGNORECASE), "privacy"),
    (re.compile(r"漏えい|漏洩|breach|incident", re.IGNORECASE), "leak"),
)
_NOT_FOR_US = re.compile(r"sales|press|media|recruit|career|investor|採用|報道|営業|reservations", re.IGNORECASE)
_INSIDE = (
    "@graph",
    "publisher",
    "mainEntity",
    "about",
    "provider",
    "isPartOf",
    "department",
    "seller",
)
_DEEPEST = 8


def windows(blocks: Iterable[str], seen: Page, domain: str, grade: Grade) -> Iterator[Window]:
    """Yield the windows of the companies in JSON-LD ``blocks``; what cannot be read is passed over."""
    for block in blocks:
        try:
            value = json.loads(block)
        except (ValueError, RecursionError):
            continue
        for company in _companies(value, 0):
            yield from _of_company(company, seen, domain, grade)


def _companies(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value[:100]:
            yield from _companies(each, depth + 1)
    elif isinstance(value, dict):
        if any(_COMPANIES.search(each) for each in _texts(value.get("@type"))):
            yield value
        for key in _INSIDE:
            yield from _companies(value.get(key), depth + 1)


def _of_company(company: dict[str, Any], seen: Page, domain: str, grade: Grade) -> Iterator[Window]:
    urls = [url for url in _texts(company.get("url")) if url.startswith("http")]
    if domain and urls and not any(same_site(url, domain) for url in urls):
        return
    points = company.get("contactPoint")
    for point in points if isinstance(points, list) else [points] if points else []:
        if isinstance(point, dict) and not _NOT_FOR_US.search(" ".join(_texts(point.get("contactType")))):
            yield from _of_point(point, seen, domain, grade)
    yield from _of_point({key: company.get(key) for key in ("telephone", "email", "address")}, seen, domain, grade)


def _of_point(point: dict[str, Any], seen: Page, domain: str, grade: Grade) -> Iterator[Window]:
    kind = " ".join([*_texts(point.get("contactType")), *_texts(point.get("name"))])
    purpose: Purpose = next((each for pattern, each in _TYPES if pattern.search(kind)), "general")  # type: ignore[misc]
    named = [each for each in _texts(point.get("name")) if len(each) <= 60]

    def made(channel: Any, value: str, key: str, said: str) -> Window:
        return Window(
            channel=channel,
            value=value,
            name=named[0] if named else None,
            hours=_hours(point) if channel == "phone" else None,
            purpose=purpose,
            grade=grade,
            source=seen.source,
            quote=f'"{key}": "{said[:160]}"',
            seen_on=seen.seen_on,
        )

    for said in _texts(point.get("telephone")):
        if value := phone(said):
            yield made("phone", value, "telephone", said)
    for said in _texts(point.get("email")):
        value = mail(said.removeprefix("mailto:"))
        if value and not (
            registrable(value.partition("@")[2]) in {"example.com", "example.org"}
            and domain
            and not value.endswith(domain)
        ):
            yield made("email", value, "email", said)
    for said in _texts(point.get("url")):
        if said.startswith("http") and (not domain or same_site(said, domain)):
            yield made("form", said, "url", said)
    for said in _addresses(point.get("address")):
        if place := place_in(re.sub(r"^〒? ?[0-9]{3}-?[0-9]{4}\s*", "", flat(said))):
            yield made("post", place, "address", said)


def _addresses(value: Any) -> Iterator[str]:
    """Yield postal addresses, written in one or in parts."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            parts = (_texts(each.get(key)) for key in ("addressRegion", "addressLocality", "streetAddress"))
            yield "".join(part for texts in parts for part in texts)


def _hours(point: dict[str, Any]) -> str | None:
    found = point.get("hoursAvailable")
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, str):
            return each[:100]
        if isinstance(each, dict) and isinstance(each.get("opens"), str) and isinstance(each.get("closes"), str):
            return f"{each['opens'][:5]}～{each['closes'][:5]}"
    return None


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.strip()]
    return [each.strip() for each in value if isinstance(each, str)] if isinstance(value, list) else []
