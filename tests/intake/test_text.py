"""Lines and small texts, each with its place in bytes."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.intake.limits import MIB, Limits
from madoguchi.intake.part import Part
from madoguchi.intake.text import Broken, Line, byte_span, decode, lines
from madoguchi.problem import Problem

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")
JAPANESE = st.text("山田太郎ｱｶﾞあア、,1a '", max_size=30)


def part(folder: Path, data: bytes, encoding: str | None = "utf-8") -> Part:
    path = folder / "part"
    path.write_bytes(data)
    return Part("a.zip/leak.csv", path, len(data), "", "csv", encoding)


def read(folder: Path, data: bytes, encoding: str = "utf-8", broken: list[Broken] | None = None) -> list[Line]:
    return list(lines(part(folder, data, encoding), Limits(), broken))


def test_lines_have_numbers_texts_and_places(tmp_path: Path) -> None:
    found = read(tmp_path, "氏名\r\n山田\n".encode("cp932"), "cp932")
    assert [line[:4] for line in found] == [(1, "氏名", 0, 4), (2, "山田", 6, 4)]


@pytest.mark.parametrize(("name", "mark"), [("utf-8-sig", 3), ("utf-16-le", 2), ("utf-16-be", 2)])
def test_a_mark_at_the_start_is_no_text_but_counts_in_the_place(tmp_path: Path, name: str, mark: int) -> None:
    plain = "utf-8" if name == "utf-8-sig" else name
    [line] = read(tmp_path, "\ufeff山".encode(plain), name)
    assert line.text == "山"
    assert line.offset == mark


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(JAPANESE, min_size=1, max_size=8), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n", "\r"]))
def test_joined_lines_are_the_whole_and_places_point_to_their_bytes(
    tmp_path: Path, texts: list[str], encoding: str, end: str
) -> None:
    if encoding == "iso2022_jp":
        texts = [text.replace("ｱ", "").replace("ｶﾞ", "").replace("ﾞ", "").replace("ｶ", "") for text in texts]
    data = end.join([*texts, ""]).encode(encoding)
    found = read(tmp_path, data, encoding)
    assert [line.text for line in found] == texts
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    for line in found:
        assert data[line.offset : line.offset + line.length].decode(plain) == line.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JAPANESE, JAPANESE, JAPANESE, st.sampled_from(["utf-8", "cp932", "euc_jp", "utf-16-le"]), st.binary(max_size=3))
def test_the_bytes_of_a_piece_are_found_even_after_broken_bytes(
    tmp_path: Path, before: str, piece: str, after: str, encoding: str, junk: bytes
) -> None:
    junk = junk.replace(b"\n", b"").replace(b"\r", b"")
    if encoding == "utf-16-le":
        junk = b""
    data = before.encode(encoding) + junk + b"  "[: 2 * bool(junk)] + piece.encode(encoding) + after.encode(encoding)
    if not data:
        return
    [line] = read(tmp_path, data, encoding)
    start = len(line.text) - len(piece + after)
    span = byte_span(line, start, start + len(piece))
    assert span is not None
    assert data[span[0] : span[0] + span[1]] == piece.encode(encoding)


def test_the_place_of_a_character_outside_the_basic_plane(tmp_path: Path) -> None:
    for encoding, place in (("utf-8", (4, 4)), ("utf-16-le", (4, 4))):
        [line] = read(tmp_path, "😀𠮷".encode(encoding), encoding)
        assert byte_span(line, 1, 2) == place


def test_an_encoding_that_shifts_has_no_place_inside_a_line(tmp_path: Path) -> None:
    [line] = read(tmp_path, "山田 abc".encode("iso2022_jp"), "iso2022_jp")
    assert byte_span(line, 0, 2) is None


def test_broken_bytes_are_marked_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    broken: list[Broken] = []
    data = "1,山田\n".encode() + b"2,\xff\xe3\x81,x@example.jp\n" + "3,佐藤\n".encode()
    found = read(tmp_path, data, "utf-8", broken)
    assert [line.text for line in found] == ["1,山田", "2,\ufffd\ufffd\ufffd,x@example.jp", "3,佐藤"]
    [place] = broken
    assert (place.number, place.offset, place.length) == (2, 11, 3)
    assert "3 bytes" in place.en
    assert "3バイト" in place.ja


def test_a_replacement_character_that_was_written_is_not_broken(tmp_path: Path) -> None:
    broken: list[Broken] = []
    read(tmp_path, "\ufffd\n".encode(), "utf-8", broken)
    assert broken == []


def test_without_a_list_broken_bytes_are_only_marked(tmp_path: Path) -> None:
    assert read(tmp_path, b"a\xff\n")[0].text == "a\ufffd"


def test_many_broken_lines_are_counted_in_the_end(tmp_path: Path) -> None:
    broken: list[Broken] = []
    limits = Limits(broken_places=5)
    assert sum(1 for _ in lines(part(tmp_path, b"\xff\n" * 20), limits, broken)) == 20
    assert len(broken) == 6
    assert "15 more lines" in broken[-1].en


def test_a_line_of_two_gigabytes_is_left_out_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.write(b"first\n")
        file.truncate(2 << 30)  # a hole: it takes no room on the disk
        file.seek(0, 2)
        file.write(b"\nlast\n")
    size = path.stat().st_size
    huge = Part("huge.sql", path, size, "", "sql", "utf-8")
    broken: list[Broken] = []
    tracemalloc.start()
    found = [line.text for line in lines(huge, Limits(), broken)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["first", "last"]
    assert (broken[0].number, broken[0].offset, broken[0].length) == (2, 6, (2 << 30) - 6)
    assert "too long" in broken[0].en
    assert peak < 64 * MIB


def test_a_line_too_long_is_a_problem_where_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="too long") as raised:
        list(lines(part(tmp_path, b"a\n" + b"b" * 200 + b"\n"), Limits(line_bytes=100)))
    assert raised.value.file == "a.zip/leak.csv"
    assert raised.value.place == "line 2, byte 2"


def test_a_part_that_is_no_text_has_no_lines(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="not a text file"):
        list(lines(part(tmp_path, b"%PDF-", None), Limits()))


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_small_text_is_decoded_with_its_encoding_and_plain_line_ends(name: str) -> None:
    text = "お客様の情報が漏えいした件について\r\n株式会社見本\r次の行\n"
    assert decode(text.encode(name)) == (text.replace("\r\n", "\n").replace("\r", "\n"), name)


def test_a_small_text_that_is_none_is_a_problem() -> None:
    with pytest.raises(Problem, match="not a text file"):
        decode(bytes(range(256)) * 4)
    with pytest.raises(Problem, match="broken encoding"):
        decode(b"\xff\xfd\xfc\xfb" * 100)


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ("", "utf-8")
