"""Numbers that no letter needs: a whole card number, a My Number."""

import re

from madoguchi.text import digits

_MY_NUMBER = re.compile(r"(?i)マイナンバー|個人番号|my ?number")
_OTHER_NUMBER = re.compile(
    r"(?i)(?:注文|受付|お?問い?合わせ|追跡|伝票|予約|会員|order|tracking|reference)[^。\n]{0,12}$"
)
_DIGITS = re.compile(r"[0-9０-９][0-9０-９ 　‐‑–−－ー―-]{9,30}[0-9０-９]")


def runs(text: str) -> list[tuple[int, int]]:
    """Return the spans of digits in ``text`` that can be a whole card number, or a My Number where it is called one."""
    return [
        match.span()
        for match in _DIGITS.finditer(text)
        if _is_secret(digits.only(match[0]), text[max(0, match.start() - 20) : match.start()])
    ]


def _is_secret(run: str, before: str) -> bool:
    if digits.my_number(run):
        return bool(_MY_NUMBER.search(before))
    card = 14 <= len(run) <= 16 and run[0] in "23456" and digits.luhn(run) and len(set(run)) > 1
    return card and not _OTHER_NUMBER.search(before)
