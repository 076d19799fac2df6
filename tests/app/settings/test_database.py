"""The database of a home is told to Django as the home file says it."""

from pathlib import Path

import pytest

from madoguchi.app.home import Home, MailServer
from madoguchi.app.settings.database import database
from madoguchi.problem import Problem


def home(url: str) -> Home:
    return Home(path=Path("/home/of/shop"), mode="company", database=url, mail=MailServer())


def test_without_a_url_the_database_is_a_file_in_the_home():
    told = database(home(""))
    assert told["ENGINE"] == "django.db.backends.sqlite3"
    assert told["NAME"] == str(Path("/home/of/shop/db.sqlite3"))
    assert told["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgres://u:p@db.example.jp:5433/shop", ("shop", "u", "p", "db.example.jp", 5433)),
        ("postgresql://u@db.example.jp/shop", ("shop", "u", "", "db.example.jp", "")),
        ("postgres://u:p%40s%2Fs%3A@h/shop", ("shop", "u", "p@s/s:", "h", "")),
        ("postgres://u@/shop?host=%2Fvar%2Frun%2Fpostgresql", ("shop", "u", "", "/var/run/postgresql", "")),
        ("postgres://u@%2Fvar%2Frun/shop", ("shop", "u", "", "/var/run", "")),
        ("postgres:///shop", ("shop", "", "", "", "")),
        ("postgres://u@[::1]:5432/%E5%BA%97", ("店", "u", "", "::1", 5432)),
    ],
)
def test_a_url_is_taken_apart(url: str, parts: tuple):
    told = database(home(url))
    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts
    assert told["OPTIONS"]["pool"]["max_size"] >= 4


def test_further_options_are_handed_on():
    assert database(home("postgres://u@h/n?sslmode=verify-full"))["OPTIONS"]["sslmode"] == "verify-full"


@pytest.mark.parametrize("url", ["postgres://u@h", "postgres://u@h/", "postgres://u@h/a/b", "postgres://u@h:port/n"])
def test_a_url_that_names_no_database_is_refused_with_the_form_to_write(url: str):
    with pytest.raises(Problem, match="postgres://user:password@host:5432/name") as caught:
        database(home(url))
    assert caught.value.place == "database"


def test_a_password_never_stands_in_the_sentence():
    with pytest.raises(Problem) as caught:
        database(home("postgres://u:geheim@h:port/n"))
    assert "geheim" not in caught.value.say("en") + caught.value.say("ja")
