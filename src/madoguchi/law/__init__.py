"""What must be done, by whom, by when, and why: the law as dated data and a pure engine over it.

`read` (or `Facts`) takes the facts of one incident, `assess` answers; `report` holds the nine items of a report.
"""

from madoguchi.law.answer import Assessment, Duty
from madoguchi.law.engine import assess
from madoguchi.law.facts import Facts, Persons, read

__all__ = ["Assessment", "Duty", "Facts", "Persons", "assess", "read"]
