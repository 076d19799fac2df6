"""What people typed, without the characters that act on the page instead of standing on it."""

import unicodedata

GETA = "〓"  # the printers' mark for a character that the type case does not have
_JOINERS = "\u200c\u200d"  # needed to write names in Persian or Hindi, and to hold some emoji together
_LINE_ENDS = "\u0085\u2028\u2029\v\f"


def clean(text: str) -> str:
    """Return ``text`` with ``\\n`` line ends, without control and direction characters, and 〓 for what nobody can show.

    Direction marks (U+202E and its kind) can make an account number or an address read backwards; private-use
    characters (外字) have a shape only on the machine they were typed on.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def one_line(text: str) -> str:
    """Return ``text`` cleaned and on one line: names, subjects and labels can then end no header and start no paragraph."""
    return " ".join(part.strip(" ") for part in clean(text).split("\n") if part.strip()).strip()


def _shown(char: str) -> str:
    if char == "\n" or char in _JOINERS:
        return char
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category in ("Cs", "Co") or ord(char) & 0xFFFE == 0xFFFE:
        return GETA
    return "" if category in ("Cc", "Cf") else char
