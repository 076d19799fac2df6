"""Which of the nine items of rule 8(1) a text states, partly states or misses; the criteria stand in `words/covers.yaml`."""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from pydantic import ConfigDict

from madoguchi.law import report
from madoguchi.reading import patterns
from madoguchi.reading.facts import Announcement
from madoguchi.reading.sentences import Sentence
from madoguchi.text import datafile


class _File(patterns.WordFile):
    model_config = ConfigDict(extra="forbid")
    criteria: dict[str, str]


CRITERIA: Mapping[str, str] = datafile.load(_File, files("madoguchi.reading") / "words" / "covers.yaml").criteria
"""For each of the nine items: what counts as stated, and as partly."""

_W = patterns.load("covers", _File)


def read(sentences: Sequence[Sentence], found: Announcement) -> dict[str, str]:
    """Return ``stated``, ``partly`` or ``missing`` for each item, in the order of the rule."""
    own = [s for s in sentences if not s.quoted]
    whole = "\n".join(s.text for s in own)
    verdicts = {
        "overview": _overview(found),
        "items": _items(found, whole),
        "persons": "stated" if found.persons else _if(_W["persons_general"].search(whole)),
        "cause": _cause(found, whole),
        "secondary_harm": "stated" if found.secondary_harm else "missing",
        "response": _either(_W["to_person"].search(whole), bool(found.windows) or _W["desk"].search(whole)),
        "publication": _publication(found, own),
        "prevention": _prevention(own, found),
        "reference": _either(_W["protect"].search(whole), _W["protect_general"].search(whole)),
    }
    return {item.key: verdicts[item.key] for item in report.ITEMS}


def _if(half: object) -> str:
    return "partly" if half else "missing"


def _either(whole: object, half: object) -> str:
    return "stated" if whole else _if(half)


def _overview(found: Announcement) -> str:
    when = any(day.event not in {"disclosed", "reported", "police_reported"} for day in found.dates)
    what = found.cause is not None or bool(found.items or found.persons)
    return _either(when and what, when or what)


def _items(found: Announcement, whole: str) -> str:
    if found.items or (found.not_leaked and _W["no_leak"].search(whole)):
        return "stated"
    return _if(_W["item_general"].search(whole))


def _cause(found: Announcement, whole: str) -> str:
    if found.cause is None:
        return "missing"
    if found.cause.value not in {"unauthorised_access", "other"}:
        return "stated"
    how = found.cause.value == "other" or "原因" in whole  # what has no name of its own is told by how it went
    return _either(how and _W["cause_detail"].search(whole), True)


def _publication(found: Announcement, own: Sequence[Sentence]) -> str:
    earlier = [
        day
        for day in found.dates
        if day.event == "disclosed"
        and day.value
        and day.value.isoformat() != (found.published.value if found.published else "")
    ]
    told = any(_W["published_before"].search(s.text) for s in own if s.kind != "heading")
    return _either(earlier or (found.published and told), found.published)


def _prevention(own: Sequence[Sentence], found: Announcement) -> str:
    inside = [
        s.text
        for s in own
        if s.kind != "heading"
        and (
            any(_W["prevention"].search(h) for h in s.under[-2:])
            or _W["prevention"].search(s.label)
            or re.search(r"再発(?!\s?行)|今後は|今後、", s.text)
        )
    ]
    measures = [one.text for one in found.company_measures]
    concrete = [text for text in inside if _W["prevention_concrete"].search(text)]
    concrete += [text for text in measures if _W["prevention_change"].search(text)]
    if any(not _W["prevention_asked"].search(text) for text in concrete):
        return "stated"
    half = (_W["prevention_vague"], _W["prevention_asked"])
    return _if(concrete or any(words.search(text) for words in half for text in inside))
