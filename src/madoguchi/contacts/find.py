"""From pages of one site to its official windows."""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Iterator

from madoguchi.contacts import entity, published, securitytxt
from madoguchi.contacts.on_page import OnPage
from madoguchi.contacts.page import SECURITY, WELL_KNOWN, Page, host, registrable, same_site
from madoguchi.contacts.recent import year_before
from madoguchi.contacts.window import Window, best_first
from madoguchi.exchange import Trusted
from madoguchi.problem import Problem


def domain_of(pages: Iterable[Page]) -> str:
    """Return the registered domain that most pages are of, empty when none tells its address."""
    counts = Counter(registrable(host(page.url)) for page in pages if page.url)
    return max(counts, key=lambda each: (counts[each], each)) if counts else ""


def windows(
    pages: list[Page], *, domain: str | None = None, keys: Trusted | None = None, now: dt.datetime
) -> list[Window]:
    """Return the official windows that the ``pages`` of one site name, the best first, each value once.

    ``domain`` is the site's (else that of most pages); pages of other sites are left out, as are windows of others that
    stand on the site's own pages. ``keys`` are official keys fixed beforehand, ``now`` an instant with its zone. A page
    that cannot be read is passed over; when none can, its `Problem` is raised.
    """
    site = domain or domain_of(pages)
    readable = [page for page in pages if not site or not page.url or same_site(page.url, site)]
    return best_first(_all(readable, site, keys, now))


def _all(pages: list[Page], site: str, keys: Trusted | None, now: dt.datetime) -> Iterator[Window]:
    read: list[OnPage] = []
    refused: Problem | None = None
    for page in pages:
        if page.path.endswith(WELL_KNOWN.rpartition("/")[2]):
            yield from published.windows(page, site, keys, now)
        elif page.path.endswith(SECURITY[1]):
            yield from securitytxt.windows(page, site, now)
        else:
            try:
                read.append(OnPage(page))
            except Problem as problem:
                refused = problem.at(file=page.source)
    if refused is not None and not read:
        raise refused
    repeated = Counter(line for each in read for line in {line.flat.strip() for line in each.lines})
    own = functools.reduce(entity.Own.and_, (each.names for each in read), entity.Own())
    found = [window for each in read for window in each.windows(site, repeated, year_before(now.date()), own)]
    yield from found
    missing = {"form", "post"} - {window.channel for window in found}
    if missing:
        yield from (window for each in read for window in each.spare(site) if window.channel in missing)
