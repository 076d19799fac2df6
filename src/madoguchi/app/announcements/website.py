"""The folder for the web site: what is put there for an announcement, all of it or nothing."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from madoguchi.app.announcements.address import page_file
from madoguchi.app.notices.folder import write_whole
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem


def pages(url: str, documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files for the page at ``url``, by their place under the site's root, the page first.

    The FAQ, the PDF and the plain text (of which the signed announcement holds the digest) stand beside the page, under
    its name. The call script is not among them.
    """
    page = page_file(url)
    return {
        str(page): documents["公表文.html"],
        str(page.with_suffix(".pdf")): documents["公表文.pdf"],
        str(page.with_suffix(".txt")): documents["公表文.txt"],
        str(page.with_name(f"{page.stem}-faq.html")): documents["FAQ.html"],
    }


def must_be_free(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to put a file where another page of the site stands; the same file may stand there already."""
    for name, content in files.items():
        place = folder / name
        try:
            free = not place.exists() or place.read_bytes() == content
        except OSError:  # a folder, or one that may not be looked into
            free = False
        if not free:
            raise Problem(
                ja="このアドレスには、すでに別のページのファイルがあります。公表文の置き場所を別のアドレスにしてください。",
                en="another page's file stands at this address already; choose another address for the announcement",
                file=str(place),
            )


def put(folder: Path, files: Mapping[str, bytes], well_known: bytes) -> None:
    """Put ``files`` and the document of keys and announcements into ``folder``, the site's root, which is made.

    Everything is on the disk before the first file takes its place, and the document, which points to the page, is
    the last. `Problem` where the folder cannot be written to; what stood there before stands there still.
    """
    whole = {**files, wellknown.PATH.lstrip("/"): well_known}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".madoguchi-", dir=folder) as staging:
            for name, content in whole.items():
                staged = Path(staging, name)
                write_whole(staged.parent, {staged.name: content})
            for name in whole:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            for name in whole:
                Path(staging, name).replace(folder / name)
    except Problem as problem:
        problem.file = str(folder)
        raise
    except OSError as error:
        raise Problem(
            ja=f"フォルダーに書き込めません（{error.strerror}）。書き込める場所と空き容量を確かめてください。",
            en=f"the folder cannot be written to ({error.strerror}); check that you may write there and that there is room",
            file=str(folder),
        ) from None
