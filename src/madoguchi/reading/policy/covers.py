"""Which of the matters of article 32(1) a policy states: 法32条1項, 施行令10条."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from madoguchi.law.matters import MATTERS
from madoguchi.reading.flat import Span
from madoguchi.reading.policy.sections import WORDS, Placed

Cover = Literal["stated", "partly", "missing"]


class Covered(NamedTuple):
    """How far a matter is stated, and the sentence that decides; None where nothing does."""

    cover: Cover
    span: Span | None


def covers(
    told: Sequence[Placed], *, named: bool, purposes: Sequence[Span], measures: Sequence[Span]
) -> dict[str, Covered]:
    """Return how far each matter is stated, in the order of `law.matters`.

    ``named``: the company's name was found; ``purposes`` and ``measures`` are those stated in so many words.
    """
    ways: dict[str, Callable[[], Covered]] = {
        "name_address_representative": lambda: _who(told, named=named),
        "purposes": lambda: _purposes(told, purposes),
        "request_procedure": lambda: _procedure(told),
        "fees": lambda: _fees(told),
        "safety_measures": lambda: _safety(told, measures),
        "complaint_desk": lambda: _complaint(told),
        "certified_body": lambda: _certified(told),
    }
    return {matter.key: ways[matter.key]() for matter in MATTERS}


def _first(told: Sequence[Placed], *names: str, section: str = "") -> Span | None:
    """Return the place of the first sentence that has all of these words."""
    for one in told:
        if (not section or one.section == section) and all(WORDS[name].search(one.sentence.text) for name in names):
            return one.sentence.span()
    return None


def _who(told: Sequence[Placed], *, named: bool) -> Covered:
    own = [one for one in told if one.section != "certified_body"]
    name = _first(own, "company")
    found = [bool(named or name), bool(_first(own, "address")), bool(_first(own, "representative"))]
    span = _first(own, "representative") or _first(own, "address") or name
    return Covered("stated" if all(found) else "partly" if any(found) else "missing", span if any(found) else None)


def _purposes(told: Sequence[Placed], purposes: Sequence[Span]) -> Covered:
    if purposes:
        return Covered("stated", purposes[0])
    vague = _first(told, "purpose_vague") or _first(told, "purpose_lead")
    return Covered("partly", vague) if vague else Covered("missing", None)


def _procedure(told: Sequence[Placed]) -> Covered:
    mine = [one for one in told if one.section in {"request_procedure", "fees"}]
    headed = _first(mine, "request_how")
    if headed and (_first(mine, "request") or mine):
        return Covered("stated", headed)
    elsewhere = {"certified_body", "third_parties", "safety_measures"}
    rest = [one for one in told if one.section not in elsewhere and not WORDS["third_party"].search(one.sentence.text)]
    if spoken := _first(rest, "request", "request_how"):
        return Covered("stated", spoken)
    promised = _first(mine, "request_promise") or _first(rest, "request")
    return Covered("partly", promised) if promised else Covered("missing", None)


def _fees(told: Sequence[Placed]) -> Covered:
    mine = [one for one in told if one.section in {"fees", "request_procedure", "complaint_desk", ""}]
    if named := _first(mine, "fee", "fee_named") or _first(told, "fee_named", section="fees"):
        return Covered("stated", named)
    if spoken := _first(mine, "fee"):
        return Covered("partly", spoken)
    return Covered("missing", None)


def _safety(told: Sequence[Placed], measures: Sequence[Span]) -> Covered:
    if measures:
        return Covered("stated", measures[0])
    spoken = next((one.sentence.span() for one in told if one.section == "safety_measures"), None)
    spoken = spoken or _first(
        [one for one in told if "管理" in one.sentence.text or "secur" in one.sentence.text], "measure_vague"
    )
    return Covered("partly", spoken) if spoken else Covered("missing", None)


def _complaint(told: Sequence[Placed]) -> Covered:
    own = [one for one in told if one.section != "certified_body" and not WORDS["certified"].search(one.sentence.text)]
    heads = [one for one in own if one.section == "complaint_desk"]
    reach = _first(heads, "contact") or _first(own, "inquiry", "contact") or _first(own, "complaint", "contact")
    reach = reach or _first(own, "privacy_desk", "contact")
    plain = any(_named_desk(one) for one in own)
    if reach and plain:
        return Covered("stated", reach)
    if spoken := reach or _first(own, "complaint") or _first(own, "privacy_desk"):
        return Covered("partly", spoken)
    return Covered("missing", None)


def _named_desk(one: Placed) -> bool:
    """Return whether a sentence, or the heading over it, is about complaints or about personal information's own desk."""
    words = f"{one.heading} {one.sentence.text}"
    return bool(WORDS["complaint"].search(words) or WORDS["privacy_desk"].search(words))


def _certified(told: Sequence[Placed]) -> Covered:
    spoken = [one for one in told if one.section == "certified_body" or WORDS["certified"].search(one.sentence.text)]
    if not spoken:
        return Covered("missing", None)
    span = spoken[0].sentence.span()
    if _first(spoken, "certified_not"):
        return Covered("partly", span)
    named = _first(spoken, "certified_name") or any(WORDS["certified_name"].search(one.heading) for one in spoken)
    reach = _first(spoken, "contact")
    return Covered("stated" if named and reach else "partly", span)
