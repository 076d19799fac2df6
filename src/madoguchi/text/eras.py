"""Japanese eras (元号) and the years in them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Era:
    """One era: its name, the letter forms write for it, and its first day (政令; 元号法 since 平成)."""

    name: str
    letter: str
    first: date


# 明治 began by the old calendar; its first day and all later ones are given in today's (proleptic until 1872-12-31).
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 1, 25)),
)
_BY_NAME = {word: era for era in ERAS for word in (era.name, era.name[0], era.letter)}


def to_era(day: date) -> str:
    """Return a date in its era, ``令和8年11月21日``; the first year is 元年, a date before 明治 keeps its year."""
    for era in ERAS:
        if day >= era.first:
            year = day.year - era.first.year + 1
            return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def from_era(era: str, year: int, month: int, day: int) -> date | None:
    """Return the date of a year in an era (name, first character or letter: 昭和, 昭, S), or None when there is none.

    A day before the era began does not exist (昭和1年1月1日). A day after it ended does: papers printed before a change
    carry such dates (平成35年 on driving licences), and systems count on (昭和100年).
    """
    found = _BY_NAME.get(era.upper())
    if found is None or year < 1:
        return None
    try:
        real = date(found.first.year + year - 1, month, day)
    except ValueError:
        return None
    return real if real >= found.first else None
