"""Where the links of a message lead, and whether they show something else than they do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote

from madoguchi.authenticity import hosts, lookalike
from madoguchi.authenticity.verdict import Reason
from madoguchi.intake.html import Link
from madoguchi.intake.mail import links as mail_links

_BLANKS = re.compile(r"[\x00-\x20\x7f\u00a0\u200b\u2060\ufeff]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST_LIKE = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?::[0-9]+)?(?:[/?#]|$)")
_INSIDE = re.compile(r"(?:https?(?::|%3a)(?:/|%2f|\\){1,3}|\A(?:/|\\){2})[^\s\"'<>&]+", re.IGNORECASE)
_FIELDS = re.compile(
    r"<input\b[^<>]{0,2000}?\btype\s*=\s*[\"']?(?:password|text|tel|number|email)\b|<textarea\b", re.IGNORECASE
)
_HARMLESS = frozenset({"cid", "mid", "about", "geo"})
"""Schemes that lead to nobody else: parts of the mail itself, a blank page, a place on a map."""
_CALLS = frozenset({"tel", "callto", "sms", "smsto", "mms", "facetime", "facetime-audio"})
_DEEP = 2  # an address inside an address inside an address
MOST = 5_000


@dataclass(frozen=True)
class Target:
    """Where a link leads: a page (``host``), a mailbox or a phone (``value``), nowhere, or somewhere odd."""

    kind: Literal["web", "mail", "phone", "none", "odd"]
    host: str = ""
    value: str = ""
    before_at: str = ""
    path: str = ""
    query: str = ""


def target(href: str) -> Target:
    """Return where browsers take ``href`` to, read as they read it (backslashes, blanks, escapes, full-width letters)."""
    address = _BLANKS.sub("", href[:8_000])
    scheme = _SCHEME.match(address)
    if scheme is None or _HOST_LIKE.match(address):
        if address.replace("\\", "/").startswith("//"):
            return _web(f"http:{address}")
        return _web(f"http://{address}") if _HOST_LIKE.match(address) else Target("none")
    name = scheme[1].lower()
    if name in {"http", "https", "ftp"}:
        return _web(address)
    if name == "mailto":
        to, _, more = address[7:].partition("?")
        copies = [value for key, value in parse_qsl(more) if key.lower() in {"to", "cc", "bcc"}]
        return Target("mail", value=",".join(part for part in (unquote(to), *copies) if part))
    if name in _CALLS:
        return Target("phone", value=re.split(r"[;?&]", unquote(address[len(name) + 1 :]).lstrip("/"))[0])
    if name == "webcal":
        return _web(address)
    if name in _HARMLESS:
        return Target("none")
    return Target("odd", value=f"{name}:")


def _web(address: str) -> Target:
    rest = re.sub(r"^[a-z]+:[/\\]*", "", address, count=1, flags=re.IGNORECASE)
    authority, mark, tail = _split(rest)
    before, _, place = authority.rpartition("@")
    if "\\@" in rest:
        before = before or authority  # programs disagree on which side of \@ the host stands
    name = unquote(place)
    name = name if name.startswith("[") else re.sub(r":[0-9]*$", "", name)
    if hosts.is_number(name):
        host: str | None = name
    else:
        host = hosts.canonical(name)
    if not host:
        return Target("odd", value=place[:100] or address[:100])
    path, _, query = (mark + tail).partition("?")
    return Target("web", host, before_at=unquote(before), path=unquote(path), query=query)


def _split(rest: str) -> tuple[str, str, str]:
    found = re.search(r"[/\\?#]", rest)
    if found is None:
        return rest, "", ""
    mark = "/" if found[0] == "\\" else found[0]
    return rest[: found.start()], mark, rest[found.end() :].replace("\\", "/", 1)


def judge(links: Iterable[Link], official: hosts.Official) -> Iterator[Reason]:
    """Yield what each link tells; phone links are for `numbers`."""
    known: set[tuple[str, str]] = set()
    for link in links:
        if (link.href, link.text) in known:
            continue
        known.add((link.href, link.text))
        if len(known) > MOST:
            break
        yield from _judge(link, official)


def _judge(link: Link, official: hosts.Official) -> Iterator[Reason]:
    to = target(link.href)
    if to.kind == "mail":
        for address in re.split(r"[,;]", to.value)[:20]:
            yield from mailbox(address, official)
    elif to.kind == "odd":
        yield Reason("link_odd", to.value)
    elif to.kind == "web":
        yield from web(to, official)
        if not official.owns(to.host):
            yield from _shown(link, to, official)


def mailbox(address: str, official: hosts.Official) -> Iterator[Reason]:
    """Yield what a mail address in the message tells."""
    host = hosts.canonical(address.rpartition("@")[2]) if "@" in address else None
    if host is None or "." not in host or official.owns(host):
        return
    likeness = lookalike.of_host(host, official)
    if likeness is not None and not likeness.weak:
        yield Reason("address_lookalike", address.strip(), how=likeness.how)
    else:
        yield Reason("address_elsewhere", address.strip())


def web(to: Target, official: hosts.Official, depth: int = 0) -> Iterator[Reason]:
    """Yield what the address of a page tells, those inside it included (forwarding services, open redirects)."""
    shown = hosts.shown(to.host)
    inside = [] if depth >= _DEEP else list(_inside(to))
    if official.owns(to.host):
        yield Reason("link_official", shown)
        if any(not official.owns(other.host) for other in inside):
            yield Reason("link_passes_on", ", ".join(hosts.shown(o.host) for o in inside if not official.owns(o.host)))
    else:
        yield from _elsewhere(to, shown, official)
    if to.before_at:
        yield Reason("link_userinfo", shown)
    for other in inside:
        likeness = lookalike.of_host(other.host, official)
        if likeness is not None and not likeness.weak:
            yield Reason("link_lookalike", hosts.shown(other.host), how=likeness.how)


def _elsewhere(to: Target, shown: str, official: hosts.Official) -> Iterator[Reason]:
    likeness = lookalike.of_host(to.host, official)
    if likeness is not None:
        yield Reason("link_resembles" if likeness.weak else "link_lookalike", shown, how=likeness.how)
        return
    if _names(to.before_at, official):
        yield Reason("link_lookalike", f"{to.before_at}@{shown}"[:200], how="before_at")
    if hosts.is_number(to.host):
        yield Reason("link_number", to.host)
    elif redirects(to.host):
        yield Reason("link_redirector", shown)
    elif _among(to.host, hosts.hosting().counters):
        yield Reason("link_counted", shown)
    elif lookalike.in_path(to.path, official) is not None and not _among(to.host, _well_known()):
        yield Reason("link_lookalike", shown + to.path[:100], how="path")
    else:
        yield Reason("link_elsewhere", shown)


def _names(text: str, official: hosts.Official) -> bool:
    return any(
        re.search(rf"(?:^|[^a-z0-9-]){re.escape(domain)}(?:$|[^a-z0-9-])", text.lower()) for domain in official.domains
    )


def _among(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _well_known() -> frozenset[str]:
    return hosts.hosting().companions | hosts.hosting().named


def redirects(host: str) -> bool:
    """Tell whether a host is a known service that only passes readers on."""
    return _among(host, hosts.hosting().redirectors)


def _inside(to: Target) -> Iterator[Target]:
    """Yield the pages whose addresses stand in the query or the path of another."""
    values = [value for _, value in parse_qsl(to.query[:8_000], max_num_fields=None)][:50] if to.query else []
    texts = [*values, to.path]
    for text in texts:
        for found in list(_INSIDE.findall(unquote(text)))[:10]:
            other = target(found)
            if other.kind == "web":
                yield other


def _shown(link: Link, to: Target, official: hosts.Official) -> Iterator[Reason]:
    """Yield when a link shows the official address and leads elsewhere."""
    for address, _, _ in mail_links.find(link.text[:2_000]):
        seen = target(address)
        if seen.kind == "web" and official.owns(seen.host) and seen.host != to.host:
            counted = _among(to.host, hosts.hosting().counters) or redirects(to.host)
            yield Reason("link_counted" if counted else "link_disguised", hosts.shown(to.host))
            return


def asks(markup: str) -> bool:
    """Tell whether a mail's HTML has fields to fill in."""
    return _FIELDS.search(markup) is not None
