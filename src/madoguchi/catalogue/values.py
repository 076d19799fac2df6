"""Which item a column holds, told from its values: said only where nearly all of them can be nothing else."""

import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from statistics import median

from madoguchi.catalogue.corpus import items
from madoguchi.text import dates, digits, emails, phones
from madoguchi.text.fold import fold

SAMPLE = 200  # values looked at; a column does not change its kind further down
_EMPTY = {"", "null", r"\n", "none", "nil", "n/a", "na", "-", "--", "nan", "undefined"}
_FLAGS = {
    "0",
    "1",
    "2",
    "true",
    "false",
    "t",
    "f",
    "y",
    "n",
    "yes",
    "no",
    "on",
    "off",
    "有",
    "無",
    "可",
    "不可",
    "○",
    "〇",
    "×",
}
_FLAGS |= {"あり", "なし", "有り", "無し", "はい", "いいえ", "済", "未", "希望する", "希望しない", "許可", "拒否"}
_POSTAL = re.compile(r"〒? ?\d{3}-\d{4}|〒 ?\d{7}")
_PHONE = re.compile(r"[+0(\d][\d()\-. /+]{8,19}")
_EXPIRY = re.compile(r"(?:0[1-9]|1[0-2])[/\- ]?(?:20)?\d\d|20\d\d[/\-](?:0[1-9]|1[0-2])")
_GEO = re.compile(r"(?:point ?\()? ?-?\d{1,3}\.\d{3,}[ ,]+-?\d{1,3}\.\d{3,} ?\)?", re.IGNORECASE)
_MASKED = re.compile(r"(?:\d{0,6})[*x●•#・]{2,}[*x●•#・\-]*(\d{4})?", re.IGNORECASE)
# Formats that nothing but a stored password has: crypt(3), bcrypt, argon2, phpass, PBKDF2 of Django and werkzeug, LDAP, MySQL.
_HASH = re.compile(
    r"\$(?:1|2[abxy]?|5|6|7|y|P|H|S|argon2(?:id|i|d)|scrypt|apr1|pbkdf2[\w-]*)\$.{8,}"
    r"|(?:pbkdf2_sha(?:1|256|512)|argon2|bcrypt(?:_sha256)?|scrypt)(?:\$|:).{16,}"
    r"|(?:pbkdf2:)?sha(?:1|256|512)(?:\$|:).{16,}"
    r"|\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]*)\}.{8,}"
    r"|\*[0-9A-F]{40}|[$][PH][$][./0-9A-Za-z]{31}"
)
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_HEX_LENGTHS = {32, 40, 56, 64, 96, 128}


def _card(value: str) -> bool:
    run = digits.only(value)
    return (
        re.fullmatch(r"[\d \-]+", value) is not None
        and 14 <= len(run) <= 19
        and run[0] in "3456"
        and len(set(run)) > 1
        and digits.luhn(run)
    )


def _phone(value: str) -> bool:
    # An order number is digits too: without its leading 0 or + a run of digits is no phone.
    return (
        _PHONE.fullmatch(value) is not None
        and digits.only(value)[:1] != ""
        and value[0] in "0+("
        and phones.canonical(value) is not None
    )


def _ip(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return "." in value or ":" in value


def _birth(value: str) -> bool:
    day = dates.parse(value)
    return day is not None and 1890 <= day.year <= 2100


CHECKERS: dict[str, Callable[[str], bool]] = {
    "email": lambda value: emails.canonical(value) is not None,
    "card_number": _card,
    "my_number": lambda value: bool(re.fullmatch(r"\d{4}[ -]?\d{4}[ -]?\d{4}", value)) and digits.my_number(value),
    "phone": _phone,
    "postal_code": lambda value: _POSTAL.fullmatch(value) is not None,
    "ip_address": _ip,
    "password_hash": lambda value: _HASH.fullmatch(value) is not None,
    "geo": lambda value: _GEO.fullmatch(value) is not None,
    "birth_date": _birth,
    "card_expiry": lambda value: _EXPIRY.fullmatch(value) is not None,
}
# A month with a year is no evidence of a card; dates are judged as a whole column (_births).
_TELLING = [name for name in CHECKERS if name not in {"card_expiry", "birth_date"}]


def matches(key: str, value: str) -> bool:
    """Return whether ``value`` has the shape of the item; where the item has no pattern, whether it is filled at all."""
    pattern = items()[key].pattern
    value = fold(value)
    return value.casefold() not in _EMPTY and (pattern is None or CHECKERS[pattern](value))


def value_item(values: Sequence[str]) -> str | None:
    """Return the item that a column's values show by themselves, or None.

    At least three filled values are needed and nine in ten must have the shape; for a My Number, of which one number
    in eleven has the right check digit by chance, and for birth dates, five. Dates count as birth dates only when they
    spread over a generation: orders and hirings do not.
    """
    filled = _filled(values)
    if len(filled) < 3:
        return None
    by_pattern = {item.pattern: key for key, item in items().items() if item.pattern}
    for name in _TELLING:
        hits = sum(CHECKERS[name](value) for value in filled)
        if hits >= 0.9 * len(filled) and (name != "my_number" or len(filled) >= 5):
            return by_pattern[name]
    return "birth_date" if _births(filled) else None


def refine(key: str, values: Sequence[str]) -> str | None:
    """Return what a column of the item ``key``, known by its heading, is when its values are seen.

    A password column of hashes is `password_hash`, a card column that shows no more than four last digits is
    `card_last4`, and a column of flags (``mail`` = 0 or 1) is no item at all. Without filled values nothing changes.
    """
    filled = _filled(values)
    if not filled:
        return key
    if key == "password" and _hashed(filled):
        return "password_hash"
    if key == "card_number" and sum(_masked(value) for value in filled) >= 0.9 * len(filled):
        return "card_last4"
    shaped = items()[key].pattern or key in {"name", "name_kana", "address", "login_id", "message_content", "photo"}
    if shaped and len(filled) >= 3 and all(value.casefold() in _FLAGS for value in filled):
        return None
    return key


def _filled(values: Sequence[str]) -> list[str]:
    folded = (fold(value) for value in values[:SAMPLE])
    return [value for value in folded if value.casefold() not in _EMPTY]


def _births(filled: list[str]) -> bool:
    years = [day.year for value in filled if ":" not in value and (day := dates.parse(value))]
    return (
        len(filled) >= 5
        and len(years) >= 0.9 * len(filled)
        and min(years) >= 1890
        and max(years) - min(years) >= 25
        and median(years) < 2005
    )


def _hashed(filled: list[str]) -> bool:
    known = sum(_HASH.fullmatch(value) is not None for value in filled)
    lengths = {len(value) for value in filled if _HEX.fullmatch(value)}
    # A plain password may be hexadecimal by chance; a whole column of one length is not.
    uniform = len(lengths) == 1 and lengths <= _HEX_LENGTHS and all(_HEX.fullmatch(value) for value in filled)
    return uniform or known >= 0.9 * len(filled)


def _masked(value: str) -> bool:
    plain = value.replace(" ", "").replace("-", "")
    return _MASKED.fullmatch(plain) is not None or re.fullmatch(r"\d{4}", plain) is not None
