"""Access logs: who asked for what, and whom it names."""

import gzip
from pathlib import Path

import pytest

from madoguchi.scope import accesslog, ids


def test_a_line_of_the_combined_format_is_read() -> None:
    line = (
        '203.0.113.7 - m.sato [02/Aug/2026:10:00:00 +0900] "GET /members/5?x=1 HTTP/1.1" 200 512 "-" "Mozilla \\"x\\""'
    )
    found = accesslog.request(line)
    assert found is not None
    assert (found.host, found.user, found.target, found.served) == ("203.0.113.7", "m.sato", "/members/5?x=1", True)
    assert found.when[0].isoformat() == "2026-08-02T01:00:00+00:00"


@pytest.mark.parametrize("line", ["", "hello", '1.2.3.4 - - [nowhen] "GET / HTTP/1.1" 200 1'])
def test_another_line_is_none(line: str) -> None:
    assert accesslog.request(line) is None


@pytest.mark.parametrize(
    ("target", "values"),
    [
        ("/mypage?member_id=M1&order_no=9", [("member_id", "m1"), ("order_id", "9")]),
        ("/customers/15/orders/900.json", [("member_id", "15"), ("order_id", "900.json")]),
        ("/search?email=TARO%40example.jp", [("email", "taro@example.jp")]),
        ("/products/15", []),
        ("/members/new", []),
        ("http://[bad", []),
    ],
)
def test_the_ids_in_an_address_are_read(target: str, values: list[tuple[str, str]]) -> None:
    assert [(item, value) for item, value, _ in accesslog.named(target)] == values


def test_an_id_in_an_address_has_its_kind() -> None:
    assert [kind for *_, kind in accesslog.named("/customers/15")] == [ids.kind("会員番号")]


@pytest.mark.parametrize(
    ("page", "target", "on"),
    [
        ("/checkout", "/checkout/", True),
        ("/checkout", "/checkout/card?x", True),
        ("/checkout", "/checkouts", False),
        ("/", "/anything", True),
        (None, "/x", True),
    ],
)
def test_a_page_is_itself_and_what_lies_under_it(page: str | None, target: str, on: bool) -> None:
    assert accesslog.is_on(page, target) is on


def test_every_line_of_a_real_log_is_understood(shared: Path) -> None:
    with gzip.open(shared / "data" / "weblogs" / "elastic_apache_access_10k.log.gz", "rt", errors="replace") as file:
        lines = [line for line in file if line.strip()]
    assert sum(accesslog.request(line) is None for line in lines) <= len(lines) // 1000
