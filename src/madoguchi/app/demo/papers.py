"""The papers that a story leaves in its folder."""

from pathlib import Path


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write ``files`` by name into ``folder``, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
