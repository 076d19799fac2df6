"""Entries appended to the record a second, each in a transaction of its own, against a bare INSERT in the same database."""

from common import Row, paired, tell
from home import started

EACH = 100


def main() -> None:
    """Measure on SQLite as it is set up for a home (WAL, synchronous=FULL)."""
    with started():
        from django.db import connection, transaction

        from madoguchi.app.accounts.permission import System
        from madoguchi.app.accounts.services import create_organisation
        from madoguchi.app.log.services import append

        organisation = create_organisation(by=System("bench"), name="測定")
        log = organisation.record_log()
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, line TEXT NOT NULL)")

        def ours() -> int:
            for number in range(EACH):
                with transaction.atomic():
                    append(log=log, kind="bench:entry:appended", actor="system:bench", payload={"number": number})
            return EACH

        def bare() -> int:
            for number in range(EACH):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("INSERT INTO bare (line) VALUES (%s)", [f"bench:entry:appended {number}"])
            return EACH

        ours_rate, bare_rate = paired(ours, bare)
        tell(Row("record: append with a signed head", ours_rate, bare_rate, "a second", "a bare INSERT, same database"))


if __name__ == "__main__":
    main()
