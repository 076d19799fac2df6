"""Papers for the printer: a file has its name only when it is whole and on the disk."""

import os
from collections.abc import Mapping
from pathlib import Path

from madoguchi.problem import Problem


def write_whole(folder: Path, papers: Mapping[str, bytes]) -> None:
    """Write ``papers`` (content by file name) into ``folder``, which is made; none is there half-written.

    `Problem` when the folder cannot be written to; what had been written by then is taken away again.
    """
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in papers.items():
            new = folder / f"{name}.part"
            written.append(new)
            with new.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            written[-1] = new.replace(folder / name)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise Problem(
            ja=f"フォルダーに書き込めません（{error.strerror}）。書き込める場所と空き容量を確かめてください。",
            en=f"the folder cannot be written to ({error.strerror}); check that you may write there and that there is room",
            file=str(folder),
        ) from None
