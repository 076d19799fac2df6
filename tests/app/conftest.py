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
from datetime import timedelta
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
# mode with the person's app beside it, which no real home has; that the two never meet is tried in processes of their
# own. The variables do not outlive this: programs started by tests, and the processes of xdist, must find a home of
# their own.
with pytest.MonkeyPatch.context() as patch:
    patch.setenv(
        homes.ENVIRONMENT,
        str(
            homes.create(FOLDER / "home", "company", database=url("madoguchi") if DATABASE == "postgresql" else "").path
        ),
    )
    patch.setenv("DJANGO_SETTINGS_MODULE", "madoguchi.app.settings.company")
    from django.conf import settings

    settings.INSTALLED_APPS.append("madoguchi.app.person")
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


# ---------------------------------------------------------------- a shop with an incident, for company, notices, reports

LISTED = """\
会員番号,氏名,メールアドレス,電話番号,郵便番号,住所
A1,山田 太郎,Taro.Yamada+shop@mail.example,090-1234-5678,100-0001,東京都千代田区千代田1-2-3
A2,髙橋 花子,hanako@mail.example,03-3344-5566,150-0002,東京都渋谷区渋谷4-5-6 コーポ空201
A3,髙橋 次郎,,03-3344-5566,150-0002,東京都渋谷区渋谷4-5-6 コーポ空201
A4,佐藤 三葉,,080-9999-0001,,
A5,鈴木 四郎,shiro あっと mail.example,070-2222-3333,530-0001,大阪府大阪市北区梅田7-8-9
A6,田中 五月,satsuki@mail.example,090-6666-7777,060-0001,北海道札幌市中央区北一条西2-3
"""
LEAKED_ACCOUNTS = """\
会員番号,氏名,メールアドレス,パスワード
A1,山田 太郎,taro.yamada@mail.example,himitsu-no-1
A2,髙橋 花子,hanako@mail.example,himitsu-no-2
"""
LEAKED_ORDERS = """\
会員番号,氏名,電話番号,カード番号,住所
A2,髙橋 花子,03-3344-5566,4111111111111111,東京都渋谷区渋谷4-5-6 コーポ空201
A3,髙橋 次郎,03-3344-5566,,東京都渋谷区渋谷4-5-6 コーポ空201
A4,佐藤 三葉,080-9999-0001,,
A5,鈴木 四郎,070-2222-3333,,
"""


class Shop:
    """A made-up shop with a member of each role, and short ways to bring an incident to where a test begins."""

    def __init__(self, files: "Files") -> None:
        from madoguchi.app.accounts.permission import System
        from madoguchi.app.accounts.services import add_member, create_organisation

        setup = System("setup")
        self.files = files
        self.organisation = create_organisation(
            by=setup,
            name="みなと堂",
            address="東京都港区見本1-1",
            representative="港 一郎",
            contact_name="港 七海",
            desk_name="お客様窓口",
            desk_phone="0120-000-000",
        )
        for role in ("owner", "manager", "staff", "desk", "viewer"):
            member = add_member(
                organisation=self.organisation, by=setup, email=f"{role}@minato.example", role=role, name=f"港 {role}"
            )
            setattr(self, role, member)

    def today(self):
        """Return the legal day."""
        from django.utils import timezone

        from madoguchi.app.days import legal_day

        return legal_day(timezone.now())

    def day(self, ago: int) -> str:
        """Return the legal day so many days ago, in ISO form."""
        return (self.today() - timedelta(days=ago)).isoformat()

    def facts(self, **more) -> dict:
        """Return facts on which the law can be asked and the papers made."""
        return {
            "known_on": self.day(3),
            "events": ["leak"],
            "items": ["name"],
            "unlawful_purpose": "suspected",
            "occurred": self.day(9),
            "summary": "名簿が外部に流出しました。",
            "company_did": ["公開を止めました。"],
            **more,
        }

    def incident(self, title: str = "名簿の流出", **facts):
        """Return a registered incident."""
        from madoguchi.app.company.services import register_incident

        return register_incident(
            organisation=self.organisation, by=self.manager, title=title, facts=self.facts(**facts)
        )

    def take(self, incident, result=None):
        """Return the scan taken over: what really stands in the leaked files, unless a result is given."""
        from madoguchi.app.company.services import take_scan

        return take_scan(
            incident=incident, by=self.manager, result=result or self.files.result, contacts=self.files.contacts
        )

    def assess(self, incident):
        """Return the duties as assessed today."""
        from madoguchi.app.company.services import assess_duties

        return assess_duties(incident=incident, by=self.manager, as_of=self.today())

    def report(self, incident, kind: str = "prompt"):
        """Return a report prepared by the manager on newly assessed duties."""
        from madoguchi.app.reports.services import prepare_report

        self.assess(incident)
        return prepare_report(incident=incident, by=self.manager, kind=kind, dated=self.today())

    def round(self, incident, *, approved: bool = True, lang: str = "ja"):
        """Return a round of notices, approved by the owner."""
        from madoguchi.app.notices.services import approve_round, prepare_round

        made = prepare_round(incident=incident, by=self.manager, lang=lang)
        return approve_round(round_=made, by=self.owner) if approved else made

    page = "https://www.minato.example/news/oshirase.html"

    def has_domain(self, domain: str = "minato.example", *, key: bool = False) -> None:
        """Give the shop its official domain, and a key to sign with."""
        from madoguchi.app.accounts.services import change_organisation
        from madoguchi.app.statements.services import make_key

        change_organisation(organisation=self.organisation, by=self.owner, domain=domain)
        self.organisation.refresh_from_db()
        if key:
            make_key(organisation=self.organisation, by=self.owner)

    def contact(self, list_id: str):
        """Return what the list says of a person."""
        return self.files.contacts[list_id]

    def persons(self, scan) -> dict:
        """Return the people of a scan by their id on the list."""
        from madoguchi.app.company.services.scans import contact_of

        return {contact_of(person).id: person for person in scan.people.order_by("number")}


class Files:
    """The shop's list, what leaked of it, and what a real scan finds there."""

    def __init__(self, folder: Path) -> None:
        from madoguchi import scope

        self.people = folder / "members.csv"
        self.people.write_text(LISTED, encoding="utf-8")
        self.leaks = [folder / "accounts.csv", folder / "orders.csv"]
        for path, text in zip(self.leaks, (LEAKED_ACCOUNTS, LEAKED_ORDERS), strict=True):
            path.write_text(text, encoding="utf-8")
        self.result = scope.scan(self.leaks, self.people)
        self.contacts = scope.contacts(self.people)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the files of the shop, scanned once."""
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch):
    """Give the home a mail server's name and a sender; nobody is called until the outbox is delivered."""
    from dataclasses import replace

    from django.conf import settings

    server = homes.MailServer(host="127.0.0.1", port=9, sender="privacy@minato.example")
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, mail=server))
    return server


@pytest.fixture
def shop_case(db, files: Files) -> Shop:
    """Return the shop."""
    return Shop(files)
