"""Each mode starts on a home of its own, in a process of its own, on an empty folder and on one that was used before."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from madoguchi.app import home as homes
from madoguchi.app import setup
from madoguchi.app.home import Home
from madoguchi.problem import Problem

PROGRAM = str(Path(sys.executable).parent / "madoguchi")
START = """
import sys
from madoguchi.app import setup
from madoguchi.app.home import open_home
setup.start(open_home(sys.argv[1]))
from django.conf import settings
from django.apps import apps
from django.core.management import call_command
from django.db import connection
"""


def run(home: Home, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a new process that has started on ``home``."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", START + code, str(home.path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def at_once(home: Home) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(home.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    told = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
    assert (
        said(run(home, "from madoguchi.app.accounts.models import Organisation as O; print(O.objects.count())"))
        == "1\n"
    )


def test_a_persons_home_holds_nothing_of_the_company(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    labels = said(run(home, "print(*[a.label for a in apps.get_app_configs()])")).split()
    assert set(labels) >= {"accounts", "vault", "log", "due"}
    assert not {"company", "notices", "desk"} & set(labels)
    with closing(sqlite3.connect(home.sqlite)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not [name for name in tables if name.startswith(("company_", "notices_"))]


def test_a_persons_home_has_its_one_organisation_however_often_it_starts(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    for _ in range(2):
        code = "from madoguchi.app.accounts.models import Organisation as O; from madoguchi.app.log.models import Entry as E; print(O.objects.count(), E.objects.count())"
        assert said(run(home, code)).split() == ["1", "1"]


def test_a_company_starts_with_no_organisation_and_every_app(tmp_path: Path):
    home = homes.create(tmp_path / "shop", "company")
    code = """
from madoguchi.app.accounts.models import Organisation
print(Organisation.objects.count(), *[a.label for a in apps.get_app_configs()])
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
"""
    count, *labels = said(run(home, code)).split()
    assert count == "0"
    assert set(labels) >= {"accounts", "vault", "log", "due", "mail", "company", "notices"}


def test_a_home_on_postgresql_starts_and_starts_again(tmp_path: Path, postgresql_url: str):
    home = homes.create(tmp_path / "me", "person", database=postgresql_url)
    code = "from madoguchi.app.log.models import Entry; print(connection.vendor, Entry.objects.count())"
    assert [said(run(home, code)).split() for _ in range(2)] == [["postgresql", "1"]] * 2
    assert not home.sqlite.exists()


def test_the_settings_of_one_mode_refuse_the_other_ones_home(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    done = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        env={
            **os.environ,
            "MADOGUCHI_HOME": str(home.path),
            "DJANGO_SETTINGS_MODULE": "madoguchi.app.settings.company",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "of the mode 'person'" in done.stderr


def test_sqlite_is_safe_against_power_cuts_and_waits_instead_of_failing(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    code = """
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
        print(*cursor.execute(f"PRAGMA {pragma}").fetchone())
print(connection.transaction_mode)
"""
    assert said(run(home, code)).split() == ["wal", "2", "1", "20000", "IMMEDIATE"]


def test_the_secret_key_is_each_homes_own_and_stays(tmp_path: Path):
    keys = []
    for name in ("a", "b", "a"):
        home = homes.create(tmp_path / name, "person")
        keys.append(said(run(home, "print(settings.SECRET_KEY)")))
    assert len(keys[0].strip()) == 64
    assert keys[0] == keys[2] != keys[1]


def test_programs_started_at_once_set_one_home_up_together(tmp_path: Path):
    at_once(homes.create(tmp_path / "me", "person"))


def test_programs_started_at_once_set_one_postgresql_home_up_together(tmp_path: Path, postgresql_url: str):
    at_once(homes.create(tmp_path / "me", "person", database=postgresql_url))


def test_a_record_whose_triggers_were_dropped_is_found_at_the_start(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    said(run(home))
    with closing(sqlite3.connect(home.sqlite)) as database:
        (name, *_), *_ = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        database.execute(f'DROP TRIGGER "{name}"')
        database.commit()
    done = run(home)
    assert done.returncode != 0
    assert "triggers that keep the record append-only" in done.stderr


def test_a_home_used_by_a_newer_program_is_left_alone(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    said(run(home))
    with closing(sqlite3.connect(home.sqlite)) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '0099_future', '2030-01-01')"
        )
        database.commit()
    done = run(home)
    assert done.returncode != 0
    assert "used by a newer Madoguchi (accounts.0099_future)" in done.stderr


@pytest.mark.parametrize(
    "database", ["postgres://nobody@127.0.0.1:1/none", "postgres://nobody@/none?host=/nonexistent"]
)
def test_a_database_server_that_does_not_answer_is_one_clear_sentence(tmp_path: Path, database: str):
    done = run(homes.create(tmp_path / "shop", "company", database=database))
    assert done.returncode != 0
    assert "the database cannot be used" in done.stderr


def test_a_key_store_with_another_ones_root_key_is_found_at_the_start(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    said(run(home))
    (home.keys / "root.key").write_text("11" * 32)
    done = run(home)
    assert done.returncode != 0
    assert "do not belong together" in done.stderr


def test_one_program_works_on_one_home(home: Home):
    with pytest.raises(Problem, match="one program works on one home"):
        setup.start(home)


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM is POSIX's")
def test_the_worker_stops_cleanly_when_it_is_told_to(tmp_path: Path):
    home = homes.create(tmp_path / "me", "person")
    said(run(home))
    worker = subprocess.Popen(
        [PROGRAM, "worker", "--home", str(home.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "ready" in worker.stderr.readline()
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=60)
    finally:
        worker.kill()
    assert (worker.returncode, out, err) == (0, "", "")


def test_the_worker_without_a_home_says_what_is_missing(tmp_path: Path):
    done = subprocess.run(
        [PROGRAM, "worker", "--home", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
