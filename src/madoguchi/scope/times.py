"""When a row happened: the column that tells it, and its time as an interval of instants."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from madoguchi.catalogue import columns as catalogue
from madoguchi.scope.reachfile import TOKYO
from madoguchi.text import dates, fold

Interval = tuple[datetime, datetime]

#: Headings of the time of a row, the surest first; folded before they are compared.
MOMENT = (
    "attempted_at", "submitted_at", "input_at", "入力日時", "決済日時", "payment_date", "paid_at", "注文日時", "受注日時", "ご注文日時",
    "購入日時", "ordered_at", "order_datetime", "order_time", "purchased_at", "accessed_at", "visited_at", "アクセス日時", "閲覧日時",
    "日時", "datetime", "timestamp", "time", "at", "created_at", "created", "create_date", "登録日時", "作成日時", "発生日時", "event_time",
    "注文日", "受注日", "order_date", "購入日", "purchase_date", "date", "日付", "年月日",
)  # fmt: skip
BEGIN = (
    "started_at",
    "start_at",
    "start",
    "start_time",
    "session_start",
    "login_at",
    "first_seen",
    "開始日時",
    "開始",
    "ログイン日時",
    "first_access",
)
END = ("ended_at", "end_at", "end", "end_time", "session_end", "logout_at", "last_seen", "expires_at", "終了日時", "終了", "ログアウト日時", "last_access", "updated_at", "更新日時", "last_activity")  # fmt: skip
PAGE = (
    "page",
    "path",
    "url",
    "uri",
    "request_path",
    "request_uri",
    "page_path",
    "page_url",
    "landing_page",
    "ページ",
    "画面",
    "パス",
)

_CLOCK = re.compile(r"[ T日)]+ *([0-2]?\d)(?::|時)([0-5]?\d)(?:(?::|分)([0-5]?\d)(?:[.,]\d+)?秒?|分)?$")
_RUN = re.compile(r"(?:19|20)\d{12}")
_LOG = re.compile(r"\[?(\d{1,2}/\w{3}/\d{4}):(\d\d:\d\d:\d\d)(?: ([+-]\d{4}))?\]?")


def parse(text: str) -> Interval | None:
    """Return when ``text`` says, as the first and last instant it can mean (UTC); None when it is no time.

    ISO 8601, Japanese and log writings, epoch seconds and milliseconds; without a zone it is Tokyo's; a day alone is
    the whole day, a minute without seconds that minute.
    """
    plain = fold.fold(text)
    if match := _LOG.fullmatch(plain):
        zone = match[3] or "+0900"
        moment = datetime.strptime(f"{match[1]} {match[2]} {zone}", "%d/%b/%Y %H:%M:%S %z").astimezone(UTC)
        return moment, moment
    if re.fullmatch(r"1\d{9}|1\d{12}", plain):
        moment = datetime.fromtimestamp(int(plain[:10]), UTC)
        return moment, moment
    if _RUN.fullmatch(plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:8]} {plain[8:10]}:{plain[10:12]}:{plain[12:]}"
    iso = plain.replace(" +", "+").replace(" Z", "Z").replace(" UTC", "+00:00").replace(" JST", "+09:00")
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d", iso):
        try:
            return _span(datetime.fromisoformat(iso), seconds=iso.count(":") - ("+" in iso[10:]) >= 2)
        except ValueError:
            pass
    return _loose(plain)


def _loose(plain: str) -> Interval | None:
    clock = _CLOCK.search(plain)
    bare = plain[: clock.start()] + ("日" if clock and "日" in clock[0] else "") if clock else plain
    day = dates.parse(bare)
    if day is None:
        return None
    start = datetime(day.year, day.month, day.day, tzinfo=TOKYO)
    if not clock:
        return start.astimezone(UTC), (start + timedelta(days=1, microseconds=-1)).astimezone(UTC)
    if int(clock[1]) > 23:
        return None
    return _span(
        start.replace(hour=int(clock[1]), minute=int(clock[2]), second=int(clock[3] or 0)), seconds=clock[3] is not None
    )


def _span(moment: datetime, *, seconds: bool) -> Interval:
    start = (moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)).astimezone(UTC)
    return start, start if seconds else start + timedelta(minutes=1, microseconds=-1)


def columns(headings: Sequence[str], sample: Sequence[Sequence[str | None]]) -> tuple[int, ...]:
    """Return the column of a row's time, or those of its beginning and end; none when no column tells it."""
    begin, end = _first(headings, BEGIN), _first(headings, END)
    moment = _first(headings, MOMENT)
    if begin is not None:
        return (begin,) if end is None else (begin, end)
    if moment is not None:
        return (moment,)
    for column in range(len(headings)):
        cells = [row[column] for row in sample if column < len(row) and row[column]]
        if cells and all(parse(str(cell)) and not str(cell).isdigit() for cell in cells):
            return (column,)
    return ()


def page_column(headings: Sequence[str]) -> int | None:
    """Return the column that tells the page, if there is one."""
    return _first(headings, PAGE)


def interval(values: Sequence[str | None], at: tuple[int, ...]) -> Interval | None:
    """Return when a row was: from the start of its first time to the end of its last (an open end is its start)."""
    found = [parse(text) if i < len(values) and (text := values[i]) else None for i in at]
    if not found or found[0] is None:
        return None
    last = found[-1] or found[0]
    return found[0][0], max(last[1], found[0][1])


def _first(headings: Sequence[str], words: Sequence[str]) -> int | None:
    folded = [catalogue.fold(heading) for heading in headings]
    return next((folded.index(word) for word in map(catalogue.fold, words) if word in folded), None)
