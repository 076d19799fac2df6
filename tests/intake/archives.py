"""Builds the archives that the tests open, honest and hostile ones."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib


def zip_of(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def zip_with_raw_names(members: dict[bytes, bytes]) -> bytes:
    """Write a zip as Windows in Japan does: names in CP932, the UTF-8 flag not set."""
    stand_ins = {f"{number:0{len(name)}d}": name for number, name in enumerate(members)}
    data = zip_of(dict(zip(stand_ins, members.values(), strict=True)))
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name)
    return data


def tar_of(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def zip_overlapping(copies: int, size: int) -> bytes:
    """Write a zip whose directory names one and the same packed member again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b"0" * size
    body = packer.compress(plain) + packer.flush()
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(plain), len(body), size, 1, 0)
    local = b"PK\x03\x04" + common + b"a" + body
    one = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, copies, copies, len(one) * copies, len(local), 0)
    return local + one * copies + end


def zip_with_false_size(data: bytes, claimed: int) -> bytes:
    """Write a zip that says its member is ``claimed`` bytes long."""
    made = zip_of({"a.csv": data})
    return made.replace(struct.pack("<I", len(data)), struct.pack("<I", claimed))


def zip_locked(data: bytes) -> bytes:
    """Write a zip whose member is marked as encrypted."""
    made = bytearray(zip_of({"a.csv": data}, method=zipfile.ZIP_STORED))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def gz_of(data: bytes, claimed: int | None = None) -> bytes:
    """Write a gz, its last four bytes (the size of the content) as ``claimed``."""
    made = gzip.compress(data)
    return made if claimed is None else made[:-4] + struct.pack("<I", claimed)
