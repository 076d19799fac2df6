"""What the sample's people say can be stated, whatever day it is, and the papers can be made from it."""

from datetime import date

import pytest

from madoguchi.app.company.facts import law_facts, read
from madoguchi.app.demo import shop

DAYS = [date(2026, 11, 21), date(2026, 1, 1), date(2028, 2, 29), date(2026, 12, 31)]


@pytest.mark.parametrize("today", DAYS)
def test_story_a_is_told_in_two_sheets_of_facts(today: date):
    first = read(shop.copied_as_remembered(today), today=today)
    last = read(shop.copied_in_the_end(today), today=today, before=first)
    assert law_facts(last, as_of=today).known_on == first.known_on
    assert (first.cause.kind, last.cause.kind) == (None, "misconfiguration")
    assert last.publication.date == today
    assert last.summary == first.summary
    assert last.investigating == ()


@pytest.mark.parametrize("today", DAYS)
def test_story_b_is_told_in_two_sheets_of_facts(today: date):
    first = read(shop.skimmed_as_remembered(today), today=today)
    assert first.occurred is None
    start, end = (date.fromordinal(today.toordinal() - ago).isoformat() for ago in (10, 6))
    last = read(shop.skimmed_window(start, end), today=today, before=first)
    assert (last.occurred.start.isoformat(), last.occurred.end.isoformat()) == (start, end)
    assert law_facts(last, as_of=today).certainty == "suspected"
