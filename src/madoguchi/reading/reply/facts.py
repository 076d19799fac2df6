"""The facts that an announcement's reader finds in a reply, as features of the clauses in which they stand."""

from madoguchi.reading.facts import Announcement
from madoguchi.reading.flat import Span

_LEARNED = {
    "discovered",
    "access_confirmed",
    "leak_possible",
    "leak_confirmed",
    "vendor_notified",
    "card_company_contacted",
}


def facts_of(announcement: Announcement) -> list[tuple[Span, str]]:
    """Return where which fact stands, by the words that the rules of `words/reply_answers_*.yaml` use for it."""
    found: list[tuple[Span, str]] = []
    for day in announcement.dates:
        if day.precision == "day":
            name = "occurred" if day.event == "occurred" else "discovered" if day.event in _LEARNED else ""
            found += [(day.span, name)] if name else []
    found += [(period.span, "period") for period in announcement.period if period.first or period.last]
    found += [(count.span, "persons") for count in announcement.persons]
    found += [(measure.span, "company_measures") for measure in announcement.company_measures if measure.done]
    found += [(window.span, "windows") for window in announcement.windows if window.value]
    single = {
        "cause": announcement.cause,
        "secondary_harm": announcement.secondary_harm,
        "delay_reason": announcement.delay_reason,
    }
    return found + [(said.span, name) for name, said in single.items() if said]
