"""Are the member ids of a leaked table the list's? Its own rows say so.

An id matches only in a column that is that id, and headings do not tell whether two systems number the same people.
Rows that hold a member id of the list together with a name, a mail address or a phone do: they are the same person's,
or somebody else's. A table that refers to another goes by that one's rows. Where no row says anything, ids count.
"""

from madoguchi.scope.judge import is_somebody_else
from madoguchi.scope.people import People
from madoguchi.scope.records import Records, groups_of
from madoguchi.scope.shapes import Row

#: Rows of one table that are asked.
ENOUGH = 1_000
#: So many rows must speak against a number that the list itself calls a member number; people change their names.
AGAINST = 3


class Votes:
    """For each file and table, how many rows agree and how many speak against it."""

    def __init__(self, records: Records, people: People) -> None:
        """``tables`` are those whose rows can say something."""
        self._records = records
        self._people = people
        self._counts: dict[tuple[str, str], list[int]] = {}
        self.tables = {
            name
            for name, plan in records.plans.items()
            if "member_id" in plan.items and plan.items & {"name", "email", "phone"}
        }

    def hear(self, source: str, row: Row) -> None:
        """Let one row vote."""
        count = self._counts.setdefault((source, row.table), [0, 0])
        if sum(count) >= ENOUGH:
            return
        own = groups_of(self._records.plans[row.table], row, 0)[0]
        names = own.names()
        tied = {
            number
            for f in own.fields
            if f.item == "member_id"
            for value in f.values()
            for number in self._people.with_value("member_id", value, f.kind)
        }
        for person in (self._people.people[number] for number in tied):
            compared = (f for f in own.fields if f.item in ("email", "phone", "name", "name_kana"))
            if any(f.values() & person.values.get(f.item, set()) for f in compared):
                count[0] += 1
            elif is_somebody_else(person, names):
                count[1] += 1

    def trust(self, source: str, table: str) -> bool:
        """Return whether the member ids of a table are the list's."""
        own = self._counts.get((source, table), [0, 0])
        if sum(own):
            return self._holds(*own)
        for link in self._records.links.get(table, ()):
            heard = [count for (_, name), count in self._counts.items() if link.owner and name == link.to]
            if heard:
                return self._holds(sum(count[0] for count in heard), sum(count[1] for count in heard))
        return True

    def _holds(self, agree: int, against: int) -> bool:
        return agree >= against or against < (1 if self._people.bare_id else AGAINST)
