"""Where a matter stands: what counts as waiting, late, thin, settled, disputed."""

from datetime import date
from typing import Any

import pytest

from madoguchi.law.situation import Situation, points
from madoguchi.text import datafile

STATES = {"waiting", "late", "thin", "settled", "complained", "disputed"}


@pytest.mark.parametrize(
    ("facts", "so"),
    [
        ({}, set()),
        ({"inquiry_sent_on": date(2026, 12, 1)}, {"waiting"}),
        ({"inquiry_sent_on": date(2026, 11, 17)}, {"waiting"}),
        ({"inquiry_sent_on": date(2026, 11, 16)}, {"late"}),
        ({"inquiry_sent_on": date(2026, 11, 1), "wished_by": date(2026, 12, 1)}, {"waiting"}),
        ({"inquiry_sent_on": date(2026, 11, 1), "replied_on": date(2026, 11, 1)}, {"settled"}),
        ({"inquiry_sent_on": date(2026, 11, 1), "replied_on": date(2026, 11, 9), "verdicts": {"partly": 1}}, {"thin"}),
        ({"inquiry_sent_on": date(2026, 11, 1), "replied_on": date(2026, 11, 9), "verdicts": {"partly": 1},
          "follow_up_sent_on": date(2026, 11, 28)}, {"waiting"}),
        ({"inquiry_sent_on": date(2026, 11, 1), "replied_on": date(2026, 11, 9), "verdicts": {"partly": 1},
          "follow_up_sent_on": date(2026, 11, 10)}, {"late"}),
        ({"inquiry_sent_on": date(2026, 11, 1), "replied_on": date(2026, 11, 20), "verdicts": {"partly": 1},
          "follow_up_sent_on": date(2026, 11, 10)}, {"thin"}),
        # A wish of the first letter does not bind the answer to the second.
        ({"inquiry_sent_on": date(2026, 11, 1), "wished_by": date(2026, 11, 15), "follow_up_sent_on": date(2026, 11, 28)},
         {"waiting"}),
        ({"complaint_sent_on": date(2026, 11, 25)}, {"complained"}),
        ({"complaint_sent_on": date(2026, 11, 1)}, {"complained", "disputed"}),
        ({"complaint_sent_on": date(2026, 11, 1), "complaint_replied_on": date(2026, 11, 9)}, {"complained"}),
    ],
)  # fmt: skip
def test_a_matter_stands_where_its_letters_put_it(facts: dict[str, Any], so: set[str]) -> None:
    assert points(datafile.check(Situation, {"as_of": date(2026, 12, 1)} | facts)) & STATES == so
