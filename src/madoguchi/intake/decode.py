"""Bytes to text in the encodings of Japan as they are really written, never failing: what is unreadable keeps its place.

Python's own codecs are stricter than the files of this country: EUC-JP and ISO-2022-JP files hold ①, ㈱ and 髙
(NEC's row 13 and the rows 89 to 92, IBM's additions in code set 3), and ISO-2022-JP holds half-width kana.
"""

import codecs
import functools
import re

ESCAPED = re.compile("[\udc80-\udcff]")
"""Unreadable bytes in the result of `decode_escaped`: one of these each, U+DC00 + the byte."""
_ESCAPES = re.compile(rb"\x1b(?:\([BJI]|\$[@B]|\$\([@BD])")
_HANDLER = "madoguchi.intake.escape"


def decode_escaped(data: bytes, encoding: str) -> str:
    """Return the text of ``data``, each unreadable byte as one lone surrogate U+DC00 + byte. No BOM is taken off."""
    if encoding == "iso2022_jp":
        return _iso2022_jp(data)
    if encoding in {"utf-16-le", "utf-16-be"}:
        return _utf_16(data, encoding)
    return data.decode("utf-8" if encoding == "utf-8-sig" else encoding, _HANDLER)


def show(escaped: str) -> str:
    """Return the text as it is shown: U+FFFD for each unreadable byte. The length stays."""
    return ESCAPED.sub("\ufffd", escaped)


def width(char: str, lead: int, encoding: str) -> int:
    """Return how many bytes ``char`` took, whose first byte is ``lead``; not for ISO-2022-JP, which shifts."""
    if "\udc80" <= char <= "\udcff" or char < "\x80":
        return 2 if encoding.startswith("utf-16") and char < "\x80" else 1
    if encoding.startswith("utf-16"):
        return 4 if char > "\uffff" else 2
    if encoding == "cp932":
        return 2 if 0x81 <= lead <= 0x9F or 0xE0 <= lead <= 0xFC else 1
    if encoding == "euc_jp":
        return 3 if lead == 0x8F else 2
    return len(char.encode())


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Stand in for one unreadable sequence, and look whether it is a character that Python's EUC-JP leaves out."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, at = error.object, error.start
    if error.encoding == "euc_jp":
        char, length = _euc_extra(data[at : at + 3])
        if char:
            return char, at + length
    # A pair that has the form of a character but no meaning is one mistake: eating only its first byte would shift
    # all that follows. An ASCII second byte is kept as itself, it may be the comma that ends the field.
    pair = data[at : at + 2]
    lone = len(pair) < 2 or pair[1] < 0x80 or not _is_lead(pair[0], error.encoding)
    length = 1 if lone else 2
    return "".join(chr(0xDC00 + byte) for byte in data[at : at + length]), at + length


def _is_lead(byte: int, encoding: str) -> bool:
    if encoding == "cp932":
        return 0x81 <= byte <= 0x9F or 0xE0 <= byte <= 0xFC
    return encoding == "euc_jp" and 0xA1 <= byte <= 0xFE


codecs.register_error(_HANDLER, _escape)


def _euc_extra(data: bytes) -> tuple[str, int]:
    """Return the character and its length where ``data`` starts with one of Microsoft's additions to EUC-JP."""
    if data[:1] == b"\x8f" and len(data) == 3:
        return _ibm_additions().get(data[1:], ""), 3
    if len(data) < 2 or not (data[0] == 0xAD or 0xF9 <= data[0] <= 0xFC) or not 0xA1 <= data[1] <= 0xFE:
        return "", 0
    row, cell = data[0] - 0xA0, data[1] - 0xA0
    # JIS X 0208 annex 1 (Shift_JIS): two rows share a first byte.
    first = (row + 1) // 2 + (0x80 if row <= 62 else 0xC0)
    second = cell + 0x9E if row % 2 == 0 else cell + (0x3F if cell <= 63 else 0x40)
    try:
        return bytes((first, second)).decode("cp932"), 2
    except UnicodeDecodeError:
        return "", 0


@functools.cache
def _ibm_additions() -> dict[bytes, str]:
    """Return code set 3 of eucJP-ms beyond JIS X 0212: IBM's characters that 0212 lacks, in their order, from F3F3."""
    codes = (bytes((a, b)) for a in (0xFA, 0xFB, 0xFC) for b in (*range(0x40, 0x7F), *range(0x80, 0xFD)))
    places = (bytes((row, cell)) for row in (0xF3, 0xF4) for cell in range(0xF3 if row == 0xF3 else 0xA1, 0xFF))
    missing = []
    for code in codes:
        char = code.decode("cp932", "ignore")
        # ￢ and ∵ are in JIS X 0208, ￤ in JIS X 0212 as another code point; № is in both places.
        elsewhere = char in "￢∵￤" or (char != "№" and _in_jis_x_0212(char))
        if len(char) == 1 and char not in missing and not elsewhere:
            missing.append(char)
    return dict(zip(places, missing, strict=False))


def _in_jis_x_0212(char: str) -> bool:
    try:
        return char.encode("euc_jp")[0] == 0x8F
    except UnicodeEncodeError:
        return False


def _utf_16(data: bytes, encoding: str) -> str:
    """Decode UTF-16; half a pair or an odd last byte is unreadable, byte by byte."""
    even = len(data) & ~1
    try:
        text = data[:even].decode(encoding)
    except UnicodeDecodeError:
        loose = data[:even].decode(encoding, "surrogatepass")
        text = "".join(_bytes_of(char, encoding) if "\ud800" <= char <= "\udfff" else char for char in loose)
    return text + "".join(chr(0xDC00 + byte) if byte >= 0x80 else "\udc80" for byte in data[even:])


def _bytes_of(surrogate: str, encoding: str) -> str:
    # Two marks for two bytes; a low byte under 0x80 has no mark of its own, the first one stands in.
    return "".join(
        chr(0xDC00 + byte) if byte >= 0x80 else "\udc80" for byte in surrogate.encode(encoding, "surrogatepass")
    )


def _iso2022_jp(data: bytes) -> str:
    """Decode ISO-2022-JP with its real-life additions (half-width kana, JIS X 0212, NEC's row 13); each line anew."""
    return "".join(_iso2022_jp_line(line) for line in data.splitlines(keepends=True))


def _iso2022_jp_line(line: bytes) -> str:
    pieces, mode, at = [], b"\x1b(B", 0
    for escape in _ESCAPES.finditer(line):
        pieces.append(_segment(line[at : escape.start()], mode))
        mode, at = escape.group(), escape.end()
    pieces.append(_segment(line[at:], mode))
    return "".join(pieces)


def _segment(data: bytes, mode: bytes) -> str:
    if mode in {b"\x1b(B", b"\x1b(J"}:
        return data.decode("ascii", _HANDLER)
    body = data.rstrip(b"\r\n")
    end = data[len(body) :].decode("ascii")
    high = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in body)
    if mode == b"\x1b(I":
        return high.decode("cp932", _HANDLER) + end
    if mode == b"\x1b$(D":
        return _in_code_set_3(high).decode("euc_jp", _HANDLER) + end
    return high.decode("euc_jp", _HANDLER) + end


def _in_code_set_3(high: bytes) -> bytes:
    return b"".join(b"\x8f" + high[i : i + 2] for i in range(0, len(high), 2))
