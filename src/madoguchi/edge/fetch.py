"""The guarded fetcher: public pages only, by robots' rules, slowly, and never more than a page should weigh."""

import datetime as dt
import ipaddress
import socket
import ssl
import time
import urllib.parse
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpcore
import httpx

from madoguchi.edge import addresses, robots
from madoguchi.edge.addresses import Address
from madoguchi.edge.pinned import PinnedNetwork
from madoguchi.edge.target import Target, target
from madoguchi.problem import Problem

Resolve = Callable[[str, int], Iterable[str]]
"""From a host and a port to the IP addresses of the host."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_MIB = 1024 * 1024
_TIMEOUTS = {"timeout": {"connect": 10.0, "read": 15.0, "write": 10.0, "pool": 1.0}}
"""Seconds for one step of a connection; the time for the whole page is counted beside them."""
_HEADERS = (
    ("User-Agent", robots.USER_AGENT),
    ("Accept", "text/html,application/xhtml+xml,text/plain,application/json,*/*;q=0.1"),
    ("Accept-Language", "ja,en;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
)


@dataclass(frozen=True)
class Fetched:
    """What an address gave."""

    url: str
    """Where it was in the end, after redirects."""
    status: int
    type: str
    """``Content-Type`` as sent, empty when none was."""
    body: bytes
    """Decoded (gzip, deflate); the charset of a text is not."""
    seen_at: dt.datetime
    """UTC."""
    redirects: tuple[str, ...] = ()
    """The addresses before ``url``, the one asked for first."""


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host as the system knows them; none when it knows none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """A callable from an address to what it gives, for one look-up of one or a few sites.

    Only http and https on their own ports (``ports`` allows others). A host is resolved here, each of its addresses must
    be of the public network (``allowed``), and the connection goes to the very address that was checked, so a name that
    changes its answer in between gains nothing; each redirect is checked the same way, at most five, never from https to
    http. Neither proxies nor cookies nor a referrer are used. ``robots.txt`` is obeyed and a host is asked at most once
    in ``pace`` seconds. An answer is read up to ``most_bytes`` *decoded* bytes and ``seconds`` in all; at most
    ``most_pages`` addresses are asked for by one fetcher. Every refusal is a `Problem` that says which and why.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        allowed: Callable[[Address], bool] = addresses.is_public,
        ports: Iterable[int] = (),
        pace: float = 1.0,
        most_bytes: int = 5 * _MIB,
        seconds: float = 30.0,
        most_pages: int = 100,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        certificates: str | None = None,
    ) -> None:
        """Keep the limits; ``certificates`` is the file of authorities to trust instead of the usual ones."""
        self._resolve, self._allowed, self._ports = resolve, allowed, frozenset(ports)
        self._pace, self._most_bytes, self._seconds, self._most_pages = pace, most_bytes, seconds, most_pages
        self._clock, self._sleep = clock, sleep
        self._ssl = (
            ssl.create_default_context(cafile=certificates)
            if certificates
            else httpx.create_ssl_context(trust_env=False)
        )
        self._sites: dict[tuple[str, str], robots.Site] = {}
        self._asked = 0

    def __call__(self, url: str) -> Fetched:
        """Return what ``url`` gives, redirects followed; an error page is an answer too (``status``)."""
        deadline = self._clock() + self._seconds
        before: list[str] = []
        here = target(url, self._ports)
        while True:
            site = self._site(here, deadline)
            if not site.allows(here.url):
                raise Problem(
                    ja="このサイトは、プログラムによる閲覧をこのページで断っています（robots.txt）。ブラウザーで開いて保存し、そのフォルダーを指定してください。",
                    en="the site asks programs not to read this page (robots.txt); open it in a browser, save it and name the folder",
                    file=here.url,
                )
            self._count(here)
            waited = self._clock()
            site.wait(self._pace, self._clock, self._sleep)
            deadline += self._clock() - waited  # politeness does not use up the page's time
            status, headers, body = self._ask(here, deadline, self._most_bytes)
            if status not in _REDIRECTS or "location" not in headers:
                now = dt.datetime.now(dt.UTC)
                return Fetched(here.url, status, headers.get("content-type", ""), body, now, tuple(before))
            before.append(here.url)
            here = self._next(here, headers["location"], before)

    def _next(self, here: Target, location: str, before: list[str]) -> Target:
        """Return where a redirect leads; `Problem` for too many, for one in a circle, and for one that drops https."""
        there = target(_joined(here.url, location), self._ports)
        if len(before) > _MOST_REDIRECTS or there.url in before:
            raise Problem(
                ja=f"転送が多すぎるか、同じ所に戻っています（上限{_MOST_REDIRECTS}回）。開きません。",
                en=f"redirected too often or in a circle (limit {_MOST_REDIRECTS}); it is not followed",
                file=before[0],
            )
        if here.scheme == "https" and there.scheme == "http":
            raise Problem(
                ja="安全な接続（https）から、保護のない接続（http）に転送されました。開きません。",
                en="redirected from a secure connection (https) to an open one (http); it is not followed",
                file=before[0],
            )
        return there

    def _site(self, here: Target, deadline: float) -> robots.Site:
        """Return the rules and pace of a site, its ``robots.txt`` asked for once."""
        key = (here.scheme, here.netloc)
        if key not in self._sites:
            asked = here._replace(path="/robots.txt")
            began = self._clock()
            for _ in range(_MOST_REDIRECTS + 1):
                try:
                    status, headers, body = self._ask(asked, deadline, robots.MOST_BYTES, cut=True)
                except Problem as problem:
                    problem.file = here.url  # the user asked for the page
                    raise
                if status not in _REDIRECTS or "location" not in headers:
                    break
                there = target(_joined(asked.url, headers["location"]), self._ports)
                if asked.scheme == "https" and there.scheme == "http":
                    status, body = 404, b""
                    break
                asked = there
            self._sites[key] = robots.Site(robots.rules(status, body), began)
        return self._sites[key]

    def _count(self, here: Target) -> None:
        self._asked += 1
        if self._asked > self._most_pages:
            raise Problem(
                ja=f"一度に調べるページの数の上限（{self._most_pages}）に達しました。ここまでにします。",
                en=f"the limit of pages for one look-up ({self._most_pages}) is reached; no more are asked for",
                file=here.url,
            )

    def _address(self, here: Target) -> Address:
        """Return the one address of the host that was checked and will be connected to."""
        literal = addresses.written(here.host, here.url)
        if literal is not None:
            return addresses.chosen([literal], self._allowed, here.url)
        found = []
        for text in self._resolve(here.host, here.port):
            try:
                found.append(ipaddress.ip_address(text.partition("%")[0]))
            except ValueError:
                continue
        return addresses.chosen(found, self._allowed, here.url)

    def _ask(self, here: Target, deadline: float, most: int, *, cut: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Ask once, without following; ``cut``: a longer answer is cut off instead of refused."""
        left = deadline - self._clock()
        if left <= 0:
            raise self._slow(here)
        network = PinnedNetwork(str(self._address(here)), lambda: deadline - self._clock())
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._ssl, network_backend=network) as pool,
                pool.stream(
                    "GET", here.url, headers=[("Host", here.netloc), *_HEADERS], extensions=_TIMEOUTS
                ) as answer,
            ):
                headers = _headers(answer)
                if answer.status in _REDIRECTS:
                    return answer.status, headers, b""
                return answer.status, headers, self._body(answer, headers, here, deadline, most, cut=cut)
        except httpcore.TimeoutException:
            raise self._slow(here) from None
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            zlib.error,
            ValueError,
            OSError,
        ) as error:
            raise Problem(
                ja="サイトにつながらないか、答えが正しくありません。時間をおいて試すか、ブラウザーで開いて保存してください。",
                en=f"the site cannot be reached or answers wrongly ({type(error).__name__}); try later, or save its pages",
                file=here.url,
            ) from None

    def _body(
        self,
        answer: httpcore.Response,
        headers: dict[str, str],
        here: Target,
        deadline: float,
        most: int,
        *,
        cut: bool,
    ) -> bytes:
        """Return the decoded body, never holding more than ``most`` bytes of it."""
        said = headers.get("content-length", "")
        if said.isdigit() and int(said) > most and not cut:
            raise self._large(here, most)
        body = bytearray()
        for piece in _decoded(answer, headers, most + 1):
            body += piece
            if len(body) > most:
                if cut:
                    return bytes(body[:most])
                raise self._large(here, most)
            if self._clock() > deadline:
                raise self._slow(here)
        return bytes(body)

    def _large(self, here: Target, most: int) -> Problem:
        return Problem(
            ja=f"ページが大きすぎます（上限{most // _MIB}MB）。読むのをやめました。ブラウザーで必要な部分を保存してください。",
            en=f"the page is too large (limit {most // _MIB} MB) and was not read to its end; save the part needed in a browser",
            file=here.url,
        )

    def _slow(self, here: Target) -> Problem:
        return Problem(
            ja=f"サイトの答えが遅すぎます（上限{self._seconds:g}秒）。時間をおいて試してください。",
            en=f"the site answers too slowly (limit {self._seconds:g} seconds); try again later",
            file=here.url,
        )


def _headers(answer: httpcore.Response) -> dict[str, str]:
    """Return the headers by name in small letters, the first of each."""
    found: dict[str, str] = {}
    for name, value in answer.headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return found


def _decoded(answer: httpcore.Response, headers: dict[str, str], most: int) -> Iterable[bytes]:
    """Yield the body unpacked, in pieces of at most ``most`` bytes whatever a small piece of gzip would grow to."""
    coding = headers.get("content-encoding", "").lower()
    if coding in {"", "identity"}:
        yield from answer.iter_stream()
        return
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise ValueError(f"content-encoding {coding[:40]}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib, whichever it is
    first = True
    for packed in answer.iter_stream():
        rest = packed
        while rest:
            try:
                piece = unpack.decompress(rest, most)
            except zlib.error:
                if not first or coding != "deflate":
                    raise
                unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without its header, as some servers send it
                piece = unpack.decompress(rest, most)
            first = False
            yield piece
            if unpack.eof:  # what follows would only be kept, and never read
                return
            rest = unpack.unconsumed_tail


def _joined(url: str, location: str) -> str:
    """Return the address that a ``Location`` leads to from ``url``, itself where it cannot be joined: it is refused."""
    location = _ascii(location, url)
    try:
        return urllib.parse.urljoin(url, location)
    except ValueError:  # [::1 without its bracket
        return location


def _ascii(location: str, url: str) -> str:
    """Return a ``Location`` as it is followed: raw bytes in it are UTF-8, as browsers take them."""
    if len(location) > 4_000:
        raise Problem(
            ja="転送先のアドレスが長すぎます。開きません。",
            en="the redirect leads to an overlong address; it is not followed",
            file=url,
        )
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
