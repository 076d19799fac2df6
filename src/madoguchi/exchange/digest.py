"""What ties a statement to the letter beside it, and an answer to its inquiry."""

import hashlib
import unicodedata

# One Japanese character, two code points: which one comes out of an ISO-2022-JP or Shift_JIS mail is up to the program
# that decodes it (JIS X 0208 as Unicode's table or as Microsoft's has it).
_JIS = str.maketrans("\u301c\u2016\u2212\u00a2\u00a3\u00ac\u2014", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2\u2015")


def letter_digest(text: str) -> str:
    """Return the SHA-256 (hex) of a letter's plain text, the same before it was mailed and after.

    Counted over UTF-8 of: NFC; line ends as ``\\n``; no white space at the end of a line; no empty lines at the start
    and end; no byte order mark; and one code point for each of seven characters that decoders of Japanese mail differ
    in (〜‖−¢£¬— become ～∥－￠￡￢―).
    """
    plain = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).translate(_JIS)
    lines = [line.rstrip() for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return hashlib.sha256("\n".join(lines).strip("\n").encode("utf-8", "replace")).hexdigest()


def statement_digest(jws: str) -> str:
    """Return the SHA-256 (hex) of a compact JWS: how an answer names its inquiry."""
    return hashlib.sha256(jws.encode("ascii", "replace")).hexdigest()
