"""Assessments of the law a second, in one process, against the aim of 5,000."""

import statistics
from datetime import date

from common import ROUNDS, Row, rate, tell
from madoguchi.law import Facts, assess

AIM = 5000
SHAPES = [
    {"items": ["name", "card_number"], "unlawful_purpose": "suspected", "persons": {"confirmed": 800, "upper": 1500}},
    {"items": ["email"], "persons": {"confirmed": 1001}},
    {"items": ["medical_history"], "unlawful_purpose": "ruled_out"},
    {"items": ["name"], "role": "entrustee"},
]


def main() -> None:
    """Measure facts and assessment together: what one press on a page costs."""
    given = [
        {"known_on": date(2026, 11, 21), "events": ["leak"], "as_of": date(2026, 12, 1), **shape} for shape in SHAPES
    ]

    def work() -> int:
        for number in range(400):
            assess(Facts.model_validate(given[number % len(given)]))
        return 400

    work()
    tell(
        Row(
            "duties: facts to assessment",
            statistics.median(rate(work) for _ in range(ROUNDS)),
            AIM,
            "a second",
            "the aim",
        )
    )


if __name__ == "__main__":
    main()
