"""Strangers' files opened: real archives, real bombs."""

import bz2
import dataclasses
import hashlib
import lzma
import os
import tarfile
import zipfile
from importlib import util
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.intake import Limits, Opened, open_all
from madoguchi.intake.archive import open_here
from madoguchi.intake.limits import MIB
from madoguchi.intake.text import lines
from madoguchi.problem import Problem

SPEC = util.spec_from_file_location("archives", Path(__file__).parent / "archives.py")
assert SPEC
assert SPEC.loader
made = util.module_from_spec(SPEC)
SPEC.loader.exec_module(made)

CSV = "id,氏名\n1,山田太郎\n2,佐藤花子\n".encode("cp932")
SMALL = Limits(total_bytes=20 * MIB, ratio_from=MIB)


def opened(tmp_path: Path, data: bytes, name: str = "leak.bin", limits: Limits = SMALL) -> Opened:
    """Open one file with this content, in this process (the tests of `open_all` itself do it in another)."""
    path = tmp_path / name
    path.write_bytes(data)
    return open_here([[name, str(path), None]], str(tmp_path / "work"), dataclasses.asdict(limits))


def reasons(found: Opened) -> list[tuple[str, str]]:
    return [(one.place, one.reason("en")) for one in found.unread]


def names(found: Opened) -> list[str]:
    return [part.name for part in found.parts]


def test_files_folders_and_archives_together_in_a_fixed_order(tmp_path: Path) -> None:
    folder = tmp_path / "leak"
    folder.mkdir()
    (folder / "list.csv").write_bytes(CSV)
    (folder / "member.zip").write_bytes(made.zip_of({"b/list.csv": CSV, "a.sql": b"INSERT INTO t VALUES (1);\n"}))
    (folder / "empty.csv").write_bytes(b"")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)
    found = open_all([folder], tmp_path / "work", Limits())
    assert [(part.name, part.kind, part.encoding) for part in found.parts] == [
        ("leak/list.csv", "csv", "cp932"),
        ("leak/member.zip/b/list.csv", "csv", "cp932"),
        ("leak/member.zip/a.sql", "sql", "utf-8"),
        ("leak/photo.png", "unknown", None),
    ]
    assert [archive.name for archive in found.archives] == ["leak/member.zip"]
    assert [unread.place for unread in found.unread] == ["leak/empty.csv"]
    assert "empty" in found.unread[0].reason("en")
    for part in [*found.parts, *found.archives]:
        assert part.sha256 == hashlib.sha256(part.path.read_bytes()).hexdigest()
        assert part.size == part.path.stat().st_size
    assert found.parts[0].path == folder / "list.csv"
    assert [line.text for line in lines(found.parts[1], Limits())] == ["id,氏名", "1,山田太郎", "2,佐藤花子"]


def test_a_missing_path_is_a_problem_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no such file"):
        open_all([tmp_path / "no.csv"], tmp_path / "work", Limits())
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize(
    ("data", "shown", "archives"),
    [
        (made.gz_of(CSV), "list.csv.gz/list.csv", 1),
        (bz2.compress(CSV), "list.csv.gz/list.csv", 1),
        (lzma.compress(CSV), "list.csv.gz/list.csv", 1),
        (made.tar_of([(made.entry("a/list.csv"), CSV)]), "list.csv.gz/a/list.csv", 1),
        (made.gz_of(made.tar_of([(made.entry("a/list.csv"), CSV)])), "list.csv.gz/a/list.csv", 2),
        (lzma.compress(made.tar_of([(made.entry("a/list.csv"), CSV)])), "list.csv.gz/a/list.csv", 2),
        (made.zip_of({"i.zip": made.zip_of({"list.csv": CSV})}), "list.csv.gz/i.zip/list.csv", 2),
        (made.zip_of({"x.csv": CSV}, method=zipfile.ZIP_BZIP2), "list.csv.gz/x.csv", 1),
        (made.zip_of({"x.csv": CSV}, method=zipfile.ZIP_LZMA), "list.csv.gz/x.csv", 1),
    ],
    ids=["gz", "bz2", "xz", "tar", "tar.gz", "tar.xz", "zip in zip", "zip with bzip2", "zip with lzma"],
)
def test_each_kind_of_archive_is_opened_whatever_its_name(
    tmp_path: Path, data: bytes, shown: str, archives: int
) -> None:
    found = opened(tmp_path, data, "list.csv.gz")
    assert reasons(found) == []
    assert names(found) == [shown]
    assert found.parts[0].path.read_bytes() == CSV
    assert len(found.archives) == archives


def test_only_what_is_needed_stays_on_disk(tmp_path: Path) -> None:
    found = opened(tmp_path, made.zip_of({"i.zip": made.zip_of({"list.csv": CSV}), "empty": b""}))
    left = [path for path in (tmp_path / "work").rglob("*") if path.is_file()]
    assert left == [found.parts[0].path]
    assert left[0].stat().st_mode & 0o077 == 0


