"""Strangers' files opened: folders walked, archives weighed and unpacked, each file hashed and recognised by content."""

import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

from madoguchi.intake import confined, reasons
from madoguchi.intake import kind as kinds
from madoguchi.intake.limits import MIB, Limits
from madoguchi.intake.look import Look
from madoguchi.intake.part import Opened, Part, Unread
from madoguchi.intake.reasons import Reason
from madoguchi.intake.unpack import DAMAGE, Member, Refused, members, weigh
from madoguchi.intake.walk import given

_RESERVE = 64 * MIB
"""Free bytes left on the disk of the work folder, so that a full disk is told before it is full."""


def open_all(paths: list[Path], workdir: Path, limits: Limits) -> Opened:
    """Open files and folders and return their parts in a fixed order, with what could not be read and why.

    Folders are walked in the order of their names; links are not followed out of them. Members of archives are
    written to ``workdir`` under our own numbers (the caller owns and removes it); originals stay where they are.
    All of it happens in a process of its own. A path that does not exist is a `Problem`; everything else that
    cannot be read is in ``unread`` and the rest goes on.
    """
    found = list(given(paths))
    weight = sum(one.path.stat().st_size for one in found if one.reason is None)
    roomy = limits.for_input(10 * weight)
    absolute = [[one.name, str(one.path.absolute()), one.reason] for one in found]
    return Opened.from_json(confined.run(open_here, absolute, str(workdir.absolute()), limits, limits=roomy))


def open_here(found: list[list[Any]], workdir: str, limits: dict[str, Any]) -> Opened:
    """Do the work of `open_all` in this process: ``found`` is a list of name, path, reason or None."""
    opening = _Opening(Path(workdir), Limits(**limits))
    for name, path, reason in found:
        if reason is not None:
            opening.leave_out(name, (reason[0], reason[1]))
        else:
            opening.take(name, Path(path))
    return opening.opened


class _Opening:
    """One call of `open_all`: what it has opened so far, and how much."""

    def __init__(self, workdir: Path, limits: Limits) -> None:
        workdir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="unpacked-", dir=workdir))
        self.limits = limits
        self.opened = Opened()
        self.files = 0
        self.unpacked = 0

    def leave_out(self, name: str, reason: Reason) -> None:
        """List a file as unread."""
        self.opened.unread.append(Unread(name, ja=reason[0], en=reason[1]))

    def take(self, name: str, path: Path) -> None:
        """Take one file that the user named or that lies in a folder."""
        self.files += 1
        if self.files > self.limits.files:
            if self.files == self.limits.files + 1:
                self.leave_out(name, reasons.too_many(self.limits))
            return
        look = Look()
        try:
            with path.open("rb") as file:
                while chunk := file.read(MIB):
                    look.feed(chunk)
        except OSError as error:
            self.leave_out(name, reasons.system(error.strerror))
            return
        self._place(name, path, look, depth=0)

    def _place(self, name: str, path: Path, look: Look, *, depth: int) -> bool:
        """Put a file that was looked at where it belongs; return whether its bytes on disk are still needed."""
        judged = look.judge(path, name)
        if judged.reason is not None:
            self.leave_out(name, judged.reason)
            return False
        part = Part(name, path, look.size, look.sha256, judged.kind, judged.encoding)
        if judged.kind in kinds.ARCHIVES:
            self.opened.archives.append(part)
            if depth >= self.limits.depth:
                self.leave_out(name, reasons.too_deep(self.limits))
            else:
                self._unpack(part, depth)
            return False
        if judged.kind == "leftover":
            return False
        self.opened.parts.append(part)
        return True

    def _room(self) -> int:
        """Return how many bytes may still be unpacked."""
        free = shutil.disk_usage(self.folder).free - _RESERVE
        return max(min(self.limits.total_bytes - self.unpacked, free), 0)

    def _unpack(self, archive: Part, depth: int) -> None:
        """Take the members of an archive; whatever stops it is listed, and what came out before is kept."""
        try:
            for member in members(archive.path, archive.kind, self.limits, self._room()):
                self.files += 1
                if self.files > self.limits.files:
                    self.leave_out(archive.name, reasons.too_many(self.limits))
                    break
                self._member(archive, member, depth)
        except Refused as refused:
            self.leave_out(archive.name, refused.reason)
        except MemoryError:
            self.leave_out(archive.name, reasons.MEMORY)
        except (*DAMAGE, OSError) as error:
            self.leave_out(archive.name, _what_happened(error, 0))

    def _member(self, archive: Part, member: Member, depth: int) -> None:
        """Write one member to the work folder and take it like a file."""
        name = f"{archive.name}/{member.name or _inner_name(archive)}"
        if member.stream is None:
            assert member.reason is not None
            self.leave_out(name, member.reason)
            return
        path, look = self.folder / f"{self.files:06d}", Look()
        needed = False
        try:
            try:
                self._write(member.stream, path, look, archive.size)
            except MemoryError:
                self.leave_out(name, reasons.MEMORY)
                return
            except (*DAMAGE, OSError) as error:
                # What came out before the damage is real, and so are the people in it.
                self.leave_out(name, _what_happened(error, look.size))
                if not look.size:
                    return
            # The tar in a tar.gz has no name of its own and is no level of its own.
            bare = member.name is None and look.judge(path, name).kind == "tar"
            needed = self._place(archive.name if bare else name, path, look, depth=depth if bare else depth + 1)
        finally:
            if not needed:
                path.unlink(missing_ok=True)

    def _write(self, stream: IO[bytes], path: Path, look: Look, packed: int) -> None:
        """Copy a stream to disk and count what really comes; `Refused` when it is too much."""
        room = self._room()
        with path.open("xb") as out:
            path.chmod(0o600)
            while chunk := stream.read(MIB):
                self.unpacked += len(chunk)
                weigh(look.size + len(chunk), packed, self.limits, room)
                look.feed(chunk)
                out.write(chunk)


def _what_happened(error: Exception, kept: int) -> Reason:
    """Return the reason behind an error while unpacking: the system's (a full disk) or the archive's damage."""
    if isinstance(error, OSError) and error.errno is not None:
        return reasons.system(error.strerror)
    return reasons.damaged(type(error).__name__, kept)


def _inner_name(archive: Part) -> str:
    """Return the name of the only member of a gz, bz2 or xz: the archive's own without its ending."""
    last = archive.name.rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    if ending.lower() in {"tgz", "tbz2", "txz"}:
        return f"{stem}.tar"
    return stem if dot and stem else f"{last}.{archive.kind}"
