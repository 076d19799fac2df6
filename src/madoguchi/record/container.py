"""The case file's zip, which has exactly one writing: stored, sorted by name, one fixed time, UTF-8 names, no extras.

Every byte of it follows from the names and contents of its members, and we compare every byte with what we would have
written ourselves. So there is nothing to disagree about with other zip programs: duplicates, comments, data before,
between or after the members, a second directory, a compressed member cannot survive the comparison.

Name, size and checksum stand twice, in the header of each member and in the directory at the end, and the content fits
the checksum: so of one change it can be told in which of the three it is.
"""

import itertools
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from madoguchi.problem import Problem
from madoguchi.record import limits

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, UTF8, STORED, NO_TIME, FIRST_DAY = 20, 0x0800, 0, 0, 0x0021  # zip 2.0; 1980-01-01 00:00
MOST_MEMBERS = 0xFFFF
_FIXED = struct.Struct("<HHHHHIIIHH")  # from "version needed" to "extra length", the same in both headers
_LOCAL_BYTES = 4 + _FIXED.size
_CRC = slice(14, 18)  # where the checksum stands in a local header
_RECORD = struct.Struct("<4sHHHHHHIIIHHHHHII")  # one member in the directory, without its name
_END = struct.Struct("<4sHHHHIIH")
_OURS = struct.pack("<HHHHH", VERSION, UTF8, STORED, NO_TIME, FIRST_DAY)  # no other zip program begins a header so


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it lies in the file.

    ``changed``: its content does not have the checksum that was written with it. ``header_at``: the first byte of its
    header that is not as we write it, or None.
    """

    name: str
    data: memoryview
    changed: bool = False
    header_at: int | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Where the file stops being ours: ``cut`` off there, or else with other bytes.

    ``at`` is the first byte that differs, None where that cannot be told; ``member`` the one within which it is cut;
    ``early`` when members may lie behind it that were not read.
    """

    cut: bool
    at: int | None = None
    member: str | None = None
    early: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """What could be read: the members in their order, and the place from which the file is no longer ours, or None."""

    members: tuple[Member, ...]
    broken: Break | None = None

    @property
    def flaws(self) -> int:
        """Return how many things are not as we write them."""
        return sum(m.changed + (m.header_at is not None) for m in self.members) + (self.broken is not None)


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


def is_ours(data: bytes) -> bool:
    """Tell whether anything in ``data``, cut or changed as it may be, was written by `write`."""
    return LOCAL + _OURS in data or CENTRAL + struct.pack("<H", VERSION) + _OURS in data


def read(data: bytes, names: Collection[str] = ()) -> Contents:
    """Return what lies in ``data``. Never raises: what is not a case file has no members and is broken at byte 0.

    Where headers and directory contradict each other, the reading counts that has more of the expected ``names`` and
    explains the file by fewer changes.
    """
    whole = memoryview(data)
    walked = _walk(whole)
    if not walked.flaws:
        return walked
    listed = _listed(whole)
    readings = [walked] if listed is None else [walked, Contents(tuple(listed))]
    return min(readings, key=lambda each: (-sum(not names or m.name in names for m in each.members), each.flaws))


def _listed(whole: memoryview) -> list[Member] | None:
    """Return the members as the directory lists them, or None when it is not in every byte as we write it."""
    if len(whole) < _END.size:
        return None
    mark, _, _, count, _, size, first, _ = _END.unpack_from(whole, len(whole) - _END.size)
    if mark != END or not count or first + size + _END.size != len(whole):
        return None
    members: list[Member] = []
    said: list[tuple[bytes, int, int]] = []
    at, place = 0, first
    for _ in range(count):
        if place + _RECORD.size > len(whole) or bytes(whole[place : place + 4]) != CENTRAL:
            return None
        crc, length, name_bytes = (_RECORD.unpack_from(whole, place)[field] for field in (7, 9, 10))
        raw = bytes(whole[place + _RECORD.size : place + _RECORD.size + name_bytes])
        start = at + _LOCAL_BYTES + len(raw)
        if start + length > first or not _is_utf8(raw):
            return None
        content = whole[start : start + length]
        header_at = _first_difference(bytes(whole[at:start]), _local(raw, crc, length))
        members.append(
            Member(raw.decode(), content, zlib.crc32(content) != crc, None if header_at is None else at + header_at)
        )
        said.append((raw, crc, length))
        at, place = start + length, place + _RECORD.size + len(raw)
    directory = b"".join(_directory(said))
    return members if at == first and bytes(whole[first:]) == directory else None


