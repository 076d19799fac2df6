"""Points: the yes, no or not-known on which rules turn, derived from the facts of an incident."""

import datetime as dt
from functools import lru_cache

from madoguchi import catalogue
from madoguchi.law import dates
from madoguchi.law.corpus import Law
from madoguchi.law.facts import Facts

Truth = bool | None  # None: not known
Points = dict[str, Truth]


def of(facts: Facts, law: Law) -> Points:
    """Return the points of ``facts`` that the rules of ``law`` may ask about."""
    items = frozenset(facts.items)
    events = facts.events
    return {
        "leak": "leak" in events,
        "loss": "loss" in events,
        "damage": "damage" in events,
        "recovered_unread": facts.recovered_unread,
        "same_data_kept": facts.same_data_kept,
        "pseudonymised": facts.pseudonymised,
        "held": facts.data_state == "held",
        "business": facts.holder == "business",
        "special_care": special_care(items),
        "property_harm": property_harm(items, facts.login_opens),
        "unlawful": {"suspected": True, "ruled_out": False, "unknown": None}[facts.unlawful_purpose],
        "strong_encryption": {"strong_key_safe": True, "unknown": None}.get(facts.encryption, False),
        "somebody": not (facts.persons and facts.persons.upper == 0),
        "many": _many(facts, over(facts, law)),
        "entrustee": facts.role == "entrustee",
        "entruster_told": facts.entruster_told_on is not None,
        "told_in_time": told_in_time(facts, law, facts.known_on),
        "my_number": facts.my_number,
        # No fact of the contract tells these two of the My Number table.
        "official_system": None,
        "viewable_by_many": None if "leak" in events else False,
    }


NAMES = frozenset({
    "leak", "loss", "damage", "recovered_unread", "same_data_kept", "pseudonymised", "held", "business", "special_care",
    "property_harm", "unlawful", "strong_encryption", "somebody", "many", "entrustee", "entruster_told", "told_in_time",
    "my_number", "official_system", "viewable_by_many",
})  # fmt: skip


def over(facts: Facts, law: Law) -> int:
    """Return the number of people that must be exceeded under ``law`` (rule 7 item 4) on the day known."""
    fitting = [t for t in law.thresholds if t.holder == facts.holder]
    return next((t.over for t in fitting if t.holds_on(facts.known_on)), fitting[-1].over)


def _many(facts: Facts, limit: int) -> Truth:
    """Tell whether more than ``limit`` people are concerned; a count "confirmed so far" takes back no day of passing."""
    persons = facts.persons
    if facts.passed_threshold_on is not None and (persons is None or persons.upper is None):
        return True
    return None if persons is None or persons.most is None else persons.most > limit


@lru_cache(maxsize=4096)
def special_care(items: frozenset[str]) -> bool:
    """Tell whether one of ``items`` is special-care information (要配慮個人情報, article 2(3))."""
    known = catalogue.items()
    return any(known[item].special_care for item in items)


@lru_cache(maxsize=4096)
def property_harm(items: frozenset[str], login_opens: str) -> Truth:
    """Tell whether misuse of ``items`` may cause loss of property (rule 7 item 2), alone or together.

    Not known where it hangs on what the login opens, or on a combination that our sources do not confirm.
    """
    known = catalogue.items()
    if any(known[item].property_harm == "alone" for item in items):
        return True
    opens: Truth = {"payment": True, "other": False}.get(login_opens)
    answers: set[Truth] = set()
    for combination in catalogue.combinations():
        if combination.items <= items:
            answer: Truth = opens if combination.needs == "login_opens_payment" else True
            answers.add(None if answer and not combination.confirmed else answer)
    return True if True in answers else (None if None in answers else False)


def told_in_time(facts: Facts, law: Law, start: dt.date) -> Truth:
    """Tell whether the entruster was told promptly (rule 9), counted from ``start``.

    Within the guideline's range it was; later is for a person to judge, since the range is no legal limit.
    """
    if facts.entruster_told_on is None:
        return False
    days = next(
        term.days
        for term in law.terms
        if term.duty in {"notify_entruster", "prompt_report"} and term.limit == "guideline"
    )
    return True if facts.entruster_told_on <= dates.nth(start, days) else None
