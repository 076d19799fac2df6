"""Facts that the papers would refuse later are refused when they are stated: each is named with its place."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from madoguchi import catalogue
from madoguchi.letters.report.facts import Data, Overview, Persons
from madoguchi.problem import Problem
from madoguchi.text import datafile

if TYPE_CHECKING:
    from madoguchi.app.company.facts import IncidentFacts


def check_papers(facts: "IncidentFacts", *, today: datetime.date) -> None:
    """Raise `Problem` for what no paper could say on the legal day ``today``; the choices are the report's own."""
    said = facts.model_dump(exclude_none=True)
    datafile.check(Overview, {key: said[key] for key in ("discoverer", "investigation") if key in said})
    datafile.check(Data, {key: said[key] for key in ("media", "people_kinds") if key in said})
    try:
        datafile.check(Persons, {**said.get("persons", {}), "with_card": facts.persons_with_card})
    except Problem as problem:
        raise problem.at(place="persons_with_card") from None
    try:
        catalogue.check_keys(facts.not_affected or ())
    except Problem as problem:
        problem.place = (problem.place or "").replace("items", "not_affected")
        raise
    for place, day in _past_days(facts):
        if day > today:
            raise Problem(
                ja=f"{day.isoformat()} は、まだ来ていない日です。起きたことの日付を確かめてください。",
                en=f"{day.isoformat()} is still to come; check the day of what has happened",
                place=place,
            )
    began = facts.occurred and facts.occurred.start
    if began and facts.known_on and facts.known_on < began:
        raise Problem(
            ja=f"知った日（{facts.known_on.isoformat()}）が、発生した日（{began.isoformat()}）より前です。どちらかを直してください。",
            en=f"it was known ({facts.known_on.isoformat()}) before it happened ({began.isoformat()}); mend one of the two",
            place="known_on",
        )


def _past_days(facts: "IncidentFacts") -> Iterator[tuple[str, datetime.date]]:
    """Yield the days of what is said to have happened, each with its place."""
    if facts.occurred:
        for end in ("start", "end"):
            if day := getattr(facts.occurred, end):
                yield f"occurred.{end}", day
    for number, moment in enumerate(facts.course or ()):
        if moment.date:
            yield f"course[{number}].date", moment.date
    if facts.publication.state == "done" and facts.publication.date:
        yield "publication.date", facts.publication.date
    for number, measure in enumerate(facts.prevention.done or ()):
        if measure.date:
            yield f"prevention.done[{number}].date", measure.date
