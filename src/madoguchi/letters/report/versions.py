"""One version of a report after another: what is missing stays as it was, and what changed is said."""

from typing import NamedTuple

from madoguchi.letters.report.facts import Part, ReportFacts
from madoguchi.letters.report.form import form
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import datafile

_OF_THE_REPORT = ("head.kind", "head.date", "head.previous_date", "head.reception_number")


class Change(NamedTuple):
    """One changed field: the item's number (``0`` the head of the form), its name, and both texts as the form shows them."""

    item: str
    field: str
    before: str
    after: str


def carry(before: ReportFacts, after: ReportFacts) -> ReportFacts:
    """Return ``after`` with every field that it leaves out as ``before`` had it: a blank is not a deletion.

    What was said of a state that has changed (the planned day of a notice that is now done) does not stay. The
    previous report's date is ``before``'s own. `Problem` where old and new facts cannot both be true.
    """
    now: dict[str, object] = {}
    for name in ReportFacts.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(new, Part):
            now[name] = type(new).model_construct(**new.over(old)).model_dump()
        else:
            now[name] = old if new is None else new
    if after.previous_date is None:
        now["previous_date"] = before.date
    return datafile.check(ReportFacts, now)


def difference(before: ReportFacts, after: ReportFacts, lang: Lang = "ja") -> list[Change]:
    """Return the fields in which ``after`` says something else than ``before``, in the order of the form.

    A field that ``after`` leaves out has not changed. The kind, dates and number of the reports are no change of facts.
    """
    rows = {row.field: row for row in form(before, lang)}
    unknown = Wording("common", lang).say("unknown")
    changes = []
    for row in form(carry(before, after), lang):
        old = rows[row.field].text if row.field in rows else unknown
        if row.field not in _OF_THE_REPORT and row.text != old:
            changes.append(Change(row.item, row.name, old, row.text))
    return changes
