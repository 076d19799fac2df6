"""What a file is, by its content."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake import kind

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "kinds.yaml").read_text(encoding="utf-8"))
KINDS = {"csv", "tsv", "json", "jsonl", "sql", "log", "text", "html", "mail"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['text'][:20]!r}")
def test_a_text_is_told(case: dict[str, str]) -> None:
    assert kind.of_text(case["text"], complete=True, name=case.get("name", "")) == case["kind"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['text'][:20]!r}")
def test_no_name_changes_what_content_tells(case: dict[str, str]) -> None:
    if "name" in case and case["kind"] != "sql":
        return
    for name in ("x.sql", "x.log", "x.zip", "x"):
        assert kind.of_text(case["text"], complete=True, name=name) == case["kind"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name\n" + "1,山田\n" * 100 + '2,"cut in the mi', "csv"),
        ('[{"a": 1}, {"a": 2}, {"a', "json"),
        ('{"a": 1}\n' * 30 + '{"a', "jsonl"),
        ("INSERT INTO c VALUES (1,'a'),(2,'b'),(3,", "sql"),
    ],
)
def test_a_beginning_is_told_too(text: str, expected: str) -> None:
    assert kind.of_text(text, complete=False) == expected


@given(st.text(max_size=300), st.booleans())
def test_every_text_has_some_kind(text: str, complete: bool) -> None:
    assert kind.of_text(text, complete=complete) in KINDS


@given(st.text('{}[]",:\n1a<-# ', max_size=60))
def test_every_text_of_awkward_characters_has_some_kind(text: str) -> None:
    assert kind.of_text(text, complete=True) in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "<!-- -->" * 8000 + "<p>",
        "SET" + " " * 65_000,
        "COPY " + "(" * 65_000,
        "\n" * 65_000 + "x",
        "INSERT INTO " + "a" * 65_000,
        "-- x\n" * 16_000,
        '{"' + "\\" * 65_000,
        "[" * 65_000,
        "a@" + "a." * 32_000 + "1",
        'a,"' * 20_000,
        "a:\t" * 20_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_text_made_to_waste_time_is_told_at_once(text: str) -> None:
    # Nothing here looks at a clock: with a pattern that tries every way, this test would not end at all.
    assert kind.of_text(text, complete=True) in KINDS
    assert kind.of_text(text, complete=False) in KINDS


def told(path: Path, data: bytes) -> str | None:
    path.write_bytes(data)
    return kind.of_bytes(data[:65536], path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x1f\x8b\x08\x00", "gz"),
        (b"BZh91AY&SY", "bz2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"\x28\xb5\x2f\xfd\x24", "zst"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"!\x10-lh5-\x00", "lzh"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown"),
        (b"\x00\x05\x16\x07\x00\x02", "leftover"),
        (b"a,b\n", None),
        (b"BZh is no archive", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell(tmp_path: Path, data: bytes, expected: str | None) -> None:
    assert told(tmp_path / "x.csv", data) == expected


def zipped(names: list[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["list.csv"], "zip"),
        ([], "zip"),
        (["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], "xlsx"),
        (["docProps/app.xml", "xl/workbook.xml", "[Content_Types].xml"], "xlsx"),
        (["[Content_Types].xml", "word/document.xml"], "unknown"),
        (["mimetype", "content.xml", "META-INF/manifest.xml"], "unknown"),
        (["xl/list.csv"], "zip"),
    ],
)
def test_a_workbook_is_told_from_a_zip(tmp_path: Path, names: list[str], expected: str) -> None:
    assert told(tmp_path / "x", zipped(names)) == expected


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_is_told_by_its_check_sum(tmp_path: Path, form: int) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        archive.addfile(tarfile.TarInfo("名簿.csv"), io.BytesIO(b""))
    data = bytearray(out.getvalue())
    assert told(tmp_path / "x", bytes(data)) == "tar"
    data[0] ^= 1
    assert told(tmp_path / "x", bytes(data)) is None