def test_japanese_names_of_windows_are_shown_right(tmp_path: Path) -> None:
    raw = made.zip_with_raw_names({"顧客名簿ソ表.csv".encode("cp932"): CSV})
    assert names(opened(tmp_path, raw, "a.zip")) == ["a.zip/顧客名簿ソ表.csv"]


def test_a_members_name_never_becomes_a_path(tmp_path: Path) -> None:
    evil = {"../../evil.csv": CSV, "/evil2.csv": CSV, "C:\\evil3.csv": CSV}
    for data in (made.zip_of(evil), made.tar_of([(made.entry(name), body) for name, body in evil.items()])):
        found = opened(tmp_path, data)
        assert len(found.parts) == 3
        inside = (tmp_path / "work").resolve()
        assert all(part.path.resolve().is_relative_to(inside) for part in found.parts)
    assert not list(tmp_path.rglob("evil*"))
    assert not Path("/evil2.csv").exists()


def test_links_and_devices_in_a_tar_are_never_made(tmp_path: Path) -> None:
    data = made.tar_of(
        [
            (made.entry("list.csv"), CSV),
            (made.entry("in", tarfile.SYMTYPE, "list.csv"), b""),
            (made.entry("hard", tarfile.LNKTYPE, "list.csv"), b""),
            (made.entry("out", tarfile.SYMTYPE, "/etc/passwd"), b""),
            (made.entry("up", tarfile.SYMTYPE, "../x"), b""),
            (made.entry("null", tarfile.CHRTYPE), b""),
            (made.entry("pipe", tarfile.FIFOTYPE), b""),
            (made.entry("folder", tarfile.DIRTYPE), b""),
        ]
    )
    found = opened(tmp_path, data, "a.tar")
    assert names(found) == ["a.tar/list.csv"]
    assert [place for place, _ in reasons(found)] == ["a.tar/out", "a.tar/up", "a.tar/null", "a.tar/pipe"]
    assert not [path for path in (tmp_path / "work").rglob("*") if path.is_symlink()]


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("list.csv", CSV)
    found = opened(tmp_path, path.read_bytes(), "a.zip")
    assert names(found) == ["a.zip/list.csv"]
    assert [place for place, _ in reasons(found)] == ["a.zip/link"]


