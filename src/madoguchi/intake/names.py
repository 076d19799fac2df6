"""Names of members as the user knows them. A name is only ever shown: files on disk get our own numbers."""

import unicodedata
import zipfile

from madoguchi.intake import decode as codec
from madoguchi.intake.encoding import guess

_LONGEST = 200


def of_zip_member(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Without the UTF-8 flag its bytes are in the encoding of the PC that made the archive."""
    if info.flag_bits & 0x800:
        return clean(info.orig_filename)
    try:
        raw = info.orig_filename.encode("cp437")  # what zipfile decoded it with
    except UnicodeEncodeError:
        return clean(info.orig_filename)
    return of_bytes(raw)


def of_tar_member(name: str) -> str:
    """Return a member's name, which tarfile read as UTF-8 with the other bytes escaped."""
    return of_bytes(name.encode("utf-8", "surrogateescape"))


def of_bytes(raw: bytes) -> str:
    """Return a name of unknown encoding; without a better guess as CP932."""
    encoding = guess(raw).encoding
    # No archive holds names in UTF-16: what looks like it is a short name in something else.
    if encoding is None or encoding.startswith("utf-16"):
        encoding = "cp932"
    return clean(codec.show(codec.decode_escaped(raw, encoding)))


def clean(name: str) -> str:
    """Return a name fit for one line of a report: ``/`` between folders, nothing invisible, not endless."""
    name = name.replace("\\", "/").lstrip("/")
    # Control and format characters could forge lines of a report or turn the reading direction of an ending.
    name = "".join("\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in name)
    return name if len(name) <= _LONGEST else name[: _LONGEST // 2] + "…" + name[-_LONGEST // 2 :]
