"""Bytes cut into lines."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake import split
from madoguchi.intake.split import RawLine, raw_lines

ENCODINGS = ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")


def cut(data: bytes, encoding: str = "utf-8", longest: int = 1000) -> list[RawLine]:
    return list(raw_lines(io.BytesIO(data), 0, encoding, longest))


def test_the_three_ends_of_a_line() -> None:
    assert [line.data for line in cut(b"a\nb\r\nc\rd")] == [b"a", b"b", b"c", b"d"]


def test_an_end_at_the_end_makes_no_extra_line_and_blank_lines_are_lines() -> None:
    assert [line.data for line in cut(b"a\n")] == [b"a"]
    assert [line.data for line in cut(b"\n\n")] == [b"", b""]
    assert cut(b"") == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_in_utf_16_a_byte_0a_inside_a_character_is_no_end(encoding: str) -> None:
    text = "ਊ\u0a0d\n上\u0d0a"  # characters with 0A and 0D among their bytes
    assert [line.data and line.data.decode(encoding) for line in cut(text.encode(encoding), encoding)] == [
        "ਊ\u0a0d",
        "上\u0d0a",
    ]


def test_separators_that_only_python_takes_for_line_ends_are_none() -> None:
    text = "a\u2028b\x85c\x0bd\x0ce\x1cf"
    for encoding in ("utf-8", "utf-16-le"):
        assert len(cut(text.encode(encoding), encoding)) == 1


@given(
    st.lists(st.tuples(st.text("aあ、ｱ 1", max_size=12), st.sampled_from(["\n", "\r\n", "\r"])), max_size=12),
    st.sampled_from(ENCODINGS),
    st.integers(1, 9),
)
def test_whatever_the_blocks_the_lines_are_the_same_and_where_they_say(
    pieces: list[tuple[str, str]], encoding: str, block: int
) -> None:
    written = [(text.encode(encoding, "ignore"), end.encode(encoding)) for text, end in pieces]
    data = b"".join(text + end for text, end in written)
    ends = "".join(end for _, end in pieces)
    old, split.BLOCK = split.BLOCK, block
    try:
        found = cut(data, encoding)
    finally:
        split.BLOCK = old
    for line in found:
        assert data[line.offset : line.offset + line.length] == line.data
    if "\r" not in ends:  # a lone \r before an empty line and \n would be one end
        assert [line.data for line in found] == [text for text, _ in written]
    reached = found[-1].offset + found[-1].length if found else 0
    assert data[reached:].decode(encoding).strip("\r\n") == ""


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_line_too_long_is_measured_and_left_out_and_the_next_ones_follow(encoding: str) -> None:
    data = ("a\n" + "b" * 500 + "\r\nc\n").encode(encoding)
    unit = 2 if encoding.startswith("utf-16") else 1
    lines = cut(data, encoding, longest=100)
    assert [line.data is None for line in lines] == [False, True, False]
    assert lines[1].offset == 2 * unit
    assert lines[1].length == 500 * unit
    assert lines[2].offset == 504 * unit


def test_a_line_of_just_the_limit_is_read() -> None:
    assert cut(b"x" * 100, longest=100)[0].data == b"x" * 100
    assert cut(b"x" * 101, longest=100)[0].data is None
