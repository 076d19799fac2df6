"""JSON from a stranger, read so that two programs cannot read it differently: no key twice, no NaN, UTF-8 alone."""

import json
from typing import Any

DEEPEST = 32


def parse(data: bytes) -> Any:
    """Return the value; `ValueError` for what is no JSON, a key that stands twice, NaN, or too deep a nesting."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    layer = [value]
    for _ in range(DEEPEST):
        layer = [inner for each in layer for inner in _inner(each)]
    if layer:
        raise ValueError("nested too deeply")
    return value


def _inner(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no value of JSON")
