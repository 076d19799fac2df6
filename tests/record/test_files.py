"""Names of documents that every system can keep, and what a payload says of them."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import files


@pytest.mark.parametrize("name", ["速報.pdf", "report (2).html", "a", "console.txt", "ｶﾅ.csv", "が.txt", "README"])
def test_ordinary_names_are_kept(name):
    assert files.is_safe(name)
    assert files.split(files.path(12, name)) == (12, name)


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../x", "a/b", "a\\b", "C:x", "a*", "a?", 'a"', "a|b", "<a>", "con", "CON.txt", "lpt1.pdf", "nul",
        "a.", "a ", " a", ".hidden", "a\nb", "a\x00", "a\x7f", "invoice\u202efdp.exe", "a\u200bb", "a\ud800", "x" * 300,
    ],
)  # fmt: skip
def test_names_that_hide_something_or_cannot_be_unpacked_are_refused(name):
    assert not files.is_safe(name)
    assert files.split(files.path(12, name)) is None
    with pytest.raises(ValueError, match="no name"):
        files.describe({name: b""})


@pytest.mark.parametrize(
    "member",
    ["files/x", "files//x", "files/01/x", "files/-1/x", "files/1", "files/1/", "file/1/x", "FILES/1/x", "files/１/x"],
)
def test_a_member_elsewhere_is_no_document(member):
    assert files.split(member) is None


def test_names_that_some_systems_take_for_one_are_refused():
    for one, other in [("A.txt", "a.txt"), ("が.txt", "か\u3099.txt")]:
        with pytest.raises(ValueError, match="the same"):
            files.describe({one: b"", other: b""})


@given(st.binary(max_size=100))
def test_a_document_is_told_by_name_size_and_hash(data):
    assert files.describe({"b": data, "a": b""})[1] == {
        "name": "b",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
