"""What looks like a window and is none: a number that is no phone, a desk that is closed, an impostor's address."""

import functools
import re

from madoguchi.contacts import words
from madoguchi.contacts.lines import Line
from madoguchi.contacts.mentions import Mention

_NEAR = 300
"""Characters around a number in which its label and sentence stand."""
_FAR = 40
"""Lines below the words that introduce impostors in which what they use is listed."""


def is_void(line: Line, mention: Mention, lines: list[Line]) -> bool:
    """Return whether a mention is no window of anybody, or no longer, or that of somebody who pretends."""
    return _no_phone(line, mention) or _closed(line, mention, lines) or _pretended(line, mention, lines)


def _no_phone(line: Line, mention: Mention) -> bool:
    if mention.channel != "phone":
        return False
    left, right = line.flat[: mention.start][-_NEAR:], line.flat[mention.end :][:_NEAR]
    void = words.void()
    return bool(
        re.search(rf"(?:{void.no_phone})[^。、:：]{{0,6}}[\s:：(「は]*$", left) or re.match(void.as_an_example, right)
    )


def _closed(line: Line, mention: Mention, lines: list[Line]) -> bool:
    void = words.void()
    since = max((each.end for each in line.mentions if each.end <= mention.start), default=0)
    left = re.split("[。、]", line.flat[since : mention.start][-_NEAR:])[-1]
    if re.search(rf"(?:{void.old})[^。]{{0,16}}$", left):
        return True
    until = min((each.start for each in line.mentions if each.start >= mention.end), default=len(line.flat))
    if re.search(void.closed, line.flat[mention.end : until][:_NEAR].split("。")[0]):
        return True
    if not left.strip() and line.number and re.fullmatch(rf"\W*(?:{void.old}).{{0,12}}", lines[line.number - 1].flat):
        return True
    for near in lines[line.number + 1 : line.number + 4]:
        if near.mentions or near.block != line.block:
            return False
        if re.match(rf"\s*[※*(・]?(?:{void.of_the_desk})*(?:{void.closed})", near.flat):
            return True
    return False


def _pretended(line: Line, mention: Mention, lines: list[Line]) -> bool:
    """Return whether the words above or around say that impostors use it, and its own line does not say it is ours."""
    if line.margin or mention.channel == "post":
        return False
    void = words.void()
    before, after = line.flat[: mention.start][-_NEAR:], line.flat[mention.end :][:_NEAR]
    leads, asks = _says(before.split("。")[-1] + after.split("。")[0])
    if leads or asks:
        return leads
    if words.pattern(void.impostor_heading).search(line.section):
        return True
    for above in reversed(lines[max(line.number - _FAR, line.block) : line.number]):
        leads, asks = _says(above.flat[:_NEAR])
        if leads or asks:
            return leads and not asks
    return False


@functools.lru_cache(maxsize=1024)
def _says(text: str) -> tuple[bool, bool]:
    """Return whether words lead to what impostors use, and whether they name the company's own desk."""
    void = words.void()
    return bool(re.search(void.impostor_leads, text)), bool(re.search(void.ask_us, text))
