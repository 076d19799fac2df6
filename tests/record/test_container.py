"""The zip has one writing, other programs can read it, and ours accepts nothing else."""

import io
import shutil
import subprocess
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.problem import Problem
from madoguchi.record import container, limits

MEMBERS = {"b.txt": b"two", "a.txt": b"", "files/1/速報.pdf": b"%PDF" * 10}
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def opened(data: bytes) -> dict[str, bytes] | None:
    contents = container.read(data)
    if contents.broken or any(member.changed or member.header_at is not None for member in contents.members):
        return None
    return {member.name: bytes(member.data) for member in contents.members}


@given(st.dictionaries(names, st.binary(max_size=50), min_size=1, max_size=5))
def test_members_come_back(members):
    assert opened(container.write(members)) == members


def test_the_order_in_which_members_were_given_does_not_matter():
    assert container.write(MEMBERS) == container.write(dict(reversed(MEMBERS.items())))


def test_pythons_zipfile_reads_the_same_members():
    with zipfile.ZipFile(io.BytesIO(container.write(MEMBERS))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == MEMBERS
        assert archive.namelist() == sorted(MEMBERS)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


@pytest.mark.skipif(shutil.which("unzip") is None, reason="the program unzip is not on this machine")
def test_unzip_finds_nothing_wrong(tmp_path):
    (tmp_path / "case.zip").write_bytes(container.write(MEMBERS))
    assert subprocess.run(["unzip", "-tq", tmp_path / "case.zip"], capture_output=True, check=False).returncode == 0


def zipped(compression: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in sorted(MEMBERS.items()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, compression)
        archive.comment = comment
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        zipped(),
        zipped(zipfile.ZIP_DEFLATED),
        zipped(comment=b"hello"),
        b"",
        b"PK",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        b"%PDF-1.7",
        b"\0" * 100,
        container.write(MEMBERS) + b"\0",
        b"\0" + container.write(MEMBERS),
        container.write(MEMBERS) * 2,
    ],
)
def test_what_we_would_not_have_written_is_not_accepted(data):
    assert opened(data) is None


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fall_over(data):
    container.read(data)
    container.read(b"PK\x03\x04" + data)


@given(st.data())
def test_no_change_of_a_real_zip_makes_the_reader_fall_over_or_passes_unseen(data):
    whole = bytearray(container.write(MEMBERS))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    assert opened(bytes(whole)) is None


def places(members: dict[str, bytes]) -> list[tuple[str, int, int, int]]:
    """Return name, first byte of the header, of the content, and the one behind it, of each member."""
    found, at = [], 0
    for name, data in sorted(members.items(), key=lambda each: each[0].encode()):
        start = at + 30 + len(name.encode())
        found.append((name, at, start, start + len(data)))
        at = start + len(data)
    return found


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_is_placed_in_the_one_member_or_byte_where_it_is(bit):
    whole = container.write(MEMBERS)
    for at in range(len(whole)):
        data = bytearray(whole)
        data[at] ^= 1 << bit
        contents = container.read(bytes(data), MEMBERS)
        changed = [member.name for member in contents.members if member.changed]
        headers = [member.header_at for member in contents.members if member.header_at is not None]
        inside = next(((name, at >= start) for name, first, start, end in places(MEMBERS) if first <= at < end), None)
        if inside is None:
            assert (changed, headers) == ([], [])
            assert (contents.broken.at, contents.broken.cut) == (at, False)
        else:
            assert (changed, headers) == (([inside[0]], []) if inside[1] else ([], [at]))
            assert contents.broken is None


def test_what_is_cut_off_is_told_with_the_member_in_which_it_ends():
    whole = container.write(MEMBERS)
    *_, (last, first, start, end) = places(MEMBERS)
    for length in range(1, len(whole)):
        broken = container.read(whole[:length]).broken
        assert (broken.cut, broken.at) == (True, length) if length >= 4 else broken.at == length
        assert broken.early is (length < end + 4)
        if first + 30 <= length < end:
            assert broken.member == (last if length >= start else broken.member)


@pytest.mark.parametrize("strange", [b"\0", b"\n", b"junk"])
def test_what_was_put_in_before_between_or_behind_is_told_with_its_place(strange):
    whole = container.write(MEMBERS)
    *_, end = places(MEMBERS)
    for at in (0, *(first for _, first, _, _ in places(MEMBERS)), end[-1], len(whole)):
        broken = container.read(whole[:at] + strange + whole[at:]).broken
        assert (broken.cut, broken.at) == (False, at)


@pytest.mark.parametrize("change", [lambda text: text[:5] + text[6:], lambda text: text[:5] + b"x" + text[5:]])
def test_a_member_that_grew_or_shrank_is_named_and_no_byte_behind_it(change):
    name, _, start, end = places(MEMBERS)[-1]
    whole = container.write(MEMBERS)
    contents = container.read(whole[:start] + change(whole[start:end]) + whole[end:])
    assert [member.name for member in contents.members if member.changed] == [name]
    assert (contents.broken.cut, contents.broken.at) == (False, None)


def test_ours_is_told_from_other_zips_even_when_cut_or_changed():
    whole = container.write(MEMBERS)
    assert all(container.is_ours(whole[at : at + 200]) for at in range(0, len(whole) - 200, 5))
    assert not any(container.is_ours(data) for data in (zipped(zipfile.ZIP_DEFLATED), b"", b"PK\x03\x04"))


def test_a_name_that_is_no_utf_8_is_seen():
    data = container.write({"a.txt": b"x"}).replace(b"a.txt", b"a\xfftxt")
    assert opened(data) is None


def test_a_case_file_beyond_the_limit_is_not_begun(monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 300)
    with pytest.raises(Problem, match="too large"):
        container.write({"a": b"x" * 300})
