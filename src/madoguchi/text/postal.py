"""Japanese postal codes in one writing."""

import re

from madoguchi.text.fold import fold

_SHAPE = re.compile(r"(?:〒|〶)? ?([0-9]{3}) ?-? ?([0-9]{4})")


def canonical(s: str) -> str | None:
    """Return a postal code as ``150-0041``, or None when ``s`` is not seven digits with or without 〒 and dash."""
    found = _SHAPE.fullmatch(fold(s))
    return f"{found[1]}-{found[2]}" if found else None
