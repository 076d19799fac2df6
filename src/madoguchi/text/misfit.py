"""What is said of a value that does not fit its model, in Japanese and in English, with what may stand there."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

_QUOTED = 40
_CHOICES = re.compile(r"'([^']*)'|([^\s',]+)(?=,| or |$)")
# A validator of ours says its reason in both languages in one line: English / 日本語.
_BOTH = re.compile(r"(?P<en>.*?) / (?P<ja>.*)", re.DOTALL)

# The kind of value that was expected, by the beginning of pydantic's error type. Longer beginnings first.
_EXPECTED = {
    "datetime": (
        "日時として読めません。2026-08-01T09:30+09:00 のように書いてください。",
        "is not a point in time; write it like 2026-08-01T09:30+09:00",
    ),
    "timezone_aware": (
        "時差がありません。2026-08-01T09:30+09:00 のように、+09:00 まで書いてください。",
        "has no time zone; write it like 2026-08-01T09:30+09:00",
    ),
    "date": (
        "日付として読めません。実在する日を 2026-11-21 のように書いてください。",
        "is not a date; write a day that exists, like 2026-11-21",
    ),
    "time": ("時刻として読めません。09:30 のように書いてください。", "is not a time of day; write it like 09:30"),
    "int": (
        "整数として読めません。800 のように数字だけを書いてください。",
        "is not a whole number; write digits alone, like 800",
    ),
    "float": ("数として読めません。0.5 のように数字で書いてください。", "is not a number; write it like 0.5"),
    "decimal": ("数として読めません。0.5 のように数字で書いてください。", "is not a number; write it like 0.5"),
    "bool": ("使えません。true か false を書いてください。", "is not allowed; write true or false"),
    "string_type": (
        "文字として読めません。引用符で囲んでください。",
        "is not text; put it in quotes",
    ),
    "string_pattern": (
        "書き方が決まりと違います。書き方を確かめて直してください。",
        "is not in the right form; check how it is written",
    ),
    "model": ("使えません。「項目: 値」の形で書いてください。", "cannot stand here; write `key: value` lines"),
    "dict": ("使えません。「項目: 値」の形で書いてください。", "cannot stand here; write `key: value` lines"),
    "mapping": ("使えません。「項目: 値」の形で書いてください。", "cannot stand here; write `key: value` lines"),
    **dict.fromkeys(
        ("list", "set", "frozen_set", "tuple"),
        ("並びになっていません。[…] のように角かっこで囲んでください。", "is not a list; put it in brackets, […]"),
    ),
}
_LISTS = ("list_type", "set_type", "frozen_set_type", "tuple_type")
_LIMITS = {
    "greater_than_equal": ("ge", "{limit}以上の値を書いてください", "write {limit} or more"),
    "greater_than": ("gt", "{limit}より大きい値を書いてください", "write more than {limit}"),
    "less_than_equal": ("le", "{limit}以下の値を書いてください", "write {limit} or less"),
    "less_than": ("lt", "{limit}より小さい値を書いてください", "write less than {limit}"),
    "too_short": ("min_length", "{limit}つ以上書いてください", "write at least {limit}"),
    "too_long": ("max_length", "{limit}つまでにしてください", "write at most {limit}"),
    "string_too_short": ("min_length", "{limit}文字以上で書いてください", "write at least {limit} characters"),
    "string_too_long": ("max_length", "{limit}文字までにしてください", "write at most {limit} characters"),
}


def say(error: ErrorDetails) -> tuple[str, str]:
    """Return a Japanese and an English sentence for one error of pydantic: what was given, why not, what to write."""
    ja, en = quoted(error["input"])
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("literal_error", "enum"):
        return _choices(ja, en, str(error["input"]), str(context.get("expected", "")))
    if kind in _LIMITS:
        name, ja_limit, en_limit = _LIMITS[kind]
        limit = context.get(name)
        return (
            f"{ja}は使えません。{ja_limit.format(limit=limit)}。",
            f"{en} is not allowed; {en_limit.format(limit=limit)}",
        )
    if kind in ("value_error", "assertion_error"):
        return _own_words(error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, "))
    if kind in _LISTS and isinstance(error["input"], str) and len(error["input"]) <= _QUOTED:
        shown = " ".join(error["input"].split())
        return (
            f"{ja}は並びになっていません。[{shown}] のように角かっこで囲んでください。",
            f"{en} is not a list; put it in brackets, [{shown}]",
        )
    for beginning, (ja_reason, en_reason) in _EXPECTED.items():
        if kind.startswith(beginning):
            return f"{ja}は{ja_reason}", f"{en} {en_reason}"
    return f"{ja}は使えません。書き方を確かめて直してください。", f"{en} cannot be used ({error['msg']}); mend it"


def quoted(value: Any) -> tuple[str, str]:
    """Return a value as the sentences name it: quoted and shortened, or by its kind when it is no single value."""
    if value is None:
        return "空の値", "an empty value"
    if isinstance(value, bool):
        return (f"「{str(value).lower()}」", str(value).lower())
    if isinstance(value, Mapping):
        return "「項目: 値」の集まり", "a set of keys and values"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return "値の並び", "a list"
    text = " ".join(str(value).split())
    text = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
    return f"「{text}」", repr(text)


def _choices(ja: str, en: str, given: str, expected: str) -> tuple[str, str]:
    allowed = [quoted or bare for quoted, bare in _CHOICES.findall(expected) if (quoted or bare) != "or"]
    near = get_close_matches(given, allowed, n=1, cutoff=0.6)
    ja_near = f"「{near[0]}」ではありませんか。" if near else ""
    en_near = f" did you mean {near[0]!r}?" if near else ""
    return (
        f"{ja}は使えません。{ja_near}使える値は {'、'.join(allowed)} です。",
        f"{en} is not allowed;{en_near} write one of: {', '.join(allowed)}",
    )


def _own_words(message: str) -> tuple[str, str]:
    both = _BOTH.fullmatch(message)
    ja, en = (both["ja"], both["en"]) if both else (message, message)
    return f"{ja.rstrip('。')}。直してください。", f"{en}; mend it"