@pytest.mark.parametrize("pack", [made.gz_of, bz2.compress, lzma.compress, lambda data: made.zip_of({"a": data})])
def test_a_bomb_is_stopped_by_its_ratio_and_leaves_nothing(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    found = opened(tmp_path, pack(b"0" * (10 * MIB)), "bomb")
    assert found.parts == []
    assert "decompression bomb" in found.unread[0].en
    assert "展開爆弾" in found.unread[0].ja
    assert not [path for path in (tmp_path / "work").rglob("*") if path.is_file()]


@pytest.mark.parametrize("claimed", [None, 5, 4_000_000_000])
def test_what_is_too_big_is_stopped_whatever_size_it_claims(tmp_path: Path, claimed: int | None) -> None:
    limits = Limits(total_bytes=3 * MIB)
    found = opened(tmp_path, made.gz_of(os.urandom(5 * MIB), claimed), "big.gz", limits)
    assert found.parts == []
    assert "unpacks to too much" in found.unread[0].en


def test_a_zip_is_weighed_before_anything_comes_out(tmp_path: Path) -> None:
    data = made.zip_of({f"{n}.csv": os.urandom(MIB) for n in range(5)})
    found = opened(tmp_path, data, "big.zip", Limits(total_bytes=4 * MIB))
    assert found.parts == []
    assert [place for place, _ in reasons(found)] == ["big.zip"]


def test_all_layers_and_files_share_one_limit(tmp_path: Path) -> None:
    inner = made.zip_of({"a": os.urandom(MIB)}, method=zipfile.ZIP_STORED)
    data = made.zip_of({f"{n}.zip": inner for n in range(4)}, method=zipfile.ZIP_STORED)
    found = opened(tmp_path, data, "x.zip", Limits(total_bytes=int(6.5 * MIB)))
    assert 0 < len(found.parts) < 4
    assert found.unread


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    single = opened(tmp_path, made.zip_overlapping(1, 1000))
    assert len(single.parts) == 1
    found = opened(tmp_path, made.zip_overlapping(200, 1000))
    assert found.parts == []
    assert "overlap" in found.unread[0].en


def test_nesting_ends_at_the_limit(tmp_path: Path) -> None:
    data = CSV
    for _ in range(4):
        data = made.zip_of({"i.zip": data})
    assert names(opened(tmp_path, data, "x", dataclasses.replace(SMALL, depth=4))) == ["x" + "/i.zip" * 4]
    found = opened(tmp_path, data, "x", dataclasses.replace(SMALL, depth=3))
    assert reasons(found) == [("x/i.zip/i.zip/i.zip", "archives are nested too deep (limit 3); unpack it by hand")]


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    for data in (
        made.zip_of({str(n): b"x" for n in range(30)}),
        made.tar_of([(made.entry(str(n)), b"x") for n in range(30)]),
    ):
        found = opened(tmp_path, data, "x", dataclasses.replace(SMALL, files=20))
        assert found.parts == []
        assert "too many files (limit 20)" in found.unread[0].en


def test_too_many_files_are_listed_once(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.csv").write_bytes(CSV)
    found = open_all([folder], tmp_path / "work", Limits(files=7))
    assert len(found.parts) == 7
    assert [one.place for one in found.unread] == ["many/7.csv"]


def test_a_locked_member_is_listed_and_the_others_are_read(tmp_path: Path) -> None:
    outer = made.zip_of({"locked.zip": made.zip_locked(CSV), "list.csv": CSV})
    found = opened(tmp_path, outer, "a.zip")
    assert names(found) == ["a.zip/list.csv"]
    assert reasons(found)[0][0] == "a.zip/locked.zip/a.csv"
    assert "password" in reasons(found)[0][1]


def test_a_zip_that_lies_about_a_size_is_damaged_or_gives_what_it_really_has(tmp_path: Path) -> None:
    body = b"".join(b"%d,x\n" % n for n in range(300))
    short = opened(tmp_path, made.zip_with_false_size(body, 10), "a.zip")
    assert short.parts == []  # the check sum of what was promised is wrong
    assert "damaged" in reasons(short)[0][1]
    long = opened(tmp_path, made.zip_with_false_size(body, 10_000), "a.zip")
    assert long.parts[0].path.read_bytes() == body


def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    rows = "".join(f"{n},山田{n * 7919}\n" for n in range(100_000)).encode()
    for data, name in ((made.gz_of(rows), "a.gz"), (made.tar_of([(made.entry("a"), rows)]), "a.tar")):
        found = opened(tmp_path, data[: len(data) // 2], name)
        assert len(found.parts) == 1, name
        assert rows.startswith(found.parts[0].path.read_bytes())
        assert "damaged or cut off" in reasons(found)[0][1]


def test_a_tar_with_garbage_between_its_members_is_listed(tmp_path: Path) -> None:
    one = made.tar_of([(made.entry("a.csv"), CSV)])[:1024]
    data = one + b"garbage!" * 64 + made.tar_of([(made.entry("b.csv"), CSV)])
    found = opened(tmp_path, data, "x.tar")
    assert names(found) == ["x.tar/a.csv"]
    assert "damaged" in reasons(found)[0][1]


@pytest.mark.parametrize("magic", [b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd", b"Rar!\x1a\x07", b"??-lh5-"])
def test_archives_that_cannot_be_opened_yet_say_so(tmp_path: Path, magic: bytes) -> None:
    found = opened(tmp_path, magic + b"\0" * 100)
    assert found.parts == []
    assert "cannot be opened yet" in found.unread[0].en


def test_a_text_in_no_encoding_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = opened(tmp_path, made.zip_of({"broken.txt": b"\xff\xfd\xfc\xfb" * 100, "list.csv": CSV}), "a.zip")
    assert names(found) == ["a.zip/list.csv"]
    assert reasons(found)[0][0] == "a.zip/broken.txt"
    assert "broken encoding" in reasons(found)[0][1]


def test_what_macos_adds_is_no_part(tmp_path: Path) -> None:
    found = opened(tmp_path, made.zip_of({"__MACOSX/._list.csv": b"\x00\x05\x16\x07" + b"\0" * 50, "list.csv": CSV}))
    assert names(found) == ["leak.bin/list.csv"]
    assert reasons(found) == []


def test_a_second_call_with_the_same_work_folder_does_not_touch_the_first(tmp_path: Path) -> None:
    data = made.zip_of({"list.csv": CSV})
    first, second = opened(tmp_path, data), opened(tmp_path, data)
    assert first.parts[0].path != second.parts[0].path
    assert first.parts[0].path.read_bytes() == CSV


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_archive_never_makes_it_fail(tmp_path: Path, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(DAMAGEABLE))
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = opened(tmp_path, bytes(broken[: data.draw(st.integers(1, len(whole)))]))
    assert found.parts or found.unread or found.archives


DAMAGEABLE = [
    made.zip_of({"a.csv": CSV, "b/c.csv": CSV * 10}),
    made.gz_of(CSV * 10),
    bz2.compress(CSV * 10),
    lzma.compress(CSV * 10),
    made.tar_of([(made.entry("a.csv"), CSV), (made.entry("長い名前" * 30), CSV)]),
    made.gz_of(made.tar_of([(made.entry("a.csv"), CSV)])),
]
