"""Start the application on a home: the one way in for the command line, the worker and the demo."""

import os

import django
from django.core import checks

from madoguchi.app.home import ENVIRONMENT, Home
from madoguchi.problem import Problem

SETTINGS = "DJANGO_SETTINGS_MODULE"


def start(home: Home) -> None:
    """Make this process work on ``home``: settings, tables up to date, the record's triggers in place, checks passed.

    One home a process; calling it again for the same home does nothing new. `Problem` when the database does not
    answer, was used by a newer Madoguchi, or does not pass its checks.
    """
    from django.conf import settings

    if settings.configured and settings.HOME.path != home.path:
        raise Problem(
            ja="一つのプログラムが扱えるホームは一つです。もう一つのホームには別に起動してください。",
            en="one program works on one home; start another one for the other home",
            file=str(home.path),
        )
    os.environ[ENVIRONMENT] = str(home.path)
    os.environ[SETTINGS] = f"madoguchi.app.settings.{home.mode}"
    django.setup()
    from madoguchi.app.log import triggers

    with home.locked():
        _migrate(home)
        # Put back after each migration by app.log itself; gone at a start means that somebody dropped them, and is said.
        triggers.check()
        if home.mode == "person":
            _the_person()
    _check(home)


def _migrate(home: Home) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        if connection.vendor == "postgresql":
            # Once without the pool, which would go on asking a server that is not there for its whole patience.
            connection.Database.connect(**connection.get_connection_params(), connect_timeout=5).close()
        executor = MigrationExecutor(connection)
        known = set(executor.loader.disk_migrations)
        newer = sorted(set(executor.loader.applied_migrations) - known)
        if newer:
            raise Problem(
                ja="このホームは、より新しい Madoguchi で使われています。新しい Madoguchi で開いてください。",
                en=f"this home was used by a newer Madoguchi ({'.'.join(newer[0])}); open it with that one",
                file=str(home.path),
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, connection.Database.Error) as error:
        raise Problem(
            ja="データベースが使えません。サーバーが動いているか、home.toml の database を確かめてください。",
            en=f"the database cannot be used ({type(error).__name__}); see that its server runs and check home.toml",
            file=str(home.path),
        ) from error


def _the_person() -> None:
    """Make the one implicit organisation of a person's home."""
    from madoguchi.app.accounts.models import Organisation
    from madoguchi.app.accounts.permission import System
    from madoguchi.app.accounts.services import create_organisation

    if not Organisation.objects.exists():
        create_organisation(by=System("setup"), name="本人")


def _check(home: Home) -> None:
    errors = [message for message in checks.run_checks() if message.level >= checks.ERROR]
    if errors:
        first = errors[0]
        raise Problem(
            ja=f"起動前の点検で問題が見つかりました（{first.id}）。{first.hint or first.msg}",
            en=f"the check before the start failed ({first.id}): {first.msg}",
            file=str(home.path),
        )
