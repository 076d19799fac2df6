"""Windows that a company publishes for programs, at ``/.well-known/madoguchi.json``."""

import datetime as dt
from collections.abc import Iterable, Iterator

from madoguchi import exchange
from madoguchi.contacts.page import WELL_KNOWN, Page, host, registrable
from madoguchi.contacts.window import Grade, Window
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem


def windows(seen: Page, domain: str, keys: exchange.Trusted | None, now: dt.datetime) -> Iterator[Window]:
    """Yield the windows of the document and of its announcements.

    ``signed`` are those of a document that we fetched over HTTPS from the official domain, and those of an announcement
    whose signature holds under a key fixed beforehand (``keys``). What a saved copy says without such a signature
    anybody may have written: ``elsewhere``. A document that cannot be read, or is of another domain, gives nothing.
    """
    data = seen.markup.encode("utf-8", "replace") if isinstance(seen.markup, str) else seen.markup
    named = host(seen.url) if seen.url else domain
    try:
        document = wellknown.read(data, named or domain)
    except Problem:
        return
    if domain and registrable(document.domain) != registrable(domain):
        return
    proved = seen.live and seen.url.startswith("https://") and seen.url.endswith(WELL_KNOWN)
    yield from _made(document.windows, seen, "signed" if proved else "elsewhere", leak=False)
    trusted = keys if keys is not None else wellknown.trusted([document]) if proved else {}
    for jws in document.announcements:
        try:
            statement = exchange.open_statement(jws, trusted=trusted, now=now, expect=["announcement"]).statement
        except Problem:
            continue
        if isinstance(statement, exchange.Announcement):
            yield from _made(statement.body.windows, seen, "signed", leak=True)


def _made(found: Iterable[exchange.Window], seen: Page, grade: Grade, *, leak: bool) -> Iterator[Window]:
    for window in found:
        yield Window(
            channel=window.channel,
            value=window.value,
            name=window.name,
            hours=window.hours,
            purpose=window.purpose or ("leak" if leak else "general"),
            grade=grade,
            source=seen.source,
            quote=" ".join(part for part in (window.name, window.value, window.hours) if part),
            seen_on=seen.seen_on,
            current_leak=leak,
        )
