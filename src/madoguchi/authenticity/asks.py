"""What a message asks for that honest companies do not ask for by message."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from madoguchi.authenticity import hosts
from madoguchi.authenticity.verdict import Reason
from madoguchi.text import datafile
from madoguchi.text.fold import fold

_MOST = 200_000
_NOT = re.compile(r"(?:ないで|なさらないで|しません|いたしません|ありません|ことはない|ことはございません)")
_NOT_BEFORE = re.compile(r"\b(?:never|not|don't|won't)\b[^.]{0,40}$", re.IGNORECASE)


class _Asks(BaseModel):
    model_config = ConfigDict(extra="forbid")
    as_of: date
    secret: list[str]
    money: list[str]
    haste: list[str]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    data = datafile.load(_Asks, hosts.FOLDER / "asks.yaml")
    return [
        (f"asks_{kind}", re.compile(pattern))
        for kind in ("secret", "money", "haste")
        for pattern in getattr(data, kind)
    ]


def judge(text: str) -> Iterator[Reason]:
    """Yield one reason for each kind of request, with the words that make it."""
    lines = "\n".join(fold(line) for line in text[:_MOST].split("\n"))
    joined = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f\s])", "", lines)  # Japanese sentences run over line ends
    known: set[str] = set()
    for name, pattern in _patterns():
        if name in known:
            continue
        found = next((match for match in pattern.finditer(joined) if not _denied(joined, match)), None)
        if found is not None:
            known.add(name)
            yield Reason(name, found[0][:80])


def _denied(text: str, match: re.Match[str]) -> bool:
    """Return whether the sentence says that it is *not* asked for."""
    return bool(_NOT.search(text[match.start() : match.end() + 20].split("。", maxsplit=1)[0])) or bool(
        _NOT_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    )
