"""Entries and heads are append-only in the database itself: whoever writes SQL by hand is stopped as well.

What triggers cannot stop is somebody who drops them; that is found at the next start (`check`), and what was changed
meanwhile by the signed heads (`madoguchi record verify`).
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from madoguchi.problem import Problem

SAID = "the record is append-only: entries and heads are never changed or deleted"
FUNCTION = "madoguchi_append_only"
# The tables of Entry and Head, and the columns in which a place in a log is taken.
TABLES = {"log_entry": ("log_id", "index"), "log_head": ("log_id", "size")}


def put_back(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put every trigger in place that is missing, switched off or not ours, and return their names. Safe to repeat."""
    connection = connections[using]
    if not TABLES.keys() <= set(connection.introspection.table_names()):
        return []  # migrated only as far as another app: there is nothing to guard yet
    absent = _absent(connection)
    if absent:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            for statement in _drops(connection) + _creates(connection):
                cursor.execute(statement)
    return absent


def take_away(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop the triggers: only for a migration that must rewrite these tables; `put_back` follows each migration."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _drops(connection):
            cursor.execute(statement)


def check(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise `Problem` when a trigger is missing, switched off or not ours."""
    absent = _absent(connections[using])
    if absent:
        migrate = f"MADOGUCHI_HOME={settings.HOME.path} python -m django migrate --settings {settings.SETTINGS_MODULE}"
        raise Problem(
            ja=f"記録を書き換えから守る仕組み（トリガー）が、データベースから外されています。「{migrate}」で戻し、記録のファイルを作って「madoguchi record verify」で確かめてください。",
            en=f"the triggers that keep the record append-only were taken out of the database; put them back with `{migrate}`, then make a case file and check it with `madoguchi record verify`",
            place=", ".join(absent),
        )


def _absent(connection) -> list[str]:
    """Return the names of the triggers that do not stand in the database exactly as we make them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            there = dict(cursor.fetchall())
            return sorted(name for name, sql in _sqlite().items() if there.get(name) != sql)
        cursor.execute(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled IN ('O', 'A') AND p.proname = %s AND p.prosrc = %s"
            " AND t.tgrelid = ANY (ARRAY(SELECT to_regclass(name) FROM unnest(%s::text[]) AS name))",
            [FUNCTION, _body(), list(TABLES)],
        )
        there = {name for (name,) in cursor.fetchall()}
        return sorted(_postgresql().keys() - there)


def _drops(connection) -> list[str]:
    names = [(name, table) for table in TABLES for name in _names(connection, table)]
    if connection.vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{name}"' for name, _ in names]
    return [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name, table in names]


def _creates(connection) -> list[str]:
    if connection.vendor == "sqlite":
        return list(_sqlite().values())
    function = f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body${_body()}$body$"
    return [function, *_postgresql().values()]


def _names(connection, table: str) -> list[str]:
    made = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    return [name for name in made if name.startswith(f"{table}_")]


def _sqlite() -> dict[str, str]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    made = {}
    for table, (log, place) in TABLES.items():
        for what in ("UPDATE", "DELETE"):
            name = f"{table}_no_{what.lower()}"
            made[name] = f'CREATE TRIGGER "{name}" BEFORE {what} ON "{table}" {stop}'
        # INSERT OR REPLACE deletes the row that is in its way without asking the trigger above.
        name = f"{table}_no_replace"
        same = f'"id" = NEW."id" OR ("{log}" = NEW."{log}" AND "{place}" = NEW."{place}")'
        taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # noqa: S608 - our own names
        made[name] = f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" WHEN {taken} {stop}'
    return made


def _postgresql() -> dict[str, str]:
    made = {}
    for table in TABLES:
        for what, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table}_no_{what.lower()}"
            made[name] = (
                f'CREATE TRIGGER "{name}" BEFORE {what} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()'
            )
    return made


def _body() -> str:
    return f" BEGIN RAISE EXCEPTION '{SAID}'; END "
