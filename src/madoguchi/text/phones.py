"""Phone numbers in one writing (E.164)."""

import re

import phonenumbers

from madoguchi.text.fold import fold

_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_LABEL = re.compile(
    r"^(?:tel|phone|fax|mobile|電話番号|電話|携帯番号|携帯電話|携帯|自宅|固定|連絡先|フリーダイヤル|フリーコール|ナビダイヤル|ファックス|ファクス|でんわ)(?:番号|/fax)?[ .:]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"[ (,;]*(?:内線|内|extension|ext|x|#)[ .:]*#?[0-9][0-9 -]{0,8}\)?$", re.IGNORECASE)
_REMARK = re.compile(
    r" ?\((?:代|代表|直通|携帯|自宅|呼出|呼|会社|勤務先|実家|fax|無料|フリーダイヤル|通話料無料)\)$|(?<=[0-9]) ?(?:代表|直通)$",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"\+?[0-9(][0-9 ().\-/]*[0-9]")


def canonical(s: str) -> str | None:
    """Return a phone number as E.164 (``+81312345678``), or None when no such number can exist.

    Every Japanese way to write one is read: full-width, brackets, dashes of any kind, ``+81``, ``010-81``, ``+81 (0)3``,
    kanji digits, 内線 and other remarks (an extension does not change the number); other countries need their ``+``.
    Ranges and lengths are those of the ``phonenumbers`` package (総務省 電気通信番号計画). A Japanese number begins with
    0: one whose 0 a spreadsheet dropped cannot be told from any other run of digits and is None.
    """
    text = fold(s)
    if "〇" in text or any(c in text for c in "一二三四五六七八九"):
        text = fold(text.translate(_KANJI_DIGITS))
    text = _LABEL.sub("", text.lstrip("'"))  # a spreadsheet's mark for text
    text = _REMARK.sub("", _EXTENSION.sub("", _REMARK.sub("", text)))
    text = re.sub(r"^\((\+[0-9]{1,3})\)", r"\1", text)  # (+81) 3-1234-5678
    text = re.sub(r"^81(?=[ -][1-9])", "+81", text)
    if not _SHAPE.fullmatch(text) or text.count("(") != text.count(")"):
        return None
    digits = re.sub(r"[^0-9+]", "", re.sub(r"^(\+81[ -]*)\(?0\)?", r"\1", text))
    if digits.startswith("010"):  # the prefix for calls abroad from Japan
        digits = "+" + digits[3:].lstrip("0")
        digits = re.sub(r"^\+810", "+81", digits)
    if not digits.startswith(("+", "0")) or not 9 <= len(digits) <= 16:
        return None
    try:
        number = phonenumbers.parse(digits, "JP")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
