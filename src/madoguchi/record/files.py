"""The documents of an entry: how its payload names them, and where they lie in a case file (``files/12/速報.pdf``)."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from madoguchi.record import limits

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_PATH = re.compile(r"files/(0|[1-9][0-9]{0,15})/([^/]+)")


def is_safe(name: str) -> bool:
    """Tell whether ``name`` can be unpacked on any system and shows what it is: no paths, devices, hidden characters."""
    return not (
        not name
        or name != name.strip(" .")
        or any(letter in '<>:"/\\|?*' or unicodedata.category(letter)[0] == "C" for letter in name)
        or _RESERVED.fullmatch(name)
        or len(name.encode(errors="replace")) > limits.NAME_BYTES - len("files/9007199254740991/")
    )


def describe(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return what a payload says of its documents under ``files``: name, bytes, SHA-256; `ValueError` for a bad name."""
    folded = {unicodedata.normalize("NFC", name).casefold() for name in files}
    if len(folded) != len(files):
        raise ValueError("two documents of one entry have names that some systems take for the same")
    for name in files:
        if not is_safe(name):
            raise ValueError(f"{name!r} is no name for a document that every system can keep")
    return [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]


def path(index: int, name: str) -> str:
    """Return the name of the member that holds document ``name`` of entry ``index``."""
    return f"files/{index}/{name}"


def split(member: str) -> tuple[int, str] | None:
    """Return the entry and the document's name of a member, or None when it is no document's."""
    match = _PATH.fullmatch(member)
    return (int(match[1]), match[2]) if match and is_safe(match[2]) else None
