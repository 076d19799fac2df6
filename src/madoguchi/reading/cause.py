"""The cause as the text gives it: the narrowest that it names, from where it speaks of the cause."""

from collections.abc import Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.sentences import Sentence

_W = patterns.load("story")
_ORDER = (
    "skimming", "ransomware", "password_list", "phishing", "vulnerability", "insider", "theft", "misdelivery", "loss",
    "misconfiguration", "vendor", "unauthorised_access", "other",
)  # fmt: skip
_WEAK = ("weak_other", "weak_misconfiguration", "weak_loss")
"""What it looked like from outside (見える状態, 見当たらない), heard where nothing says why."""
_BROAD = {"unauthorised_access", "vendor", "other", "misconfiguration"}
"""Causes behind which a later part of the text may name a narrower one."""
_PLAIN = {"loss", "theft", "misdelivery"}
"""Events that are their own cause: how a thing came to be out of the house (持ち出し) does not outweigh its loss."""
_OPENING = 12
"""Sentences at the head, in which a notice says what happened."""


def read(sentences: Sequence[Sentence]) -> Said | None:
    """Return the key of the cause and where it is said, or None where the text tells of no incident or names no cause.

    Sentences under a heading of the cause are heard first, then those that give a reason, then the opening and the title.
    """
    told = [s for s in sentences if not s.quoted]
    if any(_W["no_incident"].search(s.text) for s in told):
        return None
    groups = (
        [s for s in told if (any(_W["cause_heading"].search(h) for h in s.under[-1:]) or "原因" in s.label)],
        [s for s in told if s.kind != "heading" and "原因" in s.text and not _W["advice"].search(s.text)],
        [s for s in told[:_OPENING] if s.kind != "heading"],
        [s for s in told[:_OPENING] if s.kind == "heading"],
        [
            s
            for s in told
            if s.kind != "heading" and _W["cause_said"].search(s.text) and not _W["advice"].search(s.text)
        ],
    )
    titles = [s for s in groups[3] if _W["plain_event"].search(s.text)]
    title = _narrowest(titles)
    broad: Said | None = None
    for group in groups:
        found = _narrowest(group)
        if found and found.value not in _BROAD:
            if title and title.value in _PLAIN and found.value in {*_PLAIN, "insider"}:
                break
            return found
        broad = broad or found
    if title and title.value in _PLAIN:
        return next((hit for group in groups[:2] if (hit := _first(title.value, group))), title)
    return broad or _weak(groups) or _unlike_the_others(groups[0], groups[1])


def _weak(groups: Sequence[Sequence[Sentence]]) -> Said | None:
    return next((found for group in groups for key in _WEAK if (found := _first(key, group))), None)


def _unlike_the_others(headed: Sequence[Sentence], reasons: Sequence[Sentence]) -> Said | None:
    """Return ``other`` where a cause is told that is none of those with a name."""
    for sentence in (*headed, *reasons):
        if (
            sentence.kind != "heading"
            and _W["cause_named"].search(sentence.text)
            and not _W["cause_unknown"].search(sentence.text)
        ):
            return Said("other", sentence.span())
    return None


def _narrowest(group: Sequence[Sentence]) -> Said | None:
    for key in _ORDER:
        if found := _first(key, group):
            return found
    return None


def _first(key: str, group: Sequence[Sentence]) -> Said | None:
    for sentence in group:
        for hit in _W[f"cause_{key}"].finditer(sentence.text):
            if not _W["not_the_cause"].match(sentence.text, hit.end()):
                return Said(key.removeprefix("weak_"), sentence.span())
    return None
