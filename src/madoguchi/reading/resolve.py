"""Which day a mention means: years, 同日 and 本日 settled by the other dates of the text, or left open."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from madoguchi.reading.mentions import Mention, Named

Precision = Literal["day", "part_of_month", "month", "year"]
_PART_DAYS = {"early": (1, 10), "middle": (11, 20), "late": (21, 31)}
_NEAR = 4
"""Sentences over which a date lends its year to the next: a course of events, not another matter."""


@dataclass(frozen=True, slots=True)
class When:
    """A day (``last`` is None), or the first and last day of what is named; ``value`` None: the text does not tell."""

    value: date | None
    last: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention in its text: the number and the headings of its sentence, and whether it lends its year (a membership does not)."""

    mention: Mention
    sentence: int
    lends: bool = True
    section: tuple[str, ...] = ()
    ahead: bool = False
    """It is a plan: it lies after the day of publication, and lends its year to nothing."""


def resolve(
    placed: Sequence[Placed], published: date | None, today: date | None = None
) -> list[tuple[When, When | None]]:
    """Return for each mention, in the order of the text, its begin and, for a stretch, its end.

    A year is that of the date before it in the same course of events; else the latest that does not lie after
    ``published`` (what is told has happened); else that of the only other year in the text. ``today`` is what 本日
    means (``published`` where it is not given: a page that was updated later still says 本日 of its first day).
    """
    out: list[tuple[When, When | None]] = []
    last: date | None = None
    last_sentence = -_NEAR - 1
    last_day, last_day_sentence = None, -_NEAR - 1
    section: tuple[str, ...] = ()
    years = {named.year for p in placed for named in (p.mention.first, p.mention.until) if named and named.year}
    only = years.pop() if len(years) == 1 else None
    for one in placed:
        near = last if one.sentence - last_sentence <= _NEAR and one.section == section else None
        if near and one.mention.first.day and last_day and one.sentence - last_day_sentence <= _NEAR:
            near = last_day  # a day goes on from days, not from a month of the background (2024年9月の移転)
        here = today or published if one.mention.first.relative else published
        first = _settle(one.mention.first, near, last, here, only, one.mention.until)
        if one.ahead and published and one.mention.first.month and one.mention.first.year is None and first.value:
            first = _ahead(one.mention.first, published)
        until = None
        if one.mention.until:
            until = _settle(
                one.mention.until, first.value, first.value, published, first.value.year if first.value else only, None
            )
            end = one.mention.until
            if first.value and until.value and end.same_month and end.day and until.value < first.value:
                until = When(_in_month(first.value, end.day, 1), None, "day")  # 7月31日から1日にかけて
        out.append((first, until))
        anchor = (until or first).value
        fell_back = bool(near and anchor and one.mention.first.year is None and (near - anchor).days > 200)
        if (
            anchor
            and one.lends
            and not one.ahead
            and not fell_back
            and first.precision in {"day", "part_of_month", "month"}
        ):
            last, last_sentence = (first.value if until is None else anchor), one.sentence
            if one.section != section or first.precision == "day":
                last_day, last_day_sentence = (last if first.precision == "day" else None), one.sentence
            section = one.section
        elif anchor is None and one.lends and one.mention.first.relative is None:
            last = None  # 同日 after a day without a year is that day, which we do not know
    return out


def _settle(
    named: Named, near: date | None, last: date | None, published: date | None, only: int | None, until: Named | None
) -> When:
    if named.relative:
        return _relative(named, last, published)
    if named.bare or named.next_day:
        day = _day_alone(named, near, last, published)
        return When(day, None, "day")
    if named.other_month:
        return _other_month(named, last, published)
    month = named.month
    if named.same_month:
        month = near.month if near else (last.month if last else None)
    if named.this_month:
        month = published.month if published else None
    if month is None and (named.day or named.part):
        return When(None, None, "part_of_month" if named.part else "day")
    year = named.year or _year(named, month, near, last, published, only, until)
    return _stretch(named, year, month)


