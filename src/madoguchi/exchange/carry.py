"""How a statement travels: as a JSON attachment of an ordinary mail, or as a block of text to paste into a form."""

import json
from collections.abc import Iterable
from typing import Any

from madoguchi.exchange import armour, jose, strictjson
from madoguchi.exchange.refusal import NotAccepted
from madoguchi.exchange.statement import TYPES

TYPE = "application/json"
FORM = 1
MOST_FOUND = 16
# A statement and its copy, indented and with room for escapes.
MOST_ATTACHMENT = 8 * jose.MOST_BYTES


def attachment(jws: str) -> tuple[str, str, bytes]:
    """Return name, media type and content of the attachment of ``jws``: the statement, and a copy for people to read.

    Programs read the statement alone; a copy that differs from it is a reason to refuse (`find`).
    """
    payload = jose.take_apart(jws).payload
    kind = payload.get("type")
    holder = {"madoguchi": FORM, "statement": jws, "payload": payload}
    data = json.dumps(holder, ensure_ascii=False, indent=1).encode() + b"\n"
    return f"madoguchi-{kind if kind in TYPES else 'statement'}.json", TYPE, data


def block(jws: str) -> str:
    """Return ``jws`` as lines of text between two marker lines, to be pasted where only text goes."""
    return armour.wrap(jws)


def letter(text: str) -> str:
    """Return ``text`` without its blocks: the letter that people read, as `digest.letter_digest` takes it."""
    return armour.without(text)


def find(text: str = "", attachments: Iterable[tuple[str, str, bytes]] = ()) -> list[str]:
    """Return the compact JWS that a mail, a form or a file brings, in order, each once, at most 16.

    ``attachments`` are name, media type and content; what they are is seen from their content alone. Nothing is
    verified yet. `NotAccepted` (``copy_differs``) for an attachment whose copy is not what was signed, and where one
    calls itself ours and cannot be read (``not_a_statement``, ``version``, ``too_large``).
    """
    found = []
    for name, _, data in attachments:
        found += _in_attachment(name, data)
    found += _in_text(text)
    return list(dict.fromkeys(found))[:MOST_FOUND]


def _in_text(text: str) -> list[str]:
    data = text.strip()
    if data.startswith("{") and '"madoguchi"' in data:
        return _in_attachment(None, data.encode("utf-8", "replace"))
    return armour.unwrap(data, most=MOST_FOUND)


def _in_attachment(name: str | None, data: bytes) -> list[str]:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        if b'"madoguchi"' not in data[:MOST_ATTACHMENT]:
            return []
        if len(data) > MOST_ATTACHMENT:
            raise NotAccepted("too_large", file=name, most=MOST_ATTACHMENT)
        return _statement(name, data.removeprefix(b"\xef\xbb\xbf"))
    if b"MADOGUCHI" in data[: armour.MOST_LETTERS] or start.startswith(b"eyJ"):
        return armour.unwrap(data[: armour.MOST_LETTERS].decode("utf-8", "replace"), most=MOST_FOUND)
    return []


def _statement(name: str | None, data: bytes) -> list[str]:
    try:
        holder: Any = strictjson.parse(data)
    except ValueError:
        raise NotAccepted("not_a_statement", file=name) from None
    if "madoguchi" not in holder:  # somebody else's JSON that has the word in it
        return []
    if type(holder["madoguchi"]) is int and holder["madoguchi"] != FORM:
        raise NotAccepted("version", file=name, version=FORM)
    jws = holder.get("statement")
    if not isinstance(jws, str) or set(holder) - {"madoguchi", "statement", "payload"}:
        raise NotAccepted("not_a_statement", file=name)
    try:
        payload = jose.take_apart(jws).payload
    except NotAccepted as problem:
        problem.at(file=name)
        raise
    if "payload" in holder and not _same(holder["payload"], payload):
        raise NotAccepted("copy_differs", file=name)
    return [jws.strip()]


def _same(copy: Any, signed: Any) -> bool:
    """Tell whether two values of JSON are one; Python alone would take 1 for true and 1.0."""
    return json.dumps(copy, sort_keys=True) == json.dumps(signed, sort_keys=True)
