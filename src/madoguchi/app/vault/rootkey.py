"""The root key: one file beside the key store that wraps every key in it, so that the store alone opens nothing."""

import os
from pathlib import Path

from madoguchi.problem import Problem

FILE = "root.key"
SIZE = 32


def read(folder: Path) -> bytes | None:
    """Return the 32 bytes of ``root.key`` (written as hex), or None where there is no such file."""
    try:
        text = (folder / FILE).read_text(encoding="ascii").strip()
        key = bytes.fromhex(text)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        key = b""
    if len(key) != SIZE:
        raise Problem(
            ja="鍵のファイルが壊れているか、読めません。バックアップから戻してください。",
            en="the root key file is damaged or cannot be read; put it back from the backup",
            file=str(folder / FILE),
        )
    return key


def write(folder: Path) -> bytes:
    """Make ``root.key`` (0600), on the disk before its name appears, and return it. The caller holds the store's lock."""
    key = os.urandom(SIZE)
    new = folder / f"{FILE}.new"
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key.hex() + "\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(folder / FILE)
    sync_folder(folder)
    return key


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