def _relative(named: Named, last: date | None, published: date | None) -> When:
    base = published if named.relative in {"today", "yesterday", "two_ago"} else last
    steps = {"same": 0, "next": 1, "after_next": 2, "before": -1, "today": 0, "yesterday": -1, "two_ago": -2}
    return When(base + timedelta(days=steps[named.relative or "same"]) if base else None, None, "day")


def _day_alone(named: Named, near: date | None, last: date | None, published: date | None) -> date | None:
    """Return the day that only its number names: in the month of the date before, else in that of publication."""
    day = named.day or 1
    if named.next_day:
        base = near or last
        return _in_month(base, day, 1 if day < base.day else 0) if base else None
    recent = near or (last if last and (published is None or abs((published - last).days) <= 62) else None)
    base = recent or published
    if base is None:
        return None
    here = _in_month(base, day, 0)
    if published and here and here > published:
        return _in_month(base, day, -1) if recent else None
    return here


def _in_month(base: date, day: int, step: int) -> date | None:
    year, month = divmod(base.year * 12 + base.month - 1 + step, 12)
    return date(year, month + 1, day) if day <= _length(year, month + 1) else None


def _other_month(named: Named, last: date | None, published: date | None) -> When:
    base = published if named.other_month in {"先月", "来月"} else last
    if base is None:
        return When(None, None, "part_of_month" if named.part else "day" if named.day else "month")
    first = _in_month(base, 1, -1 if named.other_month in {"先月", "前月"} else 1) or base
    return _stretch(named, first.year, first.month)


def _ahead(named: Named, published: date) -> When:
    """Return the first such day that does not lie before the day of publication."""
    day = named.day or (_PART_DAYS[named.part][1] if named.part else 31)
    past = (named.month or 1, day) < (published.month, published.day)
    return _stretch(named, published.year + past, named.month)


def _year(
    named: Named,
    month: int | None,
    near: date | None,
    last: date | None,
    published: date | None,
    only: int | None,
    until: Named | None,
) -> int | None:
    """Return the year that other dates give to one without."""
    if named.year_said:
        base = (
            published if named.year_said in {"本年", "今年", "当年", "昨年", "去年", "一昨年"} else (last or published)
        )
        step = {"昨年": -1, "去年": -1, "一昨年": -2, "前年": -1, "翌年": 1}.get(named.year_said, 0)
        return base.year + step if base else None
    if named.same_month or named.this_month:
        base = near or last or published
        return base.year if base else None
    day = named.day or (_PART_DAYS[named.part][0] if named.part else 1)
    if near:
        # A course of events is told in its order, but not always: December to January is a step of a year, a step back
        # of a few weeks is none.
        back = (month or 1, day) < (near.month, near.day if named.day else 1) and near.month - (month or 1) >= 6
        last_day = (published.year, published.month, published.day) if published else (9999, 12, 31)
        for year in (near.year + back, near.year):
            if (year, month or 1, day) <= last_day:
                return year
    if published:
        return published.year if (month or 1, day) <= (published.month, published.day) else published.year - 1
    if until and until.year:
        return until.year if until.month is None or (month or 1) <= until.month else until.year - 1
    return last.year if last else only


def _stretch(named: Named, year: int | None, month: int | None) -> When:
    if month is None:
        return When(date(year, 1, 1), date(year, 12, 31), "year") if year else When(None, None, "year")
    if named.part:
        if year is None:
            return When(None, None, "part_of_month")
        begin, end = _PART_DAYS[named.part]
        return When(date(year, month, begin), date(year, month, min(end, _length(year, month))), "part_of_month")
    if named.day is None:
        if year is None:
            return When(None, None, "month")
        return When(date(year, month, 1), date(year, month, _length(year, month)), "month")
    if year is None or named.day > _length(year, month):
        return When(None, None, "day")
    return When(date(year, month, named.day), None, "day")


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
