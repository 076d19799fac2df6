"""JSON with exactly one writing for each value, so that a hash or a signature over it means the value.

The form of RFC 8785: keys sorted by UTF-16 code units, no white space, the shortest escapes, UTF-8; strings stay as
they came (no NFC: what a stranger wrote must come back byte for byte). Numbers are whole and within ±(2**53 - 1): every
language writes those alike, while floats have many writings and the record needs none.
"""

import json
from typing import Any

LARGEST = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(value: Any) -> bytes:
    """Return the one writing of ``value`` (None, bool, int, str, list, dict); `ValueError` for anything else."""
    try:
        return _ENCODER.encode(_sorted(value)).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None


def parse(data: bytes) -> Any:
    """Return the value of a JSON text, for a caller who writes it again and compares; `ValueError` when it is none."""
    try:
        return json.loads(data.decode())
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _sorted(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is beyond ±(2**53 - 1); write it as text")
        return value
    if isinstance(value, list | tuple):
        return [_sorted(part) for part in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key that is no text")
        return {key: _sorted(value[key]) for key in sorted(value, key=_utf16)}
    raise ValueError(f"{type(value).__name__} has no place in the record; use whole numbers, text, lists and keys")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
