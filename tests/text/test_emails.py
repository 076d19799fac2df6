"""Mail addresses: width, case and tag aside."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import datafile, emails

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "emails.yaml").read_bytes())
WRITINGS = [(written, address) for address, writings in CASES["same"].items() for written in writings]
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize(("written", "address"), WRITINGS)
def test_every_writing_of_an_address_is_that_address(written: str, address: str):
    assert emails.canonical(written) == address


@pytest.mark.parametrize("written", CASES["none"])
def test_what_is_no_address_is_nothing(written: str):
    assert emails.canonical(written) is None


@given(
    st.from_regex(r"[a-z][a-z0-9._-]{0,20}", fullmatch=True), st.from_regex(r"[a-z0-9]{1,10}\.(jp|com)", fullmatch=True)
)
def test_case_width_and_tag_do_not_change_an_address(local: str, domain: str):
    address = f"{local}@{domain}"
    assert emails.canonical(address) == address
    assert emails.canonical(address.upper().translate(WIDE)) == address
    assert emails.canonical(f"{local}+tag@{domain}") == address


@given(st.text(st.sampled_from('aZ.@＠+<>"。- ０日ß'), max_size=30))
def test_a_kept_address_is_kept_as_it_is(s: str):
    found = emails.canonical(s)
    assert found is None or emails.canonical(found) == found


def test_an_endless_address_is_nothing():
    assert emails.canonical("a" * 65 + "@example.jp") is None
    assert emails.canonical("a@" + "a." * 200 + "jp") is None
