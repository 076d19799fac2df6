"""The members of one archive, weighed before they are opened and counted while they come out."""

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from madoguchi.intake import names, reasons
from madoguchi.intake.limits import Limits
from madoguchi.intake.reasons import Reason

DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, EOFError, struct.error,
    ValueError, OverflowError, NotImplementedError, IndexError, KeyError, UnicodeError,
)  # fmt: skip
"""What the libraries raise over damaged archives (bz2 raises a bare OSError beside them)."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


class Refused(Exception):  # noqa: N818 - a decision, no error
    """An archive that stays closed, with the reason."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        super().__init__(reason[1])
        self.reason = reason


_Opener = Callable[[Path], IO[bytes]]
_OPENERS = {
    "gz": cast("_Opener", gzip.open),
    "bz2": cast("_Opener", bz2.open),
    "xz": cast("_Opener", lzma.open),
}


@dataclass
class Member:
    """One file in an archive: a stream of its bytes, or the reason why there is none."""

    name: str | None
    """None when the archive has one member without a name of its own (gz, bz2, xz)."""
    stream: IO[bytes] | None = None
    reason: Reason | None = None


def members(path: Path, kind: str, limits: Limits, room: int) -> Iterator[Member]:
    """Yield the members of an archive of ``kind`` (`kind.ARCHIVES`) in their order; ``room`` bytes may come out.

    Raises `Refused` before the first member when the declared sizes say that it is a bomb or would not fit. The
    declared sizes are only believed when they are bad: whoever reads the streams counts. `DAMAGE` may be raised.
    """
    if kind == "zip":
        yield from _zip(path, limits, room)
    elif kind == "tar":
        yield from _tar(path, limits, room)
    else:
        with _OPENERS[kind](path) as stream:
            yield Member(None, stream)


def weigh(declared: int, packed: int, limits: Limits, room: int) -> None:
    """Raise `Refused` when ``declared`` bytes out of ``packed`` ones are too many."""
    if declared > room:
        raise Refused(reasons.too_big(declared, room))
    if declared > limits.ratio_from and declared > limits.ratio * packed:
        raise Refused(reasons.too_dense(declared // max(packed, 1), limits))


def _zip(path: Path, limits: Limits, room: int) -> Iterator[Member]:
    _count_entries(path, limits)
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > limits.files:
            raise Refused(reasons.too_many(limits))
        weigh(sum(info.file_size for info in infos), path.stat().st_size, limits, room)
        _no_overlap(infos, archive.start_dir)
        known = {names.of_zip_member(info) for info in infos}
        for info in infos:
            name = names.of_zip_member(info)
            if info.is_dir() or name.endswith("/"):
                continue
            try:
                yield from _zip_member(archive, info, name, known)
            except DAMAGE as error:  # its local header; the other members may be whole
                yield Member(name, reason=reasons.damaged(type(error).__name__, 0))


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, known: set[str]) -> Iterator[Member]:
    if info.flag_bits & 0x1:
        yield Member(name, reason=reasons.LOCKED)
    elif info.compress_type not in _METHODS:
        yield Member(name, reason=reasons.packing(info.compress_type))
    elif stat.S_ISLNK(info.external_attr >> 16):
        with archive.open(info) as stream:
            target = stream.read(4096).decode("utf-8", "replace")
        if not _leads_to(name, target, known):
            yield Member(name, reason=reasons.LINK_OUT)
    else:
        with archive.open(info) as stream:
            yield Member(name, stream)


def _count_entries(path: Path, limits: Limits) -> None:
    """Raise `Refused` when the list of members is too long to be read into memory, as its end record says."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - 65_557, 0))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return  # no end record: zipfile will say so
    count, length = struct.unpack_from("<HL", tail, at + 10)
    at64 = tail.rfind(b"PK\x06\x06", 0, at)
    if at64 >= 0 and len(tail) >= at64 + 48:
        count, length = struct.unpack_from("<QQ", tail, at64 + 32)
    if count > limits.files or length > limits.files * 1024:
        raise Refused(reasons.too_many(limits))


def _no_overlap(infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Raise `Refused` when two members share bytes: no program writes that, and a few kilobytes become terabytes."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    starts = [info.header_offset for info in ordered[1:]] + [directory]
    for info, end in zip(ordered, starts, strict=True):
        if info.header_offset + 30 + info.compress_size > end:
            raise Refused(reasons.OVERLAP)


def _tar(path: Path, limits: Limits, room: int) -> Iterator[Member]:
    with tarfile.open(path, "r:", encoding="utf-8", errors="surrogateescape") as archive:
        count = total = 0
        known = set()
        try:
            for info in archive:
                count, total = count + 1, total + max(info.size, 0)
                known.add(names.of_tar_member(info.name))
                if count > limits.files:
                    raise Refused(reasons.too_many(limits))
        except tarfile.ReadError:
            pass  # cut off: the members before the damage are read below, and the damage is met again
        weigh(total, path.stat().st_size, limits, room)
    with tarfile.open(path, "r:", encoding="utf-8", errors="surrogateescape") as archive:
        for info in archive:
            name = names.of_tar_member(info.name)
            if info.isreg():
                stream = archive.extractfile(info)
                assert stream is not None
                yield Member(name, stream)
            elif info.issym() or info.islnk():
                # A hard link names its target from the top of the archive, a symbolic one from its own folder.
                if not _leads_to(name if info.issym() else "", names.of_tar_member(info.linkname), known):
                    yield Member(name, reason=reasons.LINK_OUT)
            elif not info.isdir():
                yield Member(name, reason=reasons.SPECIAL)
        # tarfile takes the first header that it cannot read for the end.
        with path.open("rb") as file:
            file.seek(archive.offset)
            if file.read(1 << 20).strip(b"\0"):
                raise tarfile.ReadError


def _leads_to(name: str, target: str, known: set[str]) -> bool:
    """Return whether a link leads to a member of the same archive (which is read under its own name)."""
    if target.startswith("/"):
        return False
    folders = name.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            if not folders:
                return False
            folders.pop()
        elif step not in {"", "."}:
            folders.append(step)
    found = "/".join(folders)
    return any(member.strip("/").removeprefix("./") == found or member.startswith(found + "/") for member in known)
