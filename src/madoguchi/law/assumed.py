"""What was left out and could change the answer: each such fact is tried with its other values, not guessed at."""

from typing import Any, get_args

from madoguchi.law import words
from madoguchi.law.answer import Assessment
from madoguchi.law.engine import assess
from madoguchi.law.facts import Facts
from madoguchi.problem import Problem

_MANY = 10**9


def decisive(assessment: Assessment) -> list[str]:
    """Return the facts left out that stand among the needs, or are often otherwise and would change the answer then."""
    needed = {need.fact for need in assessment.needs}
    return [
        key
        for key in assessment.assumed
        if key in needed or (words.facts()[key].ask and any(_changes(assessment, key, v) for v in _others(key)))
    ]


def _others(key: str) -> list[Any]:
    if key == "persons":
        return [{"upper": 1}, {"upper": _MANY}]
    field = Facts.model_fields[key]
    values = (True, False) if field.annotation is bool else get_args(field.annotation)
    return [value for value in values if value != field.default]


def _changes(assessment: Assessment, key: str, value: Any) -> bool:
    stated = assessment.facts.model_dump() | {key: value}
    try:
        other = assess(Facts.model_validate(stated))
    except Problem:  # it would contradict what is stated
        return False
    return _essence(other) != _essence(assessment)


def _essence(assessment: Assessment) -> tuple[object, ...]:
    duties = tuple((duty.law, duty.id, duty.to, duty.status, duty.due) for duty in assessment.duties)
    return assessment.reportable, duties
