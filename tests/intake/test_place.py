"""From a character to its byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.decode import decode_escaped
from madoguchi.intake.place import byte_of

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16-le", "utf-16-be")


@given(st.text("山ｱあ1 ,", max_size=1200), st.sampled_from(ENCODINGS))
def test_every_character_starts_where_what_is_before_it_ends(text: str, encoding: str) -> None:
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    raw = text.encode(plain)
    for point in {0, 1, 255, 256, 257, 511, 512, len(text) - 1, len(text)}:
        if 0 <= point <= len(text):
            assert byte_of(raw, encoding, point) == len(text[:point].encode(plain))


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_unreadable_bytes_before_it_do_not_move_it(encoding: str) -> None:
    raw = ("山ｱ" * 300).encode(encoding) + b"\xff,\xff" + ("田ｲ" * 300).encode(encoding) + b"x"
    text = decode_escaped(raw, encoding)
    assert raw[byte_of(raw, encoding, len(text) - 1) :] == b"x"
    assert byte_of(raw, encoding, len(text)) == len(raw)
    assert byte_of(raw, encoding, text.index(",")) == raw.index(b"\xff,") + 1


def test_characters_that_python_cannot_write_in_euc_have_their_width() -> None:
    raw = b"\xad\xa1" * 300 + b"\x8f\xf4\xab" * 300 + b"x"
    assert byte_of(raw, "euc_jp", 600) == len(raw) - 1


@given(st.binary(min_size=1, max_size=900), st.sampled_from(ENCODINGS))
def test_places_only_grow_and_end_at_the_end(raw: bytes, encoding: str) -> None:
    text = decode_escaped(raw, encoding)
    places = [byte_of(raw, encoding, point) for point in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(raw)


def test_thousands_of_places_in_a_line_of_megabytes_are_cheap() -> None:
    raw = ("(1,'山田太郎','ｱｲ')," * 100_000).encode("cp932")
    text = decode_escaped(raw, "cp932")
    for point in range(0, len(text), 1000):
        assert raw[byte_of(raw, "cp932", point) :][:4].decode("cp932", "ignore").startswith(text[point])
