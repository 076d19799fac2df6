"""Full dates in every Japanese writing."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from madoguchi.problem import Lang
from madoguchi.text import eras, numbers
from madoguchi.text.fold import fold

_TOKYO = timezone(timedelta(hours=9))
_WEEKDAYS = ("月", "火", "水", "木", "金", "土", "日")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ERA = r"(?:明治|大正|昭和|平成|令和|[明大昭平令]|[MTSHR]\.?)"
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)? ?(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_TIME = re.compile(r"(?:(?<=[0-9])T|(?<=[0-9日)]) ?)[0-2]?[0-9]:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$", re.IGNORECASE)
_WEEKDAY = re.compile(r" ?(?:[(\[][月火水木金土日](?:曜日?)?(?:・?祝日?)?[)\]]|[月火水木金土日]曜日?)(?= ?[0-9]*:|$| )")
_REMARK = re.compile(r" ?(?:生まれ|生|付け|付|現在|時点)$")
_YMD = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_KANJI_YMD = re.compile(rf"(?:西暦)?([0-9]{{4}}|[{numbers.KANJI}]{{2,9}})年(.+?)月(.+?)日")
_ERA_YMD = re.compile(
    rf"({_ERA}) ?(元|[0-9]{{1,3}}|[{numbers.KANJI}]{{1,5}})(?:年(.+?)月(.+?)日|([-/.])([0-9]{{1,2}})\5([0-9]{{1,2}}))",
    re.IGNORECASE,
)
_TWO_YEARS = (
    re.compile(
        rf"(?P<western>[0-9]{{4}})年?\((?P<era>{_ERA}(?:元|[0-9]{{1,3}}))年?\)(?:年)?(?P<rest>.+)", re.IGNORECASE
    ),
    re.compile(
        rf"(?P<era>{_ERA}(?:元|[0-9]{{1,3}}))年?\((?:西暦)?(?P<western>[0-9]{{4}})年?\)(?:年)?(?P<rest>.+)",
        re.IGNORECASE,
    ),
)
_RUN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_ERA_RUN = re.compile(r"([MTSHR])([0-9]{2})([0-9]{2})([0-9]{2})", re.IGNORECASE)
_ENGLISH = (
    re.compile(
        r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})\.?,?[ -](?P<year>[0-9]{4})", re.IGNORECASE
    ),
    re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})", re.IGNORECASE),
)
_ENGLISH_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", re.IGNORECASE)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")


def parse(s: str) -> date | None:
    """Return the day that ``s`` writes, or None when it is not a full date, impossible, or can be read in two ways.

    Read are 2026-11-21 with any of ``- / .``, 2026年11月21日, eras (令和8年11月21日, R8.11.21, 昭和六十年一月二日, S600102, with
    元年), both years at once when they agree, 19850102, 21 November 2026, and 25/12/1985 where only one order is possible.
    A weekday, a time of day and 生 or 付 beside the day are passed over; a time with its zone gives the day in
    Tokyo. A date without a year, or with two digits of one, is None.
    """
    text = fold(s)
    if len(text) > 60:
        return None
    if _INSTANT.fullmatch(text):
        return _day_in_tokyo(text)
    text = _REMARK.sub("", _WEEKDAY.sub("", _TIME.sub("", text)).strip()).strip()
    text = _WEEKDAY.sub("", text)
    return next((found for found in _readings(text) if found), None)


def say(day: date, lang: Lang) -> str:
    """Return a day with its weekday for readers of ``lang``: ``2026年11月21日（土）``, ``Saturday, 21 November 2026``."""
    if lang == "en":
        return f"{_WEEKDAYS_EN[day.weekday()]}, {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    weekday = _WEEKDAYS[day.weekday()] + ("曜日" if lang == "ja-easy" else "")
    return f"{day.year}年{day.month}月{day.day}日（{weekday}）"


def _readings(text: str) -> Iterator[date | None]:
    english = _ENGLISH_WEEKDAY.sub("", text)
    for shape in _ENGLISH:
        if m := shape.fullmatch(english):
            yield _english(m["year"], m["month"], m["day"])
    yield from _in_numbers(text.replace(" ", ""))
    yield from _in_words(text.replace(" ", ""))


def _in_numbers(text: str) -> Iterator[date | None]:
    if m := _YMD.fullmatch(text):
        yield _real(m[1], m[3], m[4])
    if (m := _RUN.fullmatch(text)) and 1868 <= int(m[1]) < 2200:
        yield _real(m[1], m[2], m[3])
    if m := _ERA_RUN.fullmatch(text):
        yield _in_era(m[1], m[2], m[3], m[4])
    if m := _YEAR_LAST.fullmatch(text):
        orders = {_real(m[4], m[1], m[3]), _real(m[4], m[3], m[1])} - {None}
        yield orders.pop() if len(orders) == 1 else None


def _in_words(text: str) -> Iterator[date | None]:
    for shape in _TWO_YEARS:
        if m := shape.fullmatch(text):
            yield _agreeing(m["western"], m["era"], m["rest"])
    if m := _KANJI_YMD.fullmatch(text):
        yield _real(m[1], m[2], m[3])
    if m := _ERA_YMD.fullmatch(text):
        yield _in_era(m[1], m[2], m[3] or m[6], m[4] or m[7])


def _real(year: str, month: str, day: str) -> date | None:
    y, m, d = (numbers.parse(part) or 0 for part in (year, month, day))
    try:
        return date(y, m, d) if y >= 1000 else None
    except ValueError:
        return None


def _in_era(era: str, year: str, month: str, day: str) -> date | None:
    y = 1 if year == "元" else numbers.parse(year) or 0
    return eras.from_era(era.rstrip("."), y, numbers.parse(month) or 0, numbers.parse(day) or 0)


def _agreeing(western: str, era: str, rest: str) -> date | None:
    by_year, by_era = parse(f"{western}年{rest}"), parse(f"{era}年{rest}")
    return by_year if by_year == by_era else None


def _english(year: str, month: str, day: str) -> date | None:
    word = month.casefold()
    for number, name in enumerate(_MONTHS_EN, 1):
        if word in (name.casefold(), name[:3].casefold()) or (word == "sept" and number == 9):
            return _real(year, str(number), day)
    return None


def _day_in_tokyo(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.replace(" Z", "Z").replace(" +", "+")).astimezone(_TOKYO).date()
    except (ValueError, OverflowError):
        return None
