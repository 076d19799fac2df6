"""What a room answered, as a document of the record."""

import json
from typing import Any


def as_json(value: Any) -> bytes:
    """Return a JSON value as a document; half a character, which no file takes, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")
