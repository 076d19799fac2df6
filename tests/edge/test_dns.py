"""TXT look-ups, against a real name server on 127.0.0.1."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from madoguchi.edge.dns import txt
from madoguchi.problem import Problem

Run = Callable[[dict[str, list[bytes] | int | None]], AbstractContextManager[int]]
SERVFAIL = 2


def test_the_strings_of_a_record_are_joined(name_server: Run) -> None:
    key = b"v=DKIM1; k=rsa; p=" + b"A" * 250
    with name_server({"s._domainkey.shop.example": [key]}) as port:
        assert txt("s._domainkey.shop.example.", servers=["127.0.0.1"], port=port) == [key]


def test_several_records_are_several(name_server: Run) -> None:
    with name_server({"shop.example": [b"v=spf1 -all", b"other"]}) as port:
        assert sorted(txt("shop.example", servers=["127.0.0.1"], port=port)) == [b"other", b"v=spf1 -all"]


@pytest.mark.parametrize("records", [{}, {"shop.example": []}], ids=["no such name", "no such record"])
def test_that_there_is_none_is_an_answer(name_server: Run, records: dict[str, list[bytes] | int | None]) -> None:
    with name_server(records) as port:
        assert txt("shop.example", servers=["127.0.0.1"], port=port) == []


def test_that_nobody_knows_is_a_problem(name_server: Run) -> None:
    with name_server({"shop.example": SERVFAIL}) as port, pytest.raises(Problem):
        txt("shop.example", servers=["127.0.0.1"], port=port)


def test_silence_is_a_problem(name_server: Run) -> None:
    with name_server({"shop.example": None}) as port, pytest.raises(Problem) as raised:
        txt("shop.example", servers=["127.0.0.1"], port=port, seconds=0.3)
    assert "shop.example" in raised.value.say("ja")


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example", "\udcff.example"])
def test_what_is_no_name_is_a_problem(name: str) -> None:
    with pytest.raises(Problem):
        txt(name, servers=["127.0.0.1"], port=9)
