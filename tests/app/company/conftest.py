"""The whole database as bytes: what somebody finds who carries it away."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


def writings(text: str) -> set[bytes]:
    """Return ``text`` as a database file may hold it: UTF-8, UTF-16, JSON's escapes, and hexadecimal digits."""
    plain = text.encode()
    escaped = json.dumps(text)[1:-1].encode()
    return {plain, escaped, text.encode("utf-16-le"), plain.hex().encode(), escaped.hex().encode()}


@pytest.fixture
def raw_database(request: pytest.FixtureRequest, transactional_db) -> Callable[[], bytes]:
    """Return a function that returns every byte of the database: SQLite's file and its log, or PostgreSQL's dump."""
    from django.db import connection

    def read() -> bytes:
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            return b"".join(path.read_bytes() for path in Path(name).parent.glob(Path(name).name + "*"))
        cluster = request.getfixturevalue("cluster")
        dump = [str(cluster.programs / "pg_dump"), "-h", str(cluster.folder), "-U", "madoguchi", "--inserts", name]
        return subprocess.run(dump, stdout=subprocess.PIPE, check=True, cwd=cluster.folder).stdout

    return read


@pytest.fixture
def found_in_database(raw_database) -> Callable[[list[str]], set[str]]:
    """Return a function that tells which of some texts stand readable in the database."""

    def look(texts: list[str]) -> set[str]:
        data = raw_database()
        return {text for text in texts if any(writing in data for writing in writings(text))}

    return look
