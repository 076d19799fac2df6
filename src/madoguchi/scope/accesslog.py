"""Access logs (common and combined format): who asked for what, when, and which people the address of a page names."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from madoguchi.catalogue import columns as catalogue
from madoguchi.scope import ids
from madoguchi.scope.columns import singular
from madoguchi.scope.people import SINGLE
from madoguchi.scope.times import Interval, parse
from madoguchi.scope.values import canonical

_LINE = re.compile(
    r'(?P<host>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?:(?P<method>[A-Z]+) )?(?P<target>[^"]*?)(?: HTTP/[\d.]+)?" (?P<status>\d{3}) (?P<size>\d+|-)'
)


class Request(NamedTuple):
    """One request: from whom, when, for what, and whether something was served."""

    host: str
    user: str
    when: Interval
    target: str
    served: bool


def request(line: str) -> Request | None:
    """Return one line as a request, or None when it is not one of these formats."""
    match = _LINE.match(line)
    when = parse(match["time"]) if match else None
    if match is None or when is None:
        return None
    status = int(match["status"])
    return Request(match["host"], match["user"], when, match["target"], 200 <= status < 300 or status == 304)


def path(target: str) -> str:
    """Return the path of an address of a page, without its query and last slash."""
    try:
        found = urlsplit(target).path
    except ValueError:
        found = target.partition("?")[0]
    return unquote(found).rstrip("/") or "/"


def is_on(page: str | None, target: str) -> bool:
    """Return whether a request or a row of this path counts for ``page`` (itself and what lies under it)."""
    if page is None:
        return True
    wanted, here = path(page), path(target)
    return here == wanted or here.startswith(f"{wanted.rstrip('/')}/")


def named(target: str) -> Iterator[tuple[str, str, str]]:
    """Yield the strong values (item, value, kind of number) that an address of a page carries: ``?member_id=5``, ``/members/5``, ``?email=…``."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return
    for name, value in parse_qsl(parts.query):
        role = catalogue.column_part(name)
        if role and role.key in SINGLE and (key := canonical(role.key, value)):
            yield role.key, key, ids.kind(name)
    pieces = [unquote(piece) for piece in parts.path.split("/") if piece]
    for word, value in itertools.pairwise(pieces):
        roles = [catalogue.column_part(f"{one}_id") for one in sorted(singular(word))]
        item = next((role.key for role in roles if role and role.key in ids.NUMBERS), None)
        if item and any(char.isdigit() for char in value) and (key := canonical(item, value)):
            yield item, key, ids.kind(word)
