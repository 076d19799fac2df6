"""From a character of a line to its byte, quickly for lines of megabytes with thousands of places asked for."""

import functools

from madoguchi.intake import decode as codec

_STEP = 256
"""Characters between two known bytes: what is walked through, one by one, for each place asked for."""


def byte_of(raw: bytes, encoding: str, point: int) -> int:
    """Return the byte of ``raw`` at which code point ``point`` of its text starts; not for ISO-2022-JP, which shifts."""
    if raw.isascii() and not encoding.startswith("utf-16"):
        return point
    text, marks = _known(raw, encoding)
    near = min(point, len(text)) // _STEP
    byte = marks[near]
    for char in text[near * _STEP : point]:
        byte += codec.width(char, raw[byte], encoding)
    return byte


@functools.lru_cache(maxsize=2)
def _known(raw: bytes, encoding: str) -> tuple[str, list[int]]:
    """Return the text as `decode.decode_escaped` gives it, and the byte of every 256th character."""
    text = codec.decode_escaped(raw, encoding)
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    marks = [0]
    try:
        for at in range(0, len(text), _STEP):
            marks.append(marks[-1] + len(text[at : at + _STEP].encode(name)))
    except UnicodeEncodeError:
        marks = []  # unreadable bytes, or characters that Python's EUC-JP leaves out: one by one
    if not marks or marks[-1] != len(raw):
        marks, byte = [0], 0
        for at, char in enumerate(text, 1):
            byte += codec.width(char, raw[byte], encoding)
            if at % _STEP == 0:
                marks.append(byte)
    return text, marks
