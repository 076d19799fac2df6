"""Facts that cannot all be true: each is named with its place and what to do."""

import datetime as dt

from madoguchi.law import corpus
from madoguchi.law.facts import FIRST_YEAR, LAST_YEAR, Facts
from madoguchi.problem import Problem
from madoguchi.text.datafile import nearest


def check(facts: Facts) -> None:
    """Raise `Problem` for the first contradiction in ``facts``."""
    _years(facts)
    _future(facts)
    _order(facts)
    _role(facts)
    _sector(facts)
    if "my_number" in facts.items and not facts.my_number:
        raise Problem(
            ja="items にマイナンバー（my_number）がありますが、my_number は false になっています。どちらかを直してください。",
            en="items names my_number, but my_number is false; mend one of them",
            place="my_number",
        )


def _days(facts: Facts) -> list[tuple[str, dt.date]]:
    keys = ("as_of", "known_on", "passed_threshold_on", "entruster_told_on", "told_by_entrustee_on")
    return [(key, day) for key in keys if (day := getattr(facts, key)) is not None]


def _years(facts: Facts) -> None:
    for key, day in _days(facts):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Problem(
                ja=f"{day.isoformat()} は数えられる年（{FIRST_YEAR}年から{LAST_YEAR}年）の外です。年を確かめてください。",
                en=f"{day.isoformat()} is outside the years that can be counted ({FIRST_YEAR}-{LAST_YEAR}); check the year",
                place=key,
            )


def _future(facts: Facts) -> None:
    for key, day in _days(facts):
        if day > facts.as_of:
            raise Problem(
                ja=f"{day.isoformat()} は、問い合わせの日（as_of {facts.as_of.isoformat()}）より後の日です。日付を確かめるか、まだ起きていないことなら消してください。",
                en=f"{day.isoformat()} is after the day of the question (as_of {facts.as_of.isoformat()}); check the date, or leave out what has not happened yet",
                place=key,
            )


def _order(facts: Facts) -> None:
    for key in ("passed_threshold_on", "entruster_told_on"):
        day = getattr(facts, key)
        if day is not None and day < facts.known_on:
            raise Problem(
                ja=f"{day.isoformat()} は、知った日（known_on {facts.known_on.isoformat()}）より前です。最初に知った日か、この日付を直してください。",
                en=f"{day.isoformat()} is before the day first known (known_on {facts.known_on.isoformat()}); mend one of the two",
                place=key,
            )


def _role(facts: Facts) -> None:
    for key, role in (("entruster_told_on", "entrustee"), ("told_by_entrustee_on", "entruster")):
        if getattr(facts, key) is not None and facts.role != role:
            raise Problem(
                ja=f"{key} は role: {role} のときだけ書けます（今は role: {facts.role}）。role を直すか、この行を消してください。",
                en=f"{key} goes with role: {role} only (it is {facts.role}); mend role or take this line out",
                place=key,
            )


def _sector(facts: Facts) -> None:
    known = [a.sector for law in corpus.load() for a in law.authorities]
    if facts.sector not in known:
        near = nearest(facts.sector, known)
        raise Problem(
            ja=f"「{facts.sector[:40]}」という業種（sector）はありません。"
            + (f"「{near}」ではありませんか。" if near else "")
            + f"使えるのは {', '.join(known)} です（一覧にない業種は other）。",
            en=f"there is no sector {facts.sector[:40]!r}"
            + (f"; did you mean {near!r}?" if near else "")
            + f"; known are {', '.join(known)} (other where none fits)",
            place="sector",
        )
