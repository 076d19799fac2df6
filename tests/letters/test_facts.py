"""What the facts of every letter share."""

import datetime as dt

import pytest
from pydantic import ValidationError

from madoguchi.letters.facts import Desk, Period, told
from madoguchi.letters.wording import Wording
from madoguchi.text.language import LocalText


@pytest.mark.parametrize("blank", ["", " ", "　", "\u200b", "\n", None])
def test_a_blank_is_a_missing_field(blank: str | None) -> None:
    assert Desk(name=blank) == Desk()


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        Desk(telephone="0120")


def test_a_plain_date_is_a_period_of_one_day() -> None:
    assert Period.model_validate("2026-08-01") == Period(start=dt.date(2026, 8, 1), end=dt.date(2026, 8, 1))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="ends before it starts"):
        Period(start=dt.date(2026, 8, 2), end=dt.date(2026, 8, 1))


def test_a_period_without_any_day_is_refused() -> None:
    with pytest.raises(ValidationError, match="start or an end"):
        Period()


def test_an_unknown_end_of_a_period_is_said_to_be_unknown() -> None:
    japanese, english = Wording("common", "ja"), Wording("common", "en")
    assert "終わりは未確認" in Period(start=dt.date(2026, 8, 1)).say(japanese)
    assert "始まりは未確認" in Period(end=dt.date(2026, 8, 1)).say(japanese)
    assert "end not confirmed" in Period(start=dt.date(2026, 8, 1)).say(english)


def test_what_the_company_tells_in_several_languages_is_told_in_the_right_one() -> None:
    text = LocalText.model_validate({"ja": "日", "en": "day\u202e", "ja-easy": "ひ"})
    assert told(text, "en") == "day"
    assert told("日", "en") == "日"
