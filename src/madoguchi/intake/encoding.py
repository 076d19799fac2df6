"""Which encoding a file is in, by its content: validity and plausibility of what each encoding would make of it.

A dump may be ASCII for gigabytes before the first Japanese name, so `Sampler` sees the whole file as it streams by and
keeps windows around what is not ASCII, spread over the file.
"""

import re
from typing import NamedTuple

from madoguchi.intake import decode as codec
from madoguchi.intake.plausible import score

HEAD = 64 * 1024
_WINDOW = 4_096
_WINDOWS = 64
_TELLING = re.compile(rb"[\x80-\xff]|\x1b[$(]")
_JIS = re.compile(rb"\x1b(?:\$[@B]|\$\([@BD]|\(I)")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ACCENT_IN_WORD = re.compile("[A-Za-z][\u00c0-\u024f]|[\u00c0-\u024f][A-Za-z]")
_UTF_8_PRIOR = 1.0
"""Added for each byte of a valid UTF-8 sequence of three or more: its form hardly ever comes about by chance."""

_TOO_BROKEN = 0.1
"""Share of unreadable bytes from which a text is called broken: no mistake of a few letters makes one byte in ten."""
_UTF_16_DOUBT = 20.0
"""Taken from UTF-16 without its mark: few characters in another encoding often look like two of its kanji."""


class Found(NamedTuple):
    """The encoding, or None with the reason: ``broken`` tells a text that no encoding fits from what is no text."""

    encoding: str | None
    broken: bool = False
    ja: str = ""
    en: str = ""


class Window(NamedTuple):
    """A piece of the file and where it stands; it starts at a line, or at least not inside a character."""

    offset: int
    data: bytes


class Sampler:
    """Looks at a file while it streams by (`feed`) and keeps what tells its encoding and its kind, at most 400 KiB."""

    def __init__(self) -> None:
        self.head = b""
        self.size = 0
        self._windows: list[Window] = []
        self._stride = 1
        self._telling_chunks = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the file; chunks of about 1 MiB are best."""
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]
        if not chunk.isascii() or b"\x1b" in chunk:
            if self._telling_chunks % self._stride == 0:
                self._keep(chunk)
            self._telling_chunks += 1
        self.size += len(chunk)

    def _keep(self, chunk: bytes) -> None:
        """Keep up to four windows of a chunk; when there are too many, keep every second and look half as often."""
        quarter = max(len(chunk) // 4, _WINDOW)
        for start in range(0, len(chunk), quarter):
            hit = _TELLING.search(chunk, start, start + quarter)
            if hit:
                begin = _line_start(chunk, hit.start())
                self._windows.append(Window(self.size + begin, _whole(chunk[begin : begin + _WINDOW])))
        if len(self._windows) > _WINDOWS:
            self._windows = self._windows[::2]
            self._stride *= 2

    def found(self) -> Found:
        """Return the encoding of what was fed."""
        complete = self.size <= len(self.head)
        head = Window(0, self.head if complete else _whole(self.head))
        return _choose([head] if complete else [head, *self._windows])


def guess(data: bytes) -> Found:
    """Return the encoding of a small text that is wholly in memory."""
    sampler = Sampler()
    for at in range(0, len(data), 1 << 20):
        sampler.feed(data[at : at + (1 << 20)])
    return sampler.found()


def _line_start(chunk: bytes, at: int) -> int:
    """Return a place before ``at`` where no character is cut: after a line end, else after a byte under 0x30.

    Second bytes of CP932 start at 0x40, those of the other encodings higher.
    """
    floor = max(at - 1024, 0)
    line = chunk.rfind(b"\n", floor, at)
    if line >= 0:
        return line + 1
    return next((i + 1 for i in range(at - 1, floor - 1, -1) if chunk[i] < 0x30), at)


def _whole(data: bytes) -> bytes:
    """Return ``data`` without a character that the cut may have halved."""
    last = max(data.rfind(b"\n"), data.rfind(b","), data.rfind(b" "), data.rfind(b"'"))
    return data[: last + 1] if last > len(data) // 2 else data[:-3] if len(data) > 64 else data


def _choose(windows: list[Window]) -> Found:
    head = windows[0].data
    if head.startswith(b"\xef\xbb\xbf"):
        return _judged("utf-8-sig", windows)
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark) and not head.startswith(b"\xff\xfe\x00\x00"):
            return _judged(name, windows)
    data = b"".join(window.data for window in windows)
    nulls = data.count(0)
    if data.isascii() and not nulls:
        jis = _JIS.search(data) and not _mostly_unreadable("iso2022_jp", windows)
        return _judged("iso2022_jp" if jis else "utf-8", windows)
    names = ["utf-8", "cp932", "euc_jp"]
    scores = {name: _score(name, windows) for name in names}
    for name in ("utf-16-le", "utf-16-be"):
        plausible = _score(name, windows)
        if plausible >= 0:  # nearly all bytes are some UTF-16, so here a reading has to make sense as well
            scores[name] = plausible - (0 if nulls else _UTF_16_DOUBT)
    return _judged(max(scores, key=lambda name: scores[name]), windows)


def _score(name: str, windows: list[Window]) -> float:
    total = 0.0
    for window in windows:
        text = codec.decode_escaped(_aligned(name, window), name)
        total += score(text, name)
        if name == "utf-8":
            total += _UTF_8_PRIOR * 3 * sum(char > "\u07ff" and not "\udc80" <= char <= "\udcff" for char in text)
            total += 2.0 * len(_ACCENT_IN_WORD.findall(text))
    return total


def _aligned(name: str, window: Window) -> bytes:
    """Return the window, in UTF-16 from an even byte of the file to an even one."""
    if not name.startswith("utf-16"):
        return window.data
    data = window.data[window.offset % 2 :]
    return data[: len(data) & ~1] if len(data) > 64 else data


def _judged(name: str, windows: list[Window]) -> Found:
    """Return the chosen encoding, unless even the best one leaves too much unread."""
    data = b"".join(window.data for window in windows)
    if not name.startswith("utf-16") and len(_CONTROLS.findall(data)) > len(data) // 50:
        return _NO_TEXT
    if _mostly_unreadable(name, windows):
        return _BROKEN
    return Found(name)


def _mostly_unreadable(name: str, windows: list[Window]) -> bool:
    """Return whether more than a tenth of the bytes mean nothing in this encoding."""
    bad = size = 0
    for window in windows:
        data = _aligned(name, window)
        bad += len(codec.ESCAPED.findall(codec.decode_escaped(data, name)))
        size += len(data)
    return bad > size * _TOO_BROKEN


_NO_TEXT = Found(
    None,
    ja="文字のファイルではありません。CSV・SQL・テキストで書き出してください。",
    en="this is not a text file; export it as CSV, SQL or text",
)
_BROKEN = Found(
    None,
    broken=True,
    ja="文字コードが壊れています（UTF-8・UTF-16・CP932・EUC-JP・ISO-2022-JPのどれとしても読めません）。元のシステムから書き出し直してください。",
    en="broken encoding: not readable as UTF-8, UTF-16, CP932, EUC-JP or ISO-2022-JP; export it again from its system",
)
