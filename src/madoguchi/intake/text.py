"""Lines of text out of a part, one at a time, each with its place in bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from madoguchi.intake import decode as codec
from madoguchi.intake.encoding import guess
from madoguchi.intake.limits import Limits
from madoguchi.intake.part import Part
from madoguchi.intake.place import byte_of
from madoguchi.intake.split import RawLine, raw_lines
from madoguchi.problem import Problem


class Line(NamedTuple):
    """One line without its end. ``number`` starts at 1; ``offset`` and ``length`` are bytes in the part."""

    number: int
    text: str
    offset: int
    length: int
    raw: bytes = b""
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Broken:
    """A place that could not be read: unreadable bytes of a line, or a line that is too long and was left out."""

    number: int
    """The line, from 1."""
    offset: int
    """The first byte in the part that could not be read."""
    length: int
    """Bytes from there to the last unreadable one of the line; of a line left out, all of it."""
    ja: str
    en: str


class Decoded(NamedTuple):
    """A small text and the encoding it was read with (unreadable bytes are U+FFFD)."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Return a small text, its encoding found by content, line ends as ``\\n``, without its BOM.

    `Problem` when it is no text at all: bytes of a picture, or so broken that no encoding fits.
    """
    found = guess(data)
    if found.encoding is None:
        raise Problem(ja=found.ja, en=found.en)
    body = data[_bom(data, found.encoding) :]
    text = codec.show(codec.decode_escaped(body, found.encoding))
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), found.encoding)


def lines(part: Part, limits: Limits, broken: list[Broken] | None = None) -> Iterator[Line]:
    """Yield the lines of ``part`` (ends ``\\n``, ``\\r\\n`` or ``\\r``); at most one line is held in memory.

    Unreadable bytes become U+FFFD, one each, and their place is added to ``broken``. A line longer than
    ``limits.line_bytes`` is left out, its place is added to ``broken``, and the next lines follow; where the caller
    gives no list it is a `Problem`, since nobody would hear of it. Beyond ``limits.broken_places`` lines the rest is
    counted in one last entry. A part without an encoding is a `Problem`.
    """
    if part.encoding is None:
        raise Problem(
            ja="文字のファイルではないため、行として読めません。CSV・SQL・テキストで書き出してください。",
            en="this is not a text file and has no lines; export it as CSV, SQL or text",
            file=part.name,
        )
    places = _Places(limits, broken, part.name)
    with part.path.open("rb") as file:
        for number, raw in enumerate(_body(file, part.encoding, limits), 1):
            if raw.data is None:
                places.left_out(number, raw)
                continue
            text = _text(raw.data, part.encoding)
            if text is None:
                escaped = codec.decode_escaped(raw.data, part.encoding)
                places.unreadable(number, raw, escaped, part.encoding)
                text = codec.show(escaped)
            yield Line(number, text, raw.offset, raw.length, raw.data, part.encoding)
    places.close()


def byte_span(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Return offset and length in the part's bytes of the code points ``[start, end)`` of ``line.text``.

    None for ISO-2022-JP, where the bytes of a piece mean nothing without the escape before them.
    """
    if line.encoding == "iso2022_jp":
        return None
    first = byte_of(line.raw, line.encoding, start)
    return line.offset + first, byte_of(line.raw, line.encoding, end) - first


def _text(data: bytes, encoding: str) -> str | None:
    """Return the text when every byte is readable, quickly; None sends the caller the slow way."""
    if encoding == "iso2022_jp":
        if b"\x1b" not in data and data.isascii():
            return data.decode("ascii")
        escaped = codec.decode_escaped(data, encoding)
        return None if codec.ESCAPED.search(escaped) else escaped
    try:
        return data.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError:
        return None


def _body(file: BinaryIO, encoding: str, limits: Limits) -> Iterator[RawLine]:
    """Return the raw lines after the BOM."""
    skip = _bom(file.read(3), encoding)
    file.seek(skip)
    return raw_lines(file, skip, encoding, limits.line_bytes)


def _bom(head: bytes, encoding: str) -> int:
    marks = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    mark = marks.get(encoding)
    return len(mark) if mark and head.startswith(mark) else 0


class _Places:
    """The list of broken places, kept short."""

    def __init__(self, limits: Limits, broken: list[Broken] | None, name: str) -> None:
        self.limits, self.broken, self.name = limits, broken, name
        self.count = 0

    def unreadable(self, number: int, raw: RawLine, escaped: str, encoding: str) -> None:
        found = [hit.start() for hit in codec.ESCAPED.finditer(escaped)]
        if self.broken is None or not found:
            return
        assert raw.data is not None
        if encoding == "iso2022_jp":
            offset, length = raw.offset, raw.length
        else:
            first = byte_of(raw.data, encoding, found[0])
            offset, length = raw.offset + first, byte_of(raw.data, encoding, found[-1] + 1) - first
        self._add(
            Broken(
                number,
                offset,
                length,
                ja=f"{len(found)}バイトを文字として読めません（{encoding}）。その部分を除いて読みました。",
                en=f"{len(found)} bytes cannot be read as {encoding}; the rest of the line was read",
            )
        )

    def left_out(self, number: int, raw: RawLine) -> None:
        ja = (
            f"1行が長すぎます（{raw.length:,}バイト、上限{self.limits.line_bytes:,}バイト）。"
            "この行は読みません。改行で区切って書き出し直してください。"
        )
        en = (
            f"the line is too long ({raw.length:,} bytes, limit {self.limits.line_bytes:,}) and was left out; "
            "export the file again with line breaks"
        )
        if self.broken is None:
            raise Problem(ja=ja, en=en, file=self.name, place=f"line {number}, byte {raw.offset}")
        self._add(Broken(number, raw.offset, raw.length, ja=ja, en=en))

    def _add(self, place: Broken) -> None:
        self.count += 1
        if self.broken is not None and self.count <= self.limits.broken_places:
            self.broken.append(place)

    def close(self) -> None:
        more = self.count - self.limits.broken_places
        if self.broken and more > 0:
            last = self.broken[-1]
            self.broken.append(
                Broken(
                    last.number,
                    last.offset,
                    0,
                    ja=f"ほかに{more:,}行で読めないところがあります。",
                    en=f"{more:,} more lines have places that cannot be read",
                )
            )
