"""The members of one archive, weighed first."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from madoguchi.intake.limits import MIB, Limits
from madoguchi.intake.unpack import Refused, members, weigh

LIMITS = Limits(ratio=100, ratio_from=MIB)


def test_a_little_of_anything_may_come_out() -> None:
    weigh(MIB, 1, LIMITS, room=2 * MIB)


def test_too_dense_or_too_big_is_refused_with_its_own_reason() -> None:
    with pytest.raises(Refused, match="bomb"):
        weigh(2 * MIB, 1000, LIMITS, room=100 * MIB)
    with pytest.raises(Refused, match="too much"):
        weigh(2 * MIB, MIB, LIMITS, room=MIB)
    weigh(2 * MIB, 2 * MIB // 100 + 1, LIMITS, room=100 * MIB)


def test_a_zip_is_refused_before_its_first_member(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("small", "x")
        archive.writestr("large", b"0" * (4 * MIB))
    with pytest.raises(Refused):
        next(members(path, "zip", LIMITS, room=3 * MIB))


def test_a_list_of_members_too_long_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(50):
            archive.writestr(str(number), "")
    data = bytearray(path.read_bytes())
    data[-10:-6] = (200_000_000).to_bytes(4, "little")  # a directory of 200 MB, says the end record
    path.write_bytes(data)
    with pytest.raises(Refused, match="too many"):
        next(members(path, "zip", LIMITS, room=3 * MIB))


def test_a_sparse_tar_is_weighed_by_what_it_claims(tmp_path: Path) -> None:
    info = tarfile.TarInfo("huge")
    info.size = 8 << 30
    path = tmp_path / "x.tar"
    path.write_bytes(info.tobuf() + bytes(1024))
    with pytest.raises(Refused):
        next(members(path, "tar", LIMITS, room=1 << 30))


def test_folders_are_no_members(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("folder")
        archive.writestr("folder/a", "x")
    assert [member.name for member in members(path, "zip", LIMITS, room=MIB)] == ["folder/a"]


def test_the_streams_give_the_bytes_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as archive:
        for name in ("b", "a"):
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(name.encode()))
    found = [(member.name, member.stream.read()) for member in members(path, "tar", LIMITS, MIB) if member.stream]
    assert found == [("b", b"b"), ("a", b"a")]
