"""Numbers as Japanese texts write them."""

import re
from decimal import Decimal

from madoguchi.text.fold import fold

DIGITS = {
    c: n
    for n, row in enumerate(("〇零", "一壱弌", "二弐弍", "三参弎", "四肆", "五伍", "六陸", "七漆質", "八捌", "九玖"))
    for c in row
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "陌": 100, "千": 1000, "阡": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
KANJI = "".join((*DIGITS, *_TENS, *_MYRIADS, "廿卅"))
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[十拾百佰陌千阡仟]|[万億兆京]|[^0-9]")
_LONGEST = 60


def parse(s: str) -> int | None:
    """Return a whole number of zero or more, or None when ``s`` is not just one number.

    Read are full-width digits and commas (１,２３４), kanji by place (一二三, 二〇二六), by unit (千二百, 一億二千万), mixed
    (1万2千, 3.5万, 94万8,498) and 大字 (壱弐参). A unit (件, 名) or a sign makes it None; so does a comma in a wrong place.
    """
    text = fold(s).replace(" ", "")
    if not text or len(text) > _LONGEST:
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = Decimal(0)
    ceiling = Decimal(10**20)
    for part, unit in _split(text):
        section = _section(part)
        if section is None or unit >= ceiling or (unit > 1 and section == 0):
            return None
        # 5千5千 and 12345万万 are no numbers: below a unit stands less than that unit.
        if ceiling != 10**20 and section * unit >= ceiling:
            return None
        total += section * unit
        ceiling = Decimal(unit)
    return int(total) if total == int(total) else None


def kanji(n: int) -> str:
    """Return a number from 0 to 99,999,999 in kanji by unit: 1234 is 千二百三十四, 0 is 〇."""
    if n >= 10**4:
        return kanji(n // 10**4) + "万" + (kanji(n % 10**4) if n % 10**4 else "")
    text = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count, n = divmod(n, unit)
        text += ("" if count == 1 and word else "〇一二三四五六七八九"[count]) + word if count else ""
    return text or "〇"


def _split(text: str) -> list[tuple[str, int]]:
    """Cut ``1億2千万50`` into ``[(1, 億), (2千, 万), (50, 1)]``."""
    parts: list[tuple[str, int]] = []
    current = ""
    for c in text:
        if c in _MYRIADS:
            parts.append((current, _MYRIADS[c]))
            current = ""
        else:
            current += c
    return [*parts, (current, 1)] if current else parts


def _section(text: str) -> Decimal | None:
    """Return the value of what stands before 万, 億 …: ``1,234``, ``千二百``, ``2千5``."""
    total = Decimal(0)
    ceiling = 10**4
    waiting: Decimal | None = None
    by_place = False
    for token in _TOKEN.findall(text):
        if token in _TENS:
            unit = _TENS[token]
            if unit >= ceiling or waiting == 0 or (waiting is not None and waiting >= (10 if by_place else 100)):
                return None
            total += (1 if waiting is None else waiting) * unit
            ceiling, waiting, by_place = unit, None, False
            continue
        value = _value(token)
        if value is None or (waiting is not None and (token not in DIGITS or waiting != int(waiting))):
            return None
        waiting, by_place = (value, False) if waiting is None else (waiting * 10 + value, True)
    if waiting is None:
        return total if text else None
    return total + waiting if total == 0 or waiting < ceiling else None


def _value(token: str) -> Decimal | None:
    if token in DIGITS:
        return Decimal(DIGITS[token])
    if _PLAIN.fullmatch(token) or _COMMAS.fullmatch(token):
        return Decimal(token.replace(",", ""))
    return None
