"""The guarded fetcher against real servers on 127.0.0.1, which the tests allow by name; everything else stays refused."""

import datetime as dt
import gzip
import ipaddress
import ssl
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from madoguchi.edge.addresses import is_public
from madoguchi.edge.fetch import Fetcher
from madoguchi.problem import Problem

LOOP = ipaddress.ip_address("127.0.0.1")


def fetcher(web: Any, names: dict[str, list[str]] | None = None, **limits: Any) -> Fetcher:
    """Return a fetcher for which the test's names lead to the test's server, and nothing else inside is allowed."""
    known = {"shop.example": ["127.0.0.1"], "www.shop.example": ["127.0.0.1"], **(names or {})}
    return Fetcher(
        resolve=lambda host, _port: known.get(host, []),
        allowed=lambda address: address == LOOP or is_public(address),
        ports=[web.port],
        **{"pace": 0.0, **limits},
    )


def at(web: Any, path: str, host: str = "shop.example") -> str:
    return f"http://{host}:{web.port}{path}"


def test_a_page_is_fetched_as_it_is(web: Any) -> None:
    web.pages["/p?q=1"] = "<p>窓口</p>"
    found = fetcher(web)(at(web, "/p?q=1#x"))
    assert (found.status, found.body.decode(), found.type) == (200, "<p>窓口</p>", "text/html; charset=utf-8")
    assert found.url == at(web, "/p?q=1")
    assert found.redirects == ()
    assert found.seen_at.tzinfo == dt.UTC


def test_nothing_is_told_of_the_user(web: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.pages["/a"] = lambda handler: web.give(handler, b"", {"Set-Cookie": "id=1", "Location": "/b"}, 302)
    web.pages["/b"] = "b"
    fetch = fetcher(web)
    fetch(at(web, "/a"))
    fetch(at(web, "/b"))
    for _, headers in web.asked:
        assert headers["host"] == f"shop.example:{web.port}"
        assert headers["user-agent"].startswith("MadoguchiBot/")
        assert not {"cookie", "referer", "authorization"} & set(headers)


def test_an_error_page_is_an_answer(web: Any) -> None:
    assert fetcher(web)(at(web, "/none")).status == 404


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.2"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:192.168.0.1"],
        ["127.0.0.1", "10.0.0.1"],
        ["100.64.0.1"],
        [],
    ],
)
def test_a_name_that_leads_inside_is_refused_before_anything_is_asked(web: Any, addresses: list[str]) -> None:
    with pytest.raises(Problem):
        fetcher(web, {"evil.example": addresses})(at(web, "/", "evil.example"))
    assert web.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "localhost",
        "169.254.169.254",
    ],
)
def test_by_itself_the_fetcher_never_goes_inside(web: Any, host: str) -> None:
    with pytest.raises(Problem):
        Fetcher(ports=[web.port], pace=0)(at(web, "/", host))
    assert web.asked == []


def test_a_redirect_inside_is_refused(web: Any) -> None:
    web.pages["/out"] = web.redirect("http://169.254.169.254/latest/meta-data/")
    web.pages["/name"] = web.redirect(at(web, "/secret", "intern.example"))
    web.pages["/odd"] = web.redirect(f"http://0x7f000001:{web.port}/secret")
    web.pages["/file"] = web.redirect("file:///etc/passwd")
    web.pages["/user"] = web.redirect(f"http://shop.example@127.0.0.1:{web.port}/secret")
    web.pages["/secret"] = "secret"
    for path in ("/out", "/name", "/odd", "/file", "/user"):
        with pytest.raises(Problem):
            fetcher(web, {"intern.example": ["10.1.2.3"]})(at(web, path))
    assert "/secret" not in web.paths()


def test_a_name_that_changes_its_answer_gains_nothing(web: Any) -> None:
    """DNS rebinding: every connection goes to an address that was itself looked up and checked just before."""
    answers = iter(["127.0.0.1", "127.0.0.1", "192.168.0.1"])
    asked = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(next(answers))
        return [asked[-1]]

    web.pages["/"] = "public"
    fetch = Fetcher(resolve=resolve, allowed=lambda address: address == LOOP, ports=[web.port], pace=0)
    assert fetch(at(web, "/", "rebind.example")).body == b"public"
    assert len(asked) == len(web.asked) == 2  # robots.txt and the page: one look-up each, none by the library
    with pytest.raises(Problem):
        fetch(at(web, "/again", "rebind.example"))
    assert web.paths() == ["/robots.txt", "/"]


def test_redirects_are_followed_and_told(web: Any) -> None:
    web.pages["/1"] = web.redirect("/2", 301)
    web.pages["/2"] = web.redirect(at(web, "/3", "www.shop.example"), 308)
    web.pages["/3"] = "3"
    found = fetcher(web)(at(web, "/1"))
    assert found.body == b"3"
    assert found.url == at(web, "/3", "www.shop.example")
    assert found.redirects == (at(web, "/1"), at(web, "/2"))


def test_redirects_have_an_end(web: Any) -> None:
    for number in range(10):
        web.pages[f"/{number}"] = web.redirect(f"/{number + 1}")
    web.pages["/a"], web.pages["/b"] = web.redirect("/b"), web.redirect("/a")
    for path in ("/0", "/a"):
        with pytest.raises(Problem):
            fetcher(web)(at(web, path))
    assert len([path for path in web.paths() if path[1:].isdigit()]) == 6


