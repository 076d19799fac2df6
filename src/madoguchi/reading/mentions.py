"""Where a sentence names a day, a month, a year or a stretch of time, before anybody knows which year is meant."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from madoguchi.text import eras, numbers

Relative = Literal["same", "next", "after_next", "before", "today", "yesterday", "two_ago"]
Part = Literal["early", "middle", "late"]

_N = r"(?:[0-9]{1,2}|[〇一二三四五六七八九十]{1,3})"
_WESTERN = r"(?:西暦 ?)?(?P<western>(?:19|20)[0-9]{2}|二〇[〇一二三四五六七八九]{2})"
_ERA = rf"(?P<era>令和|平成|昭和|(?<![A-Za-z0-9])[RH]\.?) ?(?P<era_year>元|{_N})"
_YEAR = (
    rf"(?:{_WESTERN} ?(?:年? ?\((?:令和|平成|R|H) ?(?:元|{_N}) ?年?\) ?年?|年)"
    rf"|{_ERA} ?(?:年? ?\((?:西暦)?(?:19|20)[0-9]{{2}} ?年?\) ?年?|年)"
    r"|(?P<said>本年|今年|昨年|去年|一昨年|前年|同年|翌年|当年))(?!度|間|版|以上|前|後)[ 、,]?(?:の)?"
)
_PART = r"(?P<part>上旬|初旬|中旬|下旬|末(?!日|締)|半ば|なかば|初め(?!て)|初頭|はじめ(?!て))"
_MONTH = (
    rf"(?:(?P<month>{_N}) ?月(?!間|額|次|給|極|刊|例|々|単位)|(?P<same_month>同月)|(?P<this_month>今月|本月)|(?P<other_month>先月|前月|翌月|来月)) ?"
    rf"(?:(?P<day>{_N}) ?日(?!間|本|数|程|常|以内|後)|{_PART})?"
)
# 13日に, 16日(月)午前, 28日正午: a day whose month another date tells; 1日に約100件, 3日に1回, 7日から10日程度 count days
_BARE = (
    r"(?<![0-9一二三四五六七八九十月年約大近去長そ計各毎第丸全/.:,-])(?<!今後)(?P<bare>[0-9]{1,2}) ?日"
    r"(?= ?[(][日月火水木金土](?:曜日?|[・、]祝日?)?[)]| ?[0-9]{1,2}[時:]| ?(?:午前|午後|正午|未明|早朝|朝|夕|夜|深夜|昼|AM|PM)"
    r"|に(?! ?[0-9一] ?[回度件]|わた|渡|約|平均|最大|及|[0-9,]+[件名通人回])|には|、|(?:付|頃|ごろ)"
    r"|(?:から|より)(?! ?[0-9]{1,2} ?日? ?(?:間|程|ほど|営業|週|か月|カ月|ヶ月))|まで(?:に|、|は)|以降|の(?:朝|夜|夕|午|早|深|未|うち))"
)
_DATE = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[/.-]) ?(?P<m>[0-9]{1,2})(?P=sep) ?(?P<d>[0-9]{1,2})(?![0-9/.-])"
    r"|(?<![A-Za-z0-9])(?:(?P<rd>[0-9]{1,2}) )?(?P<rm>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? "
    r"(?(rd)|(?P<dr>[0-9]{1,2}),? )(?P<ry>(?:19|20)[0-9]{2})(?![0-9])"
    r"|(?<![A-Za-z0-9])(?P<letter>[RH])(?P<ey>[0-9]{1,2})[/.](?P<em>[0-9]{1,2})[/.](?P<ed>[0-9]{1,2})(?![0-9])"
    r"|(?<![0-9/.:-])(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12][0-9]|0?[1-9])(?![0-9/])"
    r"|(?P<relative>同じ日|同日|同夜|同晩|当夜|その日(?=の(?:うち|夜|夕|午|朝|早|深)|、|に|中)|当日(?=中|の(?:うち|夜|夕|午)|、|に)"
    r"|翌々日|翌日|翌朝|翌晩|翌未明|翌早朝|前日|前夜|前晩|本日|今朝|昨日|昨夜|昨晩|一昨日)"
    rf"|(?P<step>[翌同])(?P<step_day>{_N}) ?日(?!間|以内|後)"
    rf"|{_BARE}"
    rf"|(?:(?P<year>{_YEAR}) ?)?(?P<in_year>{_MONTH})?(?(year)|(?(in_year)|(?!)))"
)
_ANY = re.compile(r"[年月日朝夜晩]|[0-9][/.-] ?[0-9]|[A-Z][a-z]{2,8}\.? [0-9]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AFTER = re.compile(
    r"(?: ?[(\[](?:[日月火水木金土](?:曜日?)?(?:[・,、/]? ?(?:祝日?|休日?))?)[)\]]| ?[日月火水木金土]曜日?)?"
    r"(?: ?\((?:午前|午後)?[^()、。]{1,12}時[^()、。]{0,8}\))?"
    r"(?: ?の?(?:午前|午後|早朝|未明|深夜|夜間|夜半|夜|朝方|朝|夕方|夕刻|正午|昼|明け方|AM|PM|am|pm))?"
    r"(?: ?[0-9]{1,2}(?:時(?: ?[0-9]{1,2}分|半)?|:[0-9]{2}(?::[0-9]{2})?))?(?: ?(?:ごろ|頃|過ぎ|すぎ|台|前(?=に|、|から)))?"
)
_TO = re.compile(r" ?(?:以降)?[、,]? ?(?:から|より|~|-|→)[ 、,]?(?:同|翌)?(?! ?日)")
_DAY_ALONE = re.compile(rf"(?P<next>翌|同)?(?P<day>{_N}) ?日(?!間|本|数|程|常|以内|後)")
_UNTIL = re.compile(r" ?(?:まで(?:の間|のあいだ|の期間)?|にかけて|の間|の期間|において|現在)?")
_CLOSES = re.compile(r" ?(?:の[^、。]{1,12})?まで(?:の間|の期間)?")
_OPENED = re.compile(r" ?(?:以降|以後|(?:の[^、。0-9]{1,14})?(?:から|より))")
_CLOCKS = re.compile(
    r" ?(?:から|より|~|-) ?(?:午前|午後|AM|PM)? ?[0-9]{1,2}(?:時(?:[0-9]{1,2}分)?|:[0-9]{2})(?:ごろ|頃)?(?:まで)?(?:の間)?"
)
_PARTS: dict[str, Part] = {
    "上旬": "early", "初旬": "early", "中旬": "middle", "下旬": "late", "末": "late",
    "半ば": "middle", "なかば": "middle", "初め": "early", "初頭": "early", "はじめ": "early",
}  # fmt: skip
_RELATIVES: dict[str, Relative] = {
    "同日": "same", "同じ日": "same", "翌日": "next", "同夜": "same", "同晩": "same", "当夜": "same", "その日": "same", "当日": "same", "翌朝": "next", "翌晩": "next",
    "翌未明": "next", "翌早朝": "next", "翌々日": "after_next", "前日": "before", "前夜": "before", "前晩": "before",
    "本日": "today", "今朝": "today", "昨日": "yesterday", "昨夜": "yesterday", "昨晩": "yesterday", "一昨日": "two_ago",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A day, month or year as far as its words say it."""

    year: int | None = None
    year_said: str = ""
    """同年, 翌年, 昨年 …: a year told by another one."""
    month: int | None = None
    same_month: bool = False
    this_month: bool = False
    day: int | None = None
    part: Part | None = None
    relative: Relative | None = None
    other_month: str = ""
    """先月, 来月 (of the day of publication), 前月, 翌月 (of the date before)."""
    bare: bool = False
    """Only a day (13日に): the month is that of another date."""
    next_day: bool = False
    """翌1日: the day after the date before, though its month may be the next."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What is named in ``text[start:end]``; ``after`` is where the text goes on behind weekday, hour and まで.

    With ``until`` it is a stretch of time (8月1日から5日まで). ``open_end`` is 以降, から without its end. ``vague``: it was
    some time in the stretch, nobody knows when (4月以降、翌年3月までの間).
    """

    start: int
    end: int
    after: int
    first: Named
    until: Named | None = None
    open_end: bool = False
    vague: bool = False


