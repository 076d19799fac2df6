"""The part of the verifier that opens what was disclosed: payloads, parts of batches, documents."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from madoguchi.record import casefile, files
from madoguchi.record.disclosure import Disclosure
from madoguchi.record.entry import in_batch
from madoguchi.record.verdict import Verdict


def check_disclosures(
    members: Mapping[str, memoryview],
    lines: Iterator[tuple[str, bytes]],
    commitments: list[bytes | None],
    verdict: Verdict,
) -> int:
    """Compare every disclosed payload, part and document with the log; return how many entries stay undisclosed."""
    opened: dict[int, Mapping[str, Any]] = {}
    wrong: set[int] = set()  # told already: what hangs on these payloads is not told again
    read_from = (casefile.PAYLOADS, casefile.LOG)
    before = (-1, -1)
    for place, line in lines:
        try:
            disclosure = Disclosure.read(line)
        except ValueError:
            verdict.found("unreadable", place, about=(casefile.PAYLOADS,))
            continue
        if disclosure.order <= before:
            verdict.found("payload_order", place, about=(casefile.PAYLOADS,))
        before = disclosure.order
        index = disclosure.index
        if not 0 <= index < len(commitments):
            verdict.found("no_entry", place, about=read_from, index=index)
        elif disclosure.part is not None:
            if index not in wrong and not _belongs(disclosure, opened.get(index, {})):
                verdict.found("part", place, about=read_from, index=index)
        elif disclosure.commitment() != commitments[index]:
            verdict.found("payload", place, about=read_from, index=index)
            wrong.add(index)
        else:
            opened[index] = disclosure.payload
    _check_documents(members, opened, wrong, verdict)
    return len(commitments) - len(opened)


def _belongs(disclosure: Disclosure, batch: Mapping[str, Any]) -> bool:
    try:
        return in_batch(batch["parts"], disclosure.part or 0, disclosure.commitment(), disclosure.proof)
    except (KeyError, TypeError, ValueError):
        return False


def _check_documents(
    members: Mapping[str, memoryview], opened: Mapping[int, Mapping[str, Any]], wrong: set[int], verdict: Verdict
) -> None:
    """Compare each document that lies in the file with the payload that names it; one that does not lie here is fine."""
    for member, data in members.items():
        place = files.split(member)
        if place is None or place[0] in wrong:
            continue
        index, name = place
        read_from = (member, casefile.PAYLOADS, casefile.LOG)
        named = _named(opened.get(index, {}), name)
        if named is None:
            verdict.found("file_unknown", member, about=read_from)
        elif named != {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}:
            verdict.found("file", member, about=read_from)


def _named(payload: Mapping[str, Any], name: str) -> Any:
    """Return what a payload says of its document ``name``, or None."""
    listed = payload.get("files")
    listed = listed if isinstance(listed, list) else []
    of_name = [each for each in listed if isinstance(each, dict) and each.get("name") == name]
    return of_name[0] if len(of_name) == 1 else None
