"""Are the member ids of a leaked column the list's? Its own rows say so.

An id matches only in a column that is that id, and headings do not tell whether two systems number the same people.
Rows that hold a member id of the list together with a name, a mail address or a phone do: they are the same person's,
or somebody else's. A column that refers to another table goes by that one's rows. Where no row says anything, ids count.
Each column is asked for itself: beside the 会員番号 a table may number its own rows, with the same small numbers.
"""

from collections.abc import Sequence

from madoguchi.scope.judge import Group, is_somebody_else
from madoguchi.scope.people import People
from madoguchi.scope.records import Kept, Records, groups_of
from madoguchi.scope.shapes import Row

#: Rows of one table that are asked.
ENOUGH = 1_000
#: So many rows must speak against a number that the list itself calls a member number; people change their names.
AGAINST = 3

Count = list[int]  # rows that agree, rows that speak against


class Votes:
    """For each file, table and column of member ids, how many rows agree and how many speak against it."""

    def __init__(self, records: Records, people: People) -> None:
        """``tables`` are those whose rows can say something."""
        self._records = records
        self._people = people
        self._counts: dict[tuple[str, str], dict[int, Count]] = {}
        self._answers: dict[tuple[str, str, int], bool] = {}
        self.tables = {
            name
            for name, plan in records.plans.items()
            if "member_id" in plan.items and plan.items & {"name", "email", "phone"}
        }

    def hear(self, source: str, row: Row) -> None:
        """Let one row vote."""
        counts = self._counts.setdefault((source, row.table), {})
        if counts and min(map(sum, counts.values())) >= ENOUGH:
            return
        own = groups_of(self._records.plans[row.table], row, 0)[0]
        names = own.names()
        compared = [f for f in own.fields if f.item in ("email", "phone", "name", "name_kana")]
        for number in (f for f in own.fields if f.item == "member_id"):
            tied = {n for value in number.values() for n in self._people.with_value("member_id", value, number.kind)}
            for person in (self._people.people[n] for n in tied):
                count = counts.setdefault(number.cell, [0, 0])
                if any(f.values() & person.values.get(f.item, set()) for f in compared):
                    count[0] += 1
                elif is_somebody_else(person, names):
                    count[1] += 1

    def doubted(
        self, source: str, table: str, groups: Sequence[Group], kept: Sequence[Kept]
    ) -> set[tuple[object, int]]:
        """Return the member ids of a record, by origin and cell, that are not the list's."""
        found: set[tuple[object, int]] = set()
        for group in groups:
            row = kept[group.origin - 1] if isinstance(group.origin, int) and group.origin else None
            of = (row.source, row.table) if row else (source, table)
            found |= {
                (group.origin, f.cell) for f in group.fields if f.item == "member_id" and not self.trust(*of, f.cell)
            }
        return found

    def trust(self, source: str, table: str, column: int) -> bool:
        """Return whether the member ids of a column are the list's. To be asked when all rows have voted."""
        asked = (source, table, column)
        if asked not in self._answers:
            self._answers[asked] = self._trust(asked, frozenset())
        return self._answers[asked]

    def _trust(self, asked: tuple[str, str, int], before: frozenset[tuple[str, str, int]]) -> bool:
        """Answer `trust`; ``before`` are columns already asked about, for two tables may refer to each other."""
        source, table, column = asked
        counts = self._counts.get((source, table), {})
        agree, against = counts.get(column, (0, 0))
        # Of two numbers in one table the list's is the one that its rows agree with.
        surely = not agree and any(count[0] for other, count in counts.items() if other != column)
        # A chance agreement here (a shared phone) does not outweigh the rows that the number refers to.
        for other in self._referred(table, column):
            if other not in before:
                more = self._counts[other[:2]][other[2]]
                agree, against = agree + more[0], against + more[1]
                surely = surely or not self._trust(other, before | {asked})
        return agree >= against or against < (1 if surely or self._people.bare_id else AGAINST)

    def _referred(self, table: str, column: int) -> list[tuple[str, str, int]]:
        """Return the columns, by file and table, that one refers to as the number of its owner, where they were heard."""
        return [
            (of, link.to, link.to_column)
            for link in self._records.links.get(table, ())
            if link.owner and link.column == column
            for (of, name), counts in self._counts.items()
            if name == link.to and link.to_column in counts
        ]
