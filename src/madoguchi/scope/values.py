"""A value in the one writing in which it is compared, item by item; None is "nothing that could be compared"."""

import re
from collections.abc import Callable
from functools import lru_cache

from madoguchi.catalogue import corpus
from madoguchi.text import addresses, dates, digits, emails, fold, names, phones, postal

#: What people and programs write where there is no value.
BLANK = frozenset({"", "null", "none", "nan", "nil", r"\n", "n/a", "#n/a", "-", "--", "―", "ー", "undefined", "(null)"})
LONGEST_BLANK = max(map(len, BLANK))

_DIGIT = re.compile(r"[1-9１-９一二三四五六七八九元]")
_HASH = re.compile(
    r"\$(?:2[abxy]?|argon2\w*|1|5|6|y|P|H|scrypt)\$.+|\{(?:S?SHA\d*|S?MD5|CRYPT)\}.+|(?:pbkdf2|bcrypt|argon2|scrypt)[_$:].+"
    r"|\*?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})(?::\S+)?"
)
_MASKED = re.compile(r"[*＊xX×●・]{2,}|[*＊●]")
_CARD = re.compile(r"[0-9][0-9 -]{11,22}[0-9]")


def filled(item: str, text: str | None) -> str | None:
    """Return the item that a column's cell really holds, or None when it is blank.

    A masked card number is only its last digits, a password column that holds hashes holds hashes, and what has not
    the least likeness of a mail address, phone or date is a blank of another writing.
    """
    if text is None or not (bare := text.strip()) or (len(bare) <= LONGEST_BLANK and bare.casefold() in BLANK):
        return None
    if item == "password" and _HASH.fullmatch(text.strip()):
        return "password_hash"
    if item == "card_number":
        count = len(digits.only(text))
        if _MASKED.search(text) or count == 4:
            return "card_last4" if count >= 4 else None
        return item if 12 <= count <= 19 else None
    if item == "email":
        return item if "@" in text or "＠" in text else None
    if item in ("phone", "my_number", "birth_date", "postal_code"):
        return item if _DIGIT.search(bare) else None
    return item


def card(text: str) -> str | None:
    """Return a whole valid card number (13 to 19 digits, Luhn) as digits."""
    folded = fold.fold(text)
    if not _CARD.fullmatch(folded):
        return None
    run = re.sub(r"[ -]", "", folded)
    return run if 13 <= len(run) <= 19 and digits.luhn(run) and run.strip("0") else None


def _date(text: str) -> str | None:
    day = dates.parse(text)
    return day.isoformat() if day else None


_CANONICAL: dict[str, Callable[[str], str | None]] = {
    "address": addresses.key,
    "birth_date": _date,
    "card_number": card,
    "email": emails.canonical,
    "name": names.key,
    "name_kana": names.key,
    "phone": phones.canonical,
    "postal_code": postal.canonical,
}


@lru_cache(maxsize=1 << 17)
def canonical(item: str, text: str) -> str | None:
    """Return ``text`` as equal values of ``item`` share it, or None.

    Codes, passwords and My Number (handling *presence*) have none: they are never a key, an index or a comparison.
    """
    entry = corpus.items().get(item)
    if entry is None or entry.handling == "presence" or not entry.indexed:
        return None
    return _CANONICAL.get(item, fold.key)(text) or None


def script(key: str) -> str:
    """Return in which script a name's key is written: only names of one script can differ."""
    if key.isascii():
        return "latin"
    return "kana" if all("ァ" <= char <= "ヿ" for char in key) else "kanji"
