"""The case file's zip, which has exactly one writing: stored, sorted by name, one fixed time, UTF-8 names, no extras.

We read only the local headers, in order, and then compare every byte with what we would have written ourselves. So
there is nothing to disagree about with other zip programs: duplicates, comments, data before, between or after the
members, a second directory, a compressed member cannot survive the comparison.
"""

import itertools
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from madoguchi.problem import Problem
from madoguchi.record import limits

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, UTF8, STORED, NO_TIME, FIRST_DAY = 20, 0x0800, 0, 0, 0x0021  # zip 2.0; 1980-01-01 00:00
MOST_MEMBERS, MOST_BYTES = 0xFFFF, 0xFFFFFFFF
_FIXED = struct.Struct("<HHHHHIIIHH")  # from "version needed" to "extra length", the same in both headers
_LOCAL_BYTES = 4 + _FIXED.size


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it lies in the file; ``damaged`` when its header or content is not what we would have written."""

    name: str
    data: memoryview
    damaged: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What could be read: the members in their order, and the byte from which the file is no longer ours, or None."""

    members: tuple[Member, ...]
    broken_at: int | None


def write(members: Mapping[str, bytes]) -> bytes:
    """Return the zip of these members; `Problem` when it would be larger than a case file may be."""
    ordered = [(name, memoryview(data)) for name, data in sorted(members.items(), key=lambda each: each[0].encode())]
    size = sum(len(data) + 2 * len(name.encode()) + 100 for name, data in ordered)
    if len(ordered) > MOST_MEMBERS or size > limits.FILE_BYTES:
        raise Problem(
            ja=f"記録のファイルが大きすぎます（{size} バイト、{len(ordered)} 個）。添える資料を減らしてください。",
            en=f"the case file would be too large ({size} bytes, {len(ordered)} members); add fewer documents",
        )
    return b"".join(_chunks(ordered))


def read(data: bytes) -> Contents:
    """Return what lies in ``data``. Never raises: what is not a case file has no members and is broken at byte 0."""
    whole, at = memoryview(data), 0
    members: list[Member] = []
    while whole[at : at + 4] == LOCAL and len(whole) >= at + _LOCAL_BYTES and len(members) < MOST_MEMBERS:
        *_, size, name_bytes, extra = _FIXED.unpack_from(whole, at + 4)
        start = at + _LOCAL_BYTES + name_bytes + extra
        if start + size > len(whole):
            break
        raw = bytes(whole[at + _LOCAL_BYTES : at + _LOCAL_BYTES + name_bytes])
        content = whole[start : start + size]
        name = raw.decode(errors="replace")
        damaged = bytes(whole[at:start]) != _local(raw, content)
        members.append(Member(name, content, damaged))
        at = start + size
    return Contents(tuple(members), _first_difference(whole, [(each.name, each.data) for each in members], at))


def _chunks(members: Sequence[tuple[str, memoryview]]) -> Iterator[bytes | memoryview]:
    for name, data in members:
        yield _local(name.encode(), data)
        yield data
    yield from _directory(members)


def _directory(members: Sequence[tuple[str, memoryview]]) -> Iterator[bytes]:
    at = size = 0
    for name, data in members:
        raw = name.encode()
        record = CENTRAL + struct.pack("<H", VERSION) + _fixed(raw, data) + struct.pack("<HHHII", 0, 0, 0, 0, at) + raw
        at += _LOCAL_BYTES + len(raw) + len(data)
        size += len(record)
        yield record
    yield END + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), size, at, 0)


def _local(name: bytes, data: memoryview) -> bytes:
    return LOCAL + _fixed(name, data) + name


def _fixed(name: bytes, data: memoryview) -> bytes:
    size = len(data)
    return _FIXED.pack(VERSION, UTF8, STORED, NO_TIME, FIRST_DAY, zlib.crc32(data), size, size, len(name), 0)


def _first_difference(whole: memoryview, members: Sequence[tuple[str, memoryview]], end_of_members: int) -> int | None:
    """Return the first byte of the directory at the end that is not as we write it; the members were compared above."""
    if not members:
        return end_of_members
    directory = b"".join(_directory(members))
    rest = bytes(whole[end_of_members : end_of_members + len(directory) + 1])
    if rest == directory:
        return None
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(rest, directory, strict=False))
    return end_of_members + sum(1 for _ in same)
