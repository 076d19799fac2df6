"""Fields and parameters by themselves; the whole mails are in test_mail.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.mail import headers


def test_fields_keep_their_order_and_their_doubles():
    data = b"From: a\r\nX: 1\r\n  2\r\nFROM : b\r\n\r\nbody"
    found, at = headers.fields(data, 100)
    assert [tuple(field) for field in found] == [("from", b"a"), ("x", b"1  2"), ("from", b"b")]
    assert data[at:] == b"body"
    assert headers.first(found, "from") == b"a"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (b"text/plain", ("text/plain", {})),
        (b'TEXT/Plain; Charset="UTF-8"; format=flowed', ("text/plain", {"charset": "UTF-8", "format": "flowed"})),
        (b'a/b; x="semi;colon\\"quote"', ("a/b", {"x": 'semi;colon"quote'})),
        (b"a/b; x*=utf-8'ja'%E7%AA%93", ("a/b", {"x": "窓"})),
        (b"a/b; x*1=b; x*0=a", ("a/b", {"x": "ab"})),
        (b"a/b;;; x", ("a/b", {})),
        (b"", ("", {})),
    ],
)
def test_parameters_are_read(value, found):
    assert headers.parameters(value) == found


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"YWJj", b"abc"), (b"YW Jj\n", b"abc"), (b"YWI=YWI=", b"abab"), (b"YWJjZ", b"abc"), (b"!!", b"")],
)
def test_base64_is_read_however_careless(data, found):
    assert headers.base64(data) == found


@given(st.binary(max_size=120))
def test_no_value_makes_a_reader_fail(value):
    headers.parameters(value)
    headers.mailboxes(value)
    headers.date(value)
    headers.ids(value)
    assert "\n" not in headers.text(value)
