"""One look at a file while it streams by."""

import hashlib
from pathlib import Path

import pytest

from madoguchi.intake.look import Judged, Look


def judged(tmp_path: Path, data: bytes, name: str = "x") -> Judged:
    path = tmp_path / "x"
    path.write_bytes(data)
    look = Look()
    for at in range(0, len(data), 1000):
        look.feed(data[at : at + 1000])
    assert look.size == len(data)
    assert look.sha256 == hashlib.sha256(data).hexdigest()
    return look.judge(path, name)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_content_is_empty_even_with_a_mark(tmp_path: Path, mark: bytes) -> None:
    found = judged(tmp_path, mark)
    assert found.kind == "empty"
    assert found.reason
    assert "empty" in found.reason[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-be"])
def test_kind_and_encoding_are_found_together(tmp_path: Path, encoding: str) -> None:
    name = "utf-16-le" if encoding == "utf-16" else encoding
    data = ("id,氏名,住所\r\n" + "1,山田太郎,東京都港区\r\n" * 5000).encode(encoding)
    assert judged(tmp_path, data) == ("csv", name, None)


def test_old_line_ends_make_the_same_kind(tmp_path: Path) -> None:
    assert judged(tmp_path, b"id,name\r1,a\r2,b\r").kind == "csv"


def test_a_pdf_has_no_encoding(tmp_path: Path) -> None:
    assert judged(tmp_path, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(500)) == ("pdf", None, None)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    for data, word in ((b"Rar!\x1a\x07\x00", "rar"), (b"\xff\xfd\xfc\xfb" * 99, "broken encoding")):
        found = judged(tmp_path, data)
        assert found.reason
        assert word in found.reason[1]


def test_a_program_is_unknown_and_no_fault(tmp_path: Path) -> None:
    assert judged(tmp_path, b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40) == ("unknown", None, None)
