"""Bytes cut into lines: ``\\n``, ``\\r\\n`` and ``\\r``, in blocks, with never more than one line in memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BLOCK = 1 << 20
_ENDS = re.compile("\r\n|\r|\n")


class RawLine(NamedTuple):
    """The bytes of a line without its end, and their place; ``data`` is None when the line was too long to hold."""

    offset: int
    length: int
    data: bytes | None


def raw_lines(file: BinaryIO, offset: int, encoding: str, longest: int) -> Iterator[RawLine]:
    """Yield the lines of ``file`` from where it stands, which is byte ``offset`` of the part.

    In CP932, EUC-JP, UTF-8 and ISO-2022-JP the bytes 0A and 0D are always line ends; in UTF-16 they are looked for
    as characters. What is after the last end is a line when it is not empty.
    """
    pieces, unit = (_utf_16_pieces, 2) if encoding.startswith("utf-16") else (_byte_pieces, 1)
    held, length, start = [], 0, offset  # the line that is being put together
    for piece, end in pieces(file, encoding):
        length += len(piece)
        if length <= longest:
            held.append(piece)
        else:
            held = []
        if end:
            yield RawLine(start, length, b"".join(held) if length <= longest else None)
            start += length + end * unit
            held, length = [], 0
    if length:
        yield RawLine(start, length, b"".join(held) if length <= longest else None)


def _byte_pieces(file: BinaryIO, encoding: str) -> Iterator[tuple[bytes, int]]:  # noqa: ARG001 - one shape for both
    """Yield pieces of lines, each with the length of the line end after it (0: the line goes on in the next piece)."""
    for block in _blocks(file, b"\r", 1):
        if b"\n" not in block and b"\r" not in block:  # a line of gigabytes goes by without being copied
            yield block, 0
            continue
        for piece in block.splitlines(keepends=True):
            end = 2 if piece.endswith(b"\r\n") else 1 if piece.endswith((b"\n", b"\r")) else 0
            yield piece[: len(piece) - end], end


def _utf_16_pieces(file: BinaryIO, encoding: str) -> Iterator[tuple[bytes, int]]:
    """Yield the same for UTF-16, the length of the end in characters."""
    for block in _blocks(file, "\r".encode(encoding), 2):
        odd = block[len(block) & ~1 :]  # a last lone byte
        text = block[: len(block) & ~1].decode(encoding, "surrogatepass")
        at = 0
        for end in _ENDS.finditer(text):
            yield text[at : end.start()].encode(encoding, "surrogatepass"), end.end() - end.start()
            at = end.end()
        rest = text[at:].encode(encoding, "surrogatepass") + odd
        if rest:
            yield rest, 0


def _blocks(file: BinaryIO, cr: bytes, unit: int) -> Iterator[bytes]:
    r"""Yield the file in blocks of whole units, none of which ends between ``\r`` and ``\n``."""
    held = b""
    while fresh := file.read(BLOCK):
        block = held + fresh
        keep = len(block) % unit
        if block[: len(block) - keep].endswith(cr):
            keep += unit
        held = block[len(block) - keep :] if keep else b""
        if keep < len(block):
            yield block[: len(block) - keep]
    if held:
        yield held
