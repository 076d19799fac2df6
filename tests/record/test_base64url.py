"""Bytes have one writing in base64url."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import base64url


@given(st.binary(max_size=70))
def test_bytes_come_back(data):
    written = base64url.encode(data)
    assert "=" not in written
    assert base64url.decode(written) == data


@pytest.mark.parametrize("text", ["QQ==", "QR", "Q", "Q+", "Q/", "QQ\n", "Q Q", "あ", "QQ="])
def test_any_other_writing_is_refused(text):
    with pytest.raises(ValueError):
        base64url.decode(text)
