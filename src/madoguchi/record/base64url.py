"""Bytes as base64url without padding (RFC 7515, section 2), and back only from that one writing."""

import base64
import binascii


def encode(data: bytes) -> str:
    """Return ``data`` as base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes of a base64url text; `ValueError` for padding, strange letters, or stray bits at the end."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if encode(data) != text:
        raise ValueError("not base64url in its one writing")
    return data