def _walk(whole: memoryview) -> Contents:
    """Return the members as their own headers say, one after the other until there is none, and what follows."""
    members: list[Member] = []
    said: list[tuple[bytes, int, int]] = []
    at = 0
    while whole[at : at + 4] == LOCAL and len(members) < MOST_MEMBERS:
        if len(whole) < at + _LOCAL_BYTES:
            return Contents(tuple(members), Break(cut=True, at=len(whole)))
        *_, crc, _, size, name_bytes, extra = _FIXED.unpack_from(whole, at + 4)
        raw = bytes(whole[at + _LOCAL_BYTES : at + _LOCAL_BYTES + name_bytes])
        start = at + _LOCAL_BYTES + name_bytes + extra
        name = raw.decode(errors="replace")
        if start + size > len(whole):
            ends = bytes(whole[-_END.size : -_END.size + 4]) == END
            return Contents(tuple(members), Break(cut=False) if ends else Break(cut=True, at=len(whole), member=name))
        content = whole[start : start + size]
        header = bytearray(whole[at:start])
        right = zlib.crc32(content)
        header[_CRC] = struct.pack("<I", right)  # a wrong checksum is the content's, as far as can be told from here
        differs = _first_difference(bytes(header), _local(raw, right, size)) if _is_utf8(raw) else _LOCAL_BYTES
        members.append(Member(name, content, crc != right, None if differs is None else at + differs))
        said.append((raw, crc, size))
        at = start + size
    return Contents(tuple(members), _break(whole, at, members, b"".join(_directory(said))))


def _break(whole: memoryview, at: int, members: Sequence[Member], directory: bytes) -> Break | None:
    """Return how the bytes from ``at`` on differ from the directory that must stand there."""
    rest = bytes(whole[at : at + len(directory) + 1])
    if members and rest == directory:
        return None
    if members and (directory.startswith(rest) or (rest and LOCAL.startswith(rest))):
        return Break(cut=True, at=len(whole), early=not rest.startswith(directory[:4]))
    if not members or not rest.startswith((CENTRAL, END)):
        # Behind a member that grew or shrank nothing stands where it should: the change is in there, not here.
        astray = bool(members) and members[-1].changed
        expected = max((LOCAL + _OURS, directory) if members else (LOCAL,), key=lambda each: _alike(rest, each))
        return Break(cut=False, at=None if astray else at + _common(rest, expected))
    return Break(cut=False, at=at + _common(rest, directory), early=False)


def _chunks(members: Sequence[tuple[str, memoryview]]) -> Iterator[bytes | memoryview]:
    said = [(name.encode(), zlib.crc32(data), len(data)) for name, data in members]
    for (_, data), each in zip(members, said, strict=True):
        yield _local(*each)
        yield data
    yield from _directory(said)


def _directory(said: Sequence[tuple[bytes, int, int]]) -> Iterator[bytes]:
    """Yield the directory of members with these names, checksums and sizes, and its end."""
    at = size = 0
    for raw, crc, length in said:
        record = CENTRAL + struct.pack("<H", VERSION) + _fixed(raw, crc, length)
        record += struct.pack("<HHHII", 0, 0, 0, 0, at) + raw
        at += _LOCAL_BYTES + len(raw) + length
        size += len(record)
        yield record
    yield _END.pack(END, 0, 0, len(said), len(said), size, at, 0)


def _local(name: bytes, crc: int, size: int) -> bytes:
    return LOCAL + _fixed(name, crc, size) + name


def _fixed(name: bytes, crc: int, size: int) -> bytes:
    return _FIXED.pack(VERSION, UTF8, STORED, NO_TIME, FIRST_DAY, crc, size, size, len(name), 0)


def _is_utf8(raw: bytes) -> bool:
    return raw.decode(errors="replace").encode() == raw


def _first_difference(one: bytes, other: bytes) -> int | None:
    return None if one == other else _common(one, other)


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes at the beginning are the same."""
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def _alike(one: bytes, other: bytes) -> int:
    """Return how many of the first bytes are the same, each in its place."""
    return sum(a == b for a, b in zip(one[: 4 + len(_OURS)], other, strict=False))
