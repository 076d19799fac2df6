"""Years, 同日 and 本日 settled by other dates, or left open."""

from datetime import date

from madoguchi.reading.mentions import Mention, Named
from madoguchi.reading.resolve import Placed, resolve


def days(*named: Named, published: date | None = None, apart: int = 1, lends: bool = True) -> list[date | None]:
    placed = [Placed(Mention(0, 1, 1, one), number * apart, lends) for number, one in enumerate(named)]
    return [first.value for first, _ in resolve(placed, published)]


def test_an_event_is_not_after_its_publication() -> None:
    assert days(Named(month=12, day=28), published=date(2026, 1, 20)) == [date(2025, 12, 28)]
    assert days(Named(month=1, day=20), published=date(2026, 1, 20)) == [date(2026, 1, 20)]


def test_a_date_lends_its_year_to_the_next_of_its_course() -> None:
    assert days(Named(2024, month=3, day=1), Named(month=4, day=5), published=date(2026, 5, 1)) == [
        date(2024, 3, 1),
        date(2024, 4, 5),
    ]
    assert days(Named(2025, month=12, day=28), Named(month=1, day=5)) == [date(2025, 12, 28), date(2026, 1, 5)]


def test_a_membership_does_not_lend_its_year() -> None:
    named = (Named(2020, month=4, day=1), Named(month=8, day=5))
    assert days(*named, published=date(2026, 10, 5), lends=False) == [date(2020, 4, 1), date(2026, 8, 5)]


def test_relative_days_count_from_the_day_before_them_in_the_text() -> None:
    found = days(Named(2026, month=8, day=31), Named(relative="same"), Named(relative="next"), Named(relative="before"))
    assert found == [date(2026, 8, 31), date(2026, 8, 31), date(2026, 9, 1), date(2026, 8, 31)]


def test_today_is_the_day_of_publication_or_nothing() -> None:
    assert days(Named(relative="today"), published=date(2026, 10, 5)) == [date(2026, 10, 5)]
    assert days(Named(relative="today")) == [None]


def test_nothing_is_guessed_without_a_year() -> None:
    assert days(Named(month=8, day=5), Named(relative="same")) == [None, None]


def test_the_twenty_ninth_of_february_exists_only_in_its_years() -> None:
    assert days(Named(2026, month=2, day=29)) == [None]
    assert days(Named(2028, month=2, day=29)) == [date(2028, 2, 29)]


def test_months_and_years_have_a_first_and_a_last_day() -> None:
    ((month, _),) = resolve([Placed(Mention(0, 1, 1, Named(2026, month=2)), 0)], None)
    assert (month.value, month.last, month.precision) == (date(2026, 2, 1), date(2026, 2, 28), "month")
    ((year, _),) = resolve([Placed(Mention(0, 1, 1, Named(2026)), 0)], None)
    assert (year.value, year.last, year.precision) == (date(2026, 1, 1), date(2026, 12, 31), "year")


def test_a_day_alone_is_in_the_month_of_the_date_before_it() -> None:
    assert days(Named(2026, month=2, day=12), Named(day=13, bare=True)) == [date(2026, 2, 12), date(2026, 2, 13)]
    assert days(Named(day=13, bare=True)) == [None]
    assert days(Named(2026, month=7, day=31), Named(same_month=True, day=1, next_day=True)) == [
        date(2026, 7, 31),
        date(2026, 8, 1),
    ]


def test_a_plan_lies_ahead_and_lends_its_year_to_nothing() -> None:
    told = [
        Placed(Mention(0, 1, 1, Named(2026, month=4, day=7)), 0),
        Placed(Mention(0, 1, 1, Named(month=5)), 1, ahead=True),
        Placed(Mention(0, 1, 1, Named(month=4, day=6)), 2),
    ]
    assert [first.value for first, _ in resolve(told, date(2026, 4, 8))] == [
        date(2026, 4, 7),
        date(2026, 5, 1),
        date(2026, 4, 6),
    ]


def test_a_month_of_the_background_does_not_lend_its_year_to_a_day() -> None:
    named = (Named(2025, month=10, day=27), Named(2024, month=9), Named(month=11, day=28))
    assert days(*named, published=date(2025, 12, 9)) == [date(2025, 10, 27), date(2024, 9, 1), date(2025, 11, 28)]
