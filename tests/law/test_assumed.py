"""Which of the facts left out could change the answer."""

import datetime as dt

import pytest

from madoguchi.law import assess, read
from madoguchi.law.assumed import decisive

LEAST = "known_on: 2026-11-21\n"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("events: [leak]\nitems: [card_number]\n", ["unlawful_purpose", "encryption", "recovered_unread", "role"]),
        ("events: [loss]\nitems: [medical_history]\nunlawful_purpose: ruled_out\n", ["encryption", "same_data_kept", "role"]),
        ("events: [leak]\nitems: [login_id, password]\nunlawful_purpose: ruled_out\npersons: {upper: 5}\nrole: own\n", ["encryption", "recovered_unread", "login_opens"]),
        ("events: [leak]\nitems: [name]\nunlawful_purpose: ruled_out\n", ["persons", "encryption", "recovered_unread", "role"]),
        ("events: [leak]\nitems: [name]\nunlawful_purpose: ruled_out\npersons: {upper: 5}\n", []),
        ("events: [leak]\nitems: [name]\npseudonymised: true\n", []),
    ],
    ids=["a card", "loss", "a login", "how many", "nothing to report", "out of the law"],
)  # fmt: skip
def test_what_bears_on_the_answer_is_found_by_trying_it(more: str, found: list[str]) -> None:
    assert decisive(assess(read(LEAST + more, today=dt.date(2026, 11, 22)))) == found


def test_what_is_stated_is_never_among_it() -> None:
    text = LEAST + "events: [leak]\nitems: [card_number]\nencryption: none\nrole: own\n"
    assert {"encryption", "role"}.isdisjoint(decisive(assess(read(text, today=dt.date(2026, 11, 22)))))
