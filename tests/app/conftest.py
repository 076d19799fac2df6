"""Django for the tests under tests/app: a home of their own, on SQLite or PostgreSQL.

``MADOGUCHI_TEST_DATABASE`` is ``sqlite`` (also when it is not set) or ``postgresql``: a private cluster on a Unix socket
in a temporary folder, started with the first test that asks for the database and thrown away at the end. Where there is
no PostgreSQL server to start, these tests are skipped, unless ``MADOGUCHI_TEST_POSTGRESQL_REQUIRED`` is set.
Each process of pytest-xdist has its own home and its own cluster.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import django
import pytest
from django.test import TransactionTestCase

from madoguchi.app import home as homes

DATABASE = os.environ.get("MADOGUCHI_TEST_DATABASE", "sqlite")
REQUIRED = bool(os.environ.get("MADOGUCHI_TEST_POSTGRESQL_REQUIRED"))
if DATABASE not in ("sqlite", "postgresql"):
    raise pytest.UsageError(f"MADOGUCHI_TEST_DATABASE is sqlite or postgresql, not {DATABASE!r}")

# A Unix socket's path is at most 107 bytes long, so the folder is made where paths are short.
FOLDER = Path(tempfile.mkdtemp(prefix="mado-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def pg_bin() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, or None."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]  # Debian keeps it off the path
    if found:
        return max(found, key=lambda p: float(p.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A private PostgreSQL server on a Unix socket in ``folder``; nothing of it is synced, since nothing is kept."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        # The server refuses to run as root: then it runs as the user that its package made.
        self.user = "postgres" if os.getuid() == 0 else None
        folder.mkdir(mode=0o700)
        if self.user:
            folder.parent.chmod(0o711)
            shutil.chown(folder, self.user)

    def start(self) -> None:
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-U", "madoguchi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c full_page_writes=off "
            "-c synchronous_commit=off -c max_connections=60"
        )
        self.run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", str(self.folder / "server.log"), "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout.decode(errors='replace')[-2000:]}")


SOCKETS = FOLDER / "pg"


def url(name: str) -> str:
    """Return the URL of the database ``name`` of this process's cluster."""
    return f"postgres://madoguchi@/{name}?host={quote(str(SOCKETS), safe='')}"


# Test modules import models, so Django is set up before the first of them is collected. The home is of the company's
# mode, which holds every app; the person's is tried in processes of its own. The variables do not outlive this: programs
# started by tests, and the processes of xdist, must find a home of their own.
with pytest.MonkeyPatch.context() as patch:
    patch.setenv(
        homes.ENVIRONMENT,
        str(
            homes.create(FOLDER / "home", "company", database=url("madoguchi") if DATABASE == "postgresql" else "").path
        ),
    )
    patch.setenv("DJANGO_SETTINGS_MODULE", "madoguchi.app.settings.company")
    django.setup()


def _empty_with_the_record(self: TransactionTestCase) -> None:
    """Empty the tables after a test with real transactions; the record's triggers, which forbid it, come back with it."""
    from madoguchi.app.log import triggers

    triggers.take_away()
    _empty(self)
    triggers.check()


_empty, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, _empty_with_the_record


def pytest_report_header() -> str:
    """Say which database the tests of the application use."""
    return f"madoguchi database: {DATABASE}"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Return a running PostgreSQL server of this process's own, or skip with the reason."""
    programs = pg_bin()
    if programs is None:
        reason = "no PostgreSQL server on this machine (initdb was not found)"
        pytest.fail(reason) if REQUIRED else pytest.skip(reason)
    made = Cluster(SOCKETS, programs)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def postgresql_url(cluster: Cluster) -> str:
    """Return the URL of a new, empty PostgreSQL database."""
    name = f"n{uuid4().hex}"
    cluster.run("createdb", "-h", str(cluster.folder), "-U", "madoguchi", name)
    return url(name)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start the cluster, or put SQLite's test database into a file: WAL and other processes need one."""
    from django.db import connections

    if DATABASE == "sqlite":
        connections["default"].settings_dict["TEST"]["NAME"] = str(FOLDER / "test.sqlite3")
        yield
        return
    request.getfixturevalue("cluster")
    yield
    connections["default"].close_pool()


@pytest.fixture
def home(tmp_path: Path) -> homes.Home:
    """Return a new company's home with its key store."""
    from madoguchi.app.vault.keystore import KeyStore

    made = homes.create(tmp_path / "home", "company")
    KeyStore(made.keys).check()
    return made
