"""A text with one width and one dash, of the same length, so that a place in it is a place in the page's own words."""

import re

_SAME_LENGTH = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "\u3000\t\u00a0\u2002\u2003"), " ")
    | dict.fromkeys(map(ord, "‐‑‒–—―−─━－"), "-")
    | {ord("〜"): "~", ord("℡"): "電", ord("☎"): "電", ord("ｰ"): "-", ord("【"): "[", ord("】"): "]"}
)
_DASH_IN_NUMBER = re.compile(r"(?<=[0-9)])[ーｰ](?=[0-9(])")
_MARKS = re.compile(
    r"^(?:[\s■□●○◆◇◎▼▲▶▪・◯※＊*＞>#\[<〈《「『]|第[0-9一二三四五六七八九十]+[条章項節]|[(（]?[0-9]{1,2}[)）.．、:：]+"
    r"|[0-9]{1,2}(?:[-.][0-9]{1,2})*[. ]+|[①-⑳❶-❿]|[(（][a-zA-Zア-ン一二三四五六七八九十][)）]|[一二三四五六七八九十]{1,2}[.、 ])+"
)
_CLOSES = re.compile(r"[\s\]>〉》」』:：]+$")


def flat(text: str) -> str:
    """Return ``text`` with ASCII in one width, one dash and plain spaces; each character stays where it is."""
    return _DASH_IN_NUMBER.sub("-", text.translate(_SAME_LENGTH))


def bare(text: str) -> str:
    """Return a flat heading or label without its number, bullet and brackets."""
    return _CLOSES.sub("", _MARKS.sub("", text)).strip()


def marked(text: str) -> bool:
    """Return whether a flat line begins with the number, bullet or bracket of a heading (``・`` is a list's)."""
    return not text.lstrip().startswith(("・", "※", "*")) and bool(_MARKS.match(text.lstrip()))
