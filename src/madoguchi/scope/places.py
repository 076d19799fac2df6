"""From a position in decoded text back to line, offset and length in the file's own bytes."""

import bisect

from madoguchi.intake.text import Line, byte_span
from madoguchi.scope.shapes import Span, Spot


class Window:
    """Some consecutive lines as one text (joined by line feeds) that knows where each position stands in the file."""

    def __init__(self) -> None:
        """Start empty."""
        self.text = ""
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._known = (0, 0, 0)  # number of a line, characters in it, bytes of those: prefixes are measured once
        self._even: tuple[int, bool] = (0, False)  # number of a line, whether encoding its text gives its bytes back

    def extend(self, lines: list[Line]) -> None:
        """Append lines."""
        at = len(self.text)
        for line in lines:
            self._lines.append(line)
            self._starts.append(at)
            at += len(line.text) + 1
        self.text += "".join(f"{line.text}\n" for line in lines)

    def drop(self, before: int) -> int:
        """Forget the whole lines that end before ``before``; return how many characters went."""
        keep = max(bisect.bisect_right(self._starts, before) - 1, 0)
        if not keep:
            return 0
        cut = self._starts[keep]
        self.text = self.text[cut:]
        self._lines = self._lines[keep:]
        self._starts = [start - cut for start in self._starts[keep:]]
        return cut

    def line(self, at: int) -> int:
        """Return the number (from 1) of the line in which position ``at`` stands."""
        return self._lines[self._index(at)].number

    def spot(self, start: int, end: int) -> Spot:
        """Return where ``text[start:end]`` stands."""
        index = self._index(start)
        line, column = self._lines[index], start - self._starts[index]
        if line.encoding == "iso2022_jp":
            return Spot(line.number, column, None, None)
        if line.text.isascii() and not line.encoding.startswith("utf-16") and end - start + column <= len(line.text):
            return Spot(line.number, column, line.offset + column, end - start)
        first = line.offset + self._bytes(line, column)
        other = self._index(end)
        last = self._lines[other].offset + self._bytes(self._lines[other], end - self._starts[other])
        return Spot(line.number, column, first, last - first)

    def cell(self, span: Span, text: str | None, within: Span | None) -> Spot:
        """Return where a cell stands, or a piece of its text where the file writes the text as it is (no escapes)."""
        start, end = span
        if within and self.text[start:end] == text:
            return self.spot(start + within[0], start + within[1])
        return self.spot(start, end)

    def _index(self, at: int) -> int:
        return bisect.bisect_right(self._starts, at) - 1

    def _bytes(self, line: Line, column: int) -> int:
        """Return the bytes of the first ``column`` characters; asked from left to right it reads a line only once."""
        if not self._is_even(line):
            span = byte_span(line, 0, min(column, len(line.text)))
            return span[1] if span else 0
        number, characters, size = self._known
        if number != line.number or characters > column:
            characters = size = 0
        size += _encoded(line.text[characters:column], line.encoding)
        self._known = (line.number, column, size)
        return size

    def _is_even(self, line: Line) -> bool:
        """Tell whether the codec gives the line's bytes back; unreadable bytes and vendors' additions do not."""
        if self._even[0] != line.number:
            self._even = (line.number, _encoded(line.text, line.encoding) == line.length)
        return self._even[1]


def _encoded(text: str, encoding: str) -> int:
    """Return how many bytes ``text`` takes in ``encoding``; a character it lacks counts one."""
    return len(text.encode("utf-8" if encoding == "utf-8-sig" else encoding, "replace"))
