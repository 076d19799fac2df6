"""The letters of a message as their reader takes them in: nothing invisible, one width, digits of any script as 0 to 9."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u20e3\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
_DIGIT = re.compile(r"(?![0-9])\d")


def as_seen(text: str) -> str:
    """Return ``text`` that way, its lines as they are; what stands in a number or an address cannot hide there."""
    if text.isascii():
        return text
    plain = _INVISIBLE.sub("", text).translate(_WIDE)
    return _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), plain)