def find(text: str) -> tuple[Mention, ...]:
    """Return what ``text`` (folded, one sentence) names, in its order."""
    return _find(text) if _ANY.search(text) else ()


@lru_cache(maxsize=2048)  # each reader of a text asks again
def _find(text: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    at = 0
    while one := _one(text, at):
        last = found[-1] if found else None
        closes = _CLOSES.match(text, one.after)
        if last and last.open_end and closes and one.until is None and one.start - last.after < 60:
            # 2021年7月1日から、いくつかの語をはさんで、2026年7月27日まで
            vague = "以" in text[last.end : last.after]
            found[-1] = Mention(last.start, one.end, closes.end(), last.first, one.first, vague=vague)
        else:
            found.append(one)
        at = max(one.after, one.end)
    return tuple(found)


def _one(text: str, at: int) -> Mention | None:
    for hit in _DATE.finditer(text, at):
        named = _named(hit)
        if named is None:
            continue
        end = _trimmed(text, hit)
        after = _skip(text, end)
        if (
            named.relative
            and (again := _DATE.match(text, _bracket(text, after)))
            and (explicit := _named(again))
            and explicit.day
        ):
            named, end = explicit, _trimmed(text, again)  # 同日（8月5日）、前日の8月4日
            after = _skip(text, end)
            if text[after : after + 1] == ")":
                after += 1
        return _stretch(text, Mention(hit.start(), end, after, named))
    return None


def _bracket(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] in {"(", "の"} else at


def _trimmed(text: str, hit: re.Match[str]) -> int:
    end = hit.end()
    while end > hit.start() and text[end - 1] in " 、,の":
        end -= 1
    return end


def _skip(text: str, end: int) -> int:
    after = _AFTER.match(text, end)
    return after.end() if after else end


def _stretch(text: str, mention: Mention) -> Mention:
    """Return the mention with its end, where から … まで follows."""
    clocks = _CLOCKS.match(text, mention.after)
    if clocks and not _DATE.match(text, clocks.end()):
        return Mention(mention.start, mention.end, clocks.end(), mention.first)
    link = _TO.match(text, mention.after)
    if link is None or mention.first.relative == "today":
        return _open(text, mention)
    hit = _DATE.match(text, link.end())
    until, end = (_named(hit), _trimmed(text, hit)) if hit else (None, link.end())
    if until is None or until.bare or (hit and not hit["in_year"] and hit["year"] and mention.first.month):
        alone = _DAY_ALONE.match(text, link.end())
        if alone is None or mention.first.day is None:
            return _open(text, mention)
        until, end = Named(same_month=True, day=_number(alone["day"])), alone.end()
    if "翌" in link.group() and until.month is None and until.day is None:
        return _open(text, mention)
    rest = _UNTIL.match(text, _skip(text, end))
    after = rest.end() if rest else end
    return Mention(mention.start, end, after, mention.first, until)


def _open(text: str, mention: Mention) -> Mention:
    opened = _OPENED.match(text, mention.after)
    return Mention(
        mention.start, mention.end, opened.end() if opened else mention.after, mention.first, None, bool(opened)
    )


def _number(text: str) -> int | None:
    return numbers.parse(text)


def _year(hit: re.Match[str]) -> tuple[int | None, str]:
    if hit["western"]:
        return _number(hit["western"]), ""
    if hit["era"]:
        years = 1 if hit["era_year"] == "元" else _number(hit["era_year"])
        first = eras.from_era(hit["era"][0], years or 0, 12, 31)
        return (first.year if first else None), ""
    return None, hit["said"] or ""


def _named(hit: re.Match[str]) -> Named | None:
    """Return what a match names, or None when no such day exists."""
    if hit["relative"]:
        return Named(relative=_RELATIVES[hit["relative"]])
    if hit["step"]:
        return _checked(Named(same_month=True, day=_number(hit["step_day"]), next_day=hit["step"] == "翌"))
    if hit["bare"]:
        return _checked(Named(day=int(hit["bare"]), bare=True)) if int(hit["bare"]) else None
    if hit["y"]:
        return _checked(Named(year=int(hit["y"]), month=int(hit["m"]), day=int(hit["d"])))
    if hit["rm"]:
        return _checked(Named(int(hit["ry"]), "", 1 + _MONTHS.index(hit["rm"]), day=int(hit["rd"] or hit["dr"])))
    if hit["letter"]:
        first = eras.from_era(hit["letter"], int(hit["ey"]), 12, 31)
        return _checked(Named(year=first.year if first else None, month=int(hit["em"]), day=int(hit["ed"])))
    if hit["sm"]:
        return _checked(Named(month=int(hit["sm"]), day=int(hit["sd"])))
    year, said = _year(hit)
    if not hit["in_year"]:
        return Named(year=year, year_said=said) if year else None
    month = _number(hit["month"]) if hit["month"] else None
    day = _number(hit["day"]) if hit["day"] else None
    part = _PARTS[hit["part"]] if hit["part"] else None
    if not hit["month"] and day is None and part is None:
        return None  # 同月 alone
    same, this, other = bool(hit["same_month"]), bool(hit["this_month"]), hit["other_month"] or ""
    return _checked(Named(year, said, month, same, this, day, part, other_month=other))


def _checked(named: Named) -> Named | None:
    if named.month is not None and not 1 <= named.month <= 12:
        return None
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[(named.month or 1) - 1]
    return named if named.day is None or 1 <= named.day <= longest else None