def test_robots_are_obeyed(web: Any) -> None:
    web.pages["/robots.txt"] = "User-agent: *\nDisallow: /members/\n\nUser-agent: MadoguchiBot\nDisallow: /private"
    web.pages["/private/x"] = "x"
    web.pages["/members/x"] = "for others closed, for us open"
    web.pages["/in"] = web.redirect("/private/x")
    fetch = fetcher(web)
    assert fetch(at(web, "/members/x")).status == 200
    for path in ("/private/x", "/in"):
        with pytest.raises(Problem) as raised:
            fetch(at(web, path))
        assert "robots.txt" in raised.value.say("ja")
    assert "/private/x" not in web.paths()
    assert web.paths().count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "open_"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_without_robots_rules(web: Any, status: int, *, open_: bool) -> None:
    web.pages["/robots.txt"] = lambda handler: web.give(handler, b"", {}, status)
    web.pages["/"] = "x"
    if open_:
        assert fetcher(web)(at(web, "/")).status == 200
    else:
        with pytest.raises(Problem):
            fetcher(web)(at(web, "/"))


def test_a_host_is_asked_slowly(web: Any) -> None:
    web.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 3"
    web.pages["/"] = "x"
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    fetch = fetcher(web, pace=1.0, clock=lambda: now[0], sleep=sleep)
    fetch(at(web, "/"))
    fetch(at(web, "/"))
    now[0] += 2
    fetch(at(web, "/"))
    assert slept == [3.0, 3.0, 1.0]
    fetch(at(web, "/", "www.shop.example"))
    assert slept == [3.0, 3.0, 1.0, 3.0]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
def test_packed_pages_are_unpacked(web: Any, coding: str, pack: Callable[[bytes], bytes]) -> None:
    body = "個人情報お問い合わせ窓口".encode() * 10_000
    web.pages["/"] = lambda handler: web.give(handler, pack(body), {"Content-Encoding": coding})
    assert fetcher(web)(at(web, "/")).body == body


def test_bombs_and_endless_pages_are_cut_off(web: Any) -> None:
    bomb = gzip.compress(bytes(50_000_000))

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1_000):
            handler.wfile.write(b"x" * 65_536)

    web.pages["/bomb"] = lambda handler: web.give(handler, bomb, {"Content-Encoding": "gzip"})
    web.pages["/endless"] = endless
    web.pages["/said"] = lambda handler: web.give(handler, b"x", {"Content-Length": "60000000"})
    for path in ("/bomb", "/endless", "/said"):
        with pytest.raises(Problem) as raised:
            fetcher(web, most_bytes=1_000_000)(at(web, path))
        assert "large" in raised.value.say("en")


def test_what_follows_a_packed_page_is_not_kept(web: Any) -> None:
    def trailed(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(gzip.compress("窓口".encode()))
        for _ in range(2_000):
            handler.wfile.write(bytes(65_536))

    web.pages["/"] = trailed
    assert fetcher(web)(at(web, "/")).body == "窓口".encode()


@pytest.mark.parametrize(
    "to", ["http://[::1", "//[::1/", "file:///etc/hosts", "javascript:alert(1)", "http://[fe80::1%25lo]/"]
)
def test_a_redirect_to_no_address_is_a_problem(web: Any, to: str) -> None:
    web.pages["/"] = web.redirect(to)
    with pytest.raises(Problem):
        fetcher(web)(at(web, "/"))
    web.pages["/robots.txt"] = web.redirect(to)
    with pytest.raises(Problem):
        fetcher(web)(at(web, "/page"))


def test_a_page_in_an_unknown_packing_is_refused(web: Any) -> None:
    web.pages["/"] = lambda handler: web.give(handler, b"x", {"Content-Encoding": "br"})
    web.pages["/broken"] = lambda handler: web.give(handler, b"no gzip at all", {"Content-Encoding": "gzip"})
    for path in ("/", "/broken"):
        with pytest.raises(Problem):
            fetcher(web)(at(web, path))


def test_a_server_that_drips_is_left(web: Any) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 400:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.01)

    web.pages["/"] = drip
    with pytest.raises(Problem) as raised:
        fetcher(web, seconds=0.5)(at(web, "/"))
    assert "slowly" in raised.value.say("en")


def test_pages_are_counted(web: Any) -> None:
    web.pages["/"] = "x"
    fetch = fetcher(web, most_pages=2)
    fetch(at(web, "/"))
    fetch(at(web, "/"))
    with pytest.raises(Problem):
        fetch(at(web, "/"))


def test_a_site_that_does_not_answer_is_a_problem(web: Any) -> None:
    web.server.server_close()
    with pytest.raises(Problem):
        fetcher(web)(at(web, "/"))


def test_a_redirect_from_https_to_http_is_refused(web: Any) -> None:
    from madoguchi.edge.target import target

    fetch = fetcher(web)
    with pytest.raises(Problem):
        fetch._next(target("https://shop.example/", frozenset()), "http://shop.example/", ["https://shop.example/"])


def test_the_certificate_is_that_of_the_name_though_the_connection_goes_to_an_address(web: Any, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        certificate.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    web.server.socket = context.wrap_socket(web.server.socket, server_side=True)
    web.pages["/"] = "secure"
    fetch = fetcher(web, certificates=str(file))
    assert fetch(f"https://shop.example:{web.port}/").body == b"secure"
    for host, certificates in (("www.shop.example", str(file)), ("shop.example", None)):
        with pytest.raises(Problem):
            fetcher(web, certificates=certificates)(f"https://{host}:{web.port}/")
