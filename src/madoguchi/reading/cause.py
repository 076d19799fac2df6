"""The cause as the text gives it: the narrowest that it names, from where it speaks of the cause."""

from collections.abc import Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.sentences import Sentence

_W = patterns.load("story")
_ORDER = (
    "skimming", "ransomware", "password_list", "phishing", "vulnerability", "insider", "theft", "misdelivery", "loss",
    "misconfiguration", "vendor", "unauthorised_access", "other", "weak_misconfiguration",
)  # fmt: skip
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
    broad: Said | None = None
    for group in groups:
        found = _narrowest(group)
        if found and found.value not in {"unauthorised_access", "vendor", "other", "misconfiguration"}:
            return found
        broad = broad or found
    return broad


def _narrowest(group: Sequence[Sentence]) -> Said | None:
    for key in _ORDER:
        for sentence in group:
            for hit in _W[f"cause_{key}"].finditer(sentence.text):
                if not _W["not_the_cause"].match(sentence.text, hit.end()):
                    return Said(key.removeprefix("weak_"), sentence.span())
    return None
