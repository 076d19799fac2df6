"""How far the announcement goes: not into another company's below it, and nowhere when it is an unfilled template."""

import re
from collections.abc import Sequence

from madoguchi.reading import patterns, published
from madoguchi.reading.sentences import Sentence

_PLACEHOLDER = patterns.load("common")["placeholder"]
_NAME = re.compile(r"[^\s、。「」()]{0,16}(?:株式会社|有限会社|合同会社|法人)[^\s、。「」()]{0,16}")
_TITLE = re.compile(r"お詫び|おわび|お知らせ|ご報告|について|に関する|漏え?い|流出|紛失|誤送信|不正アクセス")


def is_template(told: Sequence[Sentence]) -> bool:
    """Return whether the text waits to be filled in (令和○年○月○日, ●●件)."""
    blanks = sum(len(_PLACEHOLDER.findall(s.text)) for s in told)
    return blanks >= 4 and blanks > sum(bool(re.search(r"[0-9]{2,}", s.text)) for s in told)


def own(told: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences of the first announcement on the page.

    Another one begins where a name that stood nowhere before heads a title, and a date of its own follows.
    """
    listed = published.news(told)
    told = told if not listed else [s for n, s in enumerate(told) if n not in listed]
    dated = [n for n, s in enumerate(told) if _is_date_line(s)]
    if len(dated) < 2:
        return tuple(told)
    names = {hit.group() for s in told[: dated[0] + 4] for hit in _NAME.finditer(s.text)}
    for at in dated[1:]:
        if told[at].line - told[dated[0]].line < 6:
            continue
        head = [s for s in told[max(at - 2, 0) : at + 3] if len(s.text) <= 80 and not s.text.endswith("。")]
        titled = any(_TITLE.search(s.text) for s in head)
        others = [hit.group() for s in head for hit in _NAME.finditer(s.text)]
        if titled and others and not any(other in known or known in other for other in others for known in names):
            begin = next((n for n in range(max(at - 2, 0), at + 1) if told[n] in head and _heads(told[n].text)), at)
            return tuple(told[:begin])
    return tuple(told)


def _heads(text: str) -> bool:
    return bool(_TITLE.search(text) or _NAME.search(text)) and "@" not in text


def _is_date_line(sentence: Sentence) -> bool:
    if len(sentence.text) > 40:
        return False
    said, _ = published.find([sentence])
    return said is not None
