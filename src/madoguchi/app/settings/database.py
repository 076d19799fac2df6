"""The database of a home, as Django wants to have it told."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from madoguchi.app.home import FILE, Home
from madoguchi.problem import Problem

# Deferred transactions that read and then write fail with "database is locked" in spite of the timeout; IMMEDIATE ones
# wait their turn. FULL: a commit that was answered is on the disk, also when the power goes.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def database(home: Home) -> dict[str, Any]:
    """Return the ``default`` entry of Django's DATABASES for ``home``."""
    if not home.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.sqlite),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        }
    try:
        url = urlsplit(home.database)
        port = url.port or ""
    except ValueError:
        port, url = "", urlsplit("")
    name = unquote(url.path.removeprefix("/"))
    if not name or "/" in name:
        raise Problem(
            ja="データベースの場所が読めません。postgres://利用者:合言葉@ホスト:5432/名前 の形で書いてください。",
            en="the database cannot be understood; write it as postgres://user:password@host:5432/name",
            file=str(home.path / FILE),
            place="database",
        )
    options: dict[str, Any] = dict(parse_qsl(url.query))
    host = options.pop("host", None) or unquote(url.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }
