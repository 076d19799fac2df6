"""Bytes to text as they are written in Japan."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.decode import ESCAPED, decode_escaped, show, width

EIGHT_BIT = ("utf-8", "cp932", "euc_jp")


@pytest.mark.parametrize("encoding", [*EIGHT_BIT, "utf-16-le", "utf-16-be", "iso2022_jp"])
def test_a_text_without_damage_is_what_pythons_codec_says(encoding: str) -> None:
    text = "氏名,住所\r\n山田太郎,東京都千代田区１－１\nカナ、ひらがな。".replace("－", "の")
    assert decode_escaped(text.encode(encoding), encoding) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xad\xa1\xad\xea", "①㈱"),
        (b"\xfc\xe2", "髙"),
        (b"\x8f\xf4\xab", "㈱"),
        (b"\x8f\xf3\xf3", "ⅰ"),
        (b"\x8e\xd4\x8e\xcf", "ﾔﾏ"),
        (b"\x8f\xb0\xa1", "丂"),
    ],
)
def test_euc_jp_holds_what_windows_writes_into_it(data: bytes, text: str) -> None:
    assert decode_escaped(data, "euc_jp") == text


def test_the_additions_to_euc_jp_are_those_of_iconv() -> None:
    iconv = shutil.which("iconv")
    known = iconv and "EUC-JP-MS" in subprocess.run([iconv, "-l"], capture_output=True, text=True, check=True).stdout
    if not iconv or not known:
        pytest.skip("this system's iconv does not know EUC-JP-MS")
    # Not the rows F9 to FC: there Windows has NEC's choice of IBM's characters, iconv a user's own characters.
    rows = [bytes((0xAD, cell)) for cell in range(0xA1, 0xFF)]
    rows += [bytes((0x8F, row, cell)) for row in (0xF3, 0xF4) for cell in range(0xA1, 0xFF)]
    ours = {code: decode_escaped(code, "euc_jp") for code in rows}
    found = b"\n".join(code for code, char in ours.items() if len(char) == 1)
    assert found.count(b"\n") > 180
    theirs = subprocess.run([iconv, "-f", "EUC-JP-MS", "-t", "UTF-8"], input=found, capture_output=True, check=True)
    assert theirs.stdout.decode().split("\n") == [char for char in ours.values() if len(char) == 1]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b(I\x54\x4f\x1b(B", "ﾔﾏ"),
        (b"\x1b$B\x2d\x21\x2d\x6a\x1b(B", "①㈱"),
        (b"\x1b$@\x3b\x33\x1b(J abc", "山 abc"),
        (b"\x1b$(D\x30\x21\x1b(B", "丂"),
        (b"\x1b$B\x3b\x33\nabc", "山\nabc"),
    ],
    ids=["half-width kana", "NEC row 13", "JIS 1978", "JIS X 0212", "each line starts in ASCII"],
)
def test_iso_2022_jp_holds_what_mail_programs_write_into_it(data: bytes, text: str) -> None:
    assert decode_escaped(data, "iso2022_jp") == text


def test_a_broken_lead_byte_never_eats_the_comma_after_it() -> None:
    for encoding in EIGHT_BIT:
        assert show(decode_escaped(b"a\xe3,b", encoding)) == "a\ufffd,b"


def test_a_pair_without_meaning_does_not_shift_what_follows() -> None:
    assert show(decode_escaped(b"\x85\x9f" + "山田".encode("cp932"), "cp932")) == "\ufffd\ufffd山田"
    assert show(decode_escaped(b"\xa9\xa1" + "山田".encode("euc_jp"), "euc_jp")) == "\ufffd\ufffd山田"


def test_half_a_surrogate_pair_in_utf_16_is_broken_and_the_rest_is_read() -> None:
    data = "山".encode("utf-16-le") + b"\x3d\xd8" + "田".encode("utf-16-le") + b"\x01"
    assert show(decode_escaped(data, "utf-16-le")) == "山\ufffd\ufffd田\ufffd"


@given(st.binary(max_size=60), st.sampled_from([*EIGHT_BIT, "utf-16-le", "utf-16-be", "iso2022_jp"]))
def test_no_bytes_make_it_fail_and_the_text_can_be_stored(data: bytes, encoding: str) -> None:
    shown = show(decode_escaped(data, encoding))
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not ESCAPED.search(shown)


@given(st.binary(max_size=60), st.sampled_from([*EIGHT_BIT, "utf-16-le", "utf-16-be"]))
def test_the_widths_of_the_characters_add_up_to_the_bytes(data: bytes, encoding: str) -> None:
    at = 0
    for char in decode_escaped(data, encoding):
        at += width(char, data[at], encoding)
    assert at == len(data)


@given(
    st.text(
        st.characters(codec="cp932", exclude_categories=["Cc", "Co"], exclude_characters="¢£¬‖−〜"),
        min_size=1,
        max_size=30,
    )
)
def test_each_character_has_the_width_it_was_written_with(text: str) -> None:
    data = text.encode("cp932")
    at = 0
    for char in text:
        step = width(char, data[at], "cp932")
        assert data[at : at + step].decode("cp932") == char
        at += step


def test_shown_text_is_as_long_as_the_escaped_one() -> None:
    escaped = decode_escaped(b"\xff\xfe abc", "utf-8")
    assert len(show(escaped)) == len(escaped)
    assert re.fullmatch("\ufffd\ufffd abc", show(escaped))
