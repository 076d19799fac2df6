"""Entries and heads are append-only in the database itself."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AlterField

from madoguchi.app.log import services, triggers
from madoguchi.app.log.models import Entry, Head
from madoguchi.problem import Problem

SQLITE = connection.vendor == "sqlite"


UPSERT = """INSERT INTO log_entry (id, log_id, "index", time, kind, actor, commitment)
    SELECT id, log_id, "index", time, kind, 'member:2', commitment FROM log_entry WHERE "index" = 0
    ON CONFLICT (id) DO UPDATE SET actor = 'member:2'"""


@pytest.fixture
def filled(log):
    for number in range(2):
        with transaction.atomic():
            services.append(log=log, kind="company:incident:opened", actor="member:1", payload={"number": number})
    return log


def refused(statement: str, *values: object) -> bool:
    """Run a statement by hand; tell whether the record's own words stopped it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def rows() -> list[tuple[object, ...]]:
    """Return what stands in both tables."""
    entries = Entry.objects.order_by("id").values_list("id", "log", "index", "time", "kind", "actor")
    return [*entries, *Head.objects.order_by("id").values_list("id", "log", "size", "time", "key")]


def test_the_tables_are_those_of_the_models():
    assert set(triggers.TABLES) == {Entry._meta.db_table, Head._meta.db_table}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET actor = 'member:2'",
        'UPDATE log_entry SET actor = actor WHERE "index" = 1',
        'DELETE FROM log_entry WHERE "index" = 1',
        "DELETE FROM log_entry",
        "UPDATE log_head SET size = 9 WHERE size = 2",
        "DELETE FROM log_head WHERE size = 2",
        UPSERT,
    ],
)
def test_a_line_of_sql_by_hand_is_refused(filled, statement):
    before = rows()
    assert refused(statement)
    assert rows() == before


@pytest.mark.skipif(not SQLITE, reason="INSERT OR REPLACE is SQLite's")
@pytest.mark.parametrize("by", ["id", "place"])
def test_insert_or_replace_is_refused(filled, by):
    row = filled.entries.get(index=0)
    key = row.id if by == "id" else 10_000
    place = 77 if by == "id" else 0
    assert refused(
        'INSERT OR REPLACE INTO log_entry (id, log_id, "index", time, kind, actor, commitment) VALUES (%s,%s,%s,%s,%s,%s,%s)',
        key, filled.id.hex, place, row.time, row.kind, "member:2", row.commitment,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(SQLITE, reason="TRUNCATE is PostgreSQL's")
@pytest.mark.parametrize("statement", ["TRUNCATE log_head", "TRUNCATE log_entry CASCADE", "TRUNCATE log_log CASCADE"])
def test_truncate_is_refused(filled, statement):
    assert refused(statement)


@pytest.mark.parametrize(
    "change",
    [lambda: Head.objects.all().delete(), lambda: Head.objects.update(size=9), lambda: Entry.objects.update(actor="x")],
)
def test_the_orm_is_refused_as_well(filled, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()


def test_appending_goes_on(filled):
    with transaction.atomic():
        row = services.append(log=filled, kind="company:incident:opened", actor="member:1", payload={})
    assert row.index == 2


def test_in_a_migrated_database_nothing_is_missing(db):
    triggers.check()
    assert triggers.put_back() == []


def test_triggers_that_were_dropped_are_told_by_name_and_put_back(filled):
    triggers.take_away()
    with pytest.raises(Problem) as problem:
        triggers.check()
    assert "log_entry_no_update" in problem.value.place
    assert "log_head_no_delete" in problem.value.place
    assert "python -m django migrate --settings madoguchi.app.settings.company" in problem.value.say("ja")
    assert not refused("UPDATE log_head SET size = 2 WHERE size = 2")
    assert len(triggers.put_back()) == 6
    triggers.check()
    assert refused("UPDATE log_head SET size = 2 WHERE size = 2")


def test_a_trigger_that_does_nothing_any_more_is_found_and_put_right(filled):
    with connection.cursor() as cursor:
        if SQLITE:
            cursor.execute("DROP TRIGGER log_entry_no_update")
            cursor.execute("CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION madoguchi_append_only() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
            )
    with pytest.raises(Problem, match="log_entry_no_update"):
        triggers.check()
    triggers.put_back()
    triggers.check()
    assert refused("UPDATE log_entry SET actor = 'member:2'")


@pytest.mark.skipif(SQLITE, reason="SQLite cannot switch a trigger off")
def test_a_trigger_that_was_switched_off_is_found_and_put_back(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE log_entry DISABLE TRIGGER USER")
    with pytest.raises(Problem, match="log_entry_no_delete"):
        triggers.check()
    triggers.put_back()
    triggers.check()


@pytest.mark.django_db(transaction=True)
def test_each_migration_puts_them_back(log):
    triggers.take_away()
    call_command("migrate", verbosity=0)
    triggers.check()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_keeps_the_rows_and_the_guard(filled):
    state = MigrationLoader(connection).project_state()
    for length in (101, 100):
        wider = AlterField("entry", "actor", models.CharField(max_length=length))
        after = state.clone()
        wider.state_forwards("log", after)
        with connection.schema_editor() as editor:
            wider.database_forwards("log", editor, state, after)
        state = after
    call_command("migrate", verbosity=0)
    triggers.check()
    assert Entry.objects.count() == 2
    assert refused("DELETE FROM log_entry")


def test_a_database_without_the_tables_has_nothing_to_guard(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE log_head RENAME TO log_head_elsewhere")
    assert triggers.put_back() == []
