"""What every command shares: its options, its input, its answer."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from madoguchi.problem import LANGS, Problem


def answers(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the two options of every command that answers: ``as_json`` and ``lang``."""
    function = click.option(
        "--json", "as_json", is_flag=True, help="JSON で答える / one JSON document on standard output."
    )(function)
    return click.option("--lang", type=click.Choice(LANGS), default="ja", help="答えの言語 / language of the answer.")(
        function
    )


def read_input(name: str) -> tuple[bytes, str]:
    """Return the bytes of FILE (``-`` is standard input) and the name to show; `Problem` when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read(), "-"
    try:
        return Path(name).read_bytes(), name
    except OSError as error:
        raise cannot_read(name, error) from None


def cannot_read(name: str, error: OSError) -> Problem:
    """Return what to say of a file that the system does not give."""
    if isinstance(error, FileNotFoundError):
        return Problem(
            ja="ファイルが見つかりません。名前と場所を確かめてください。",
            en="no such file; check its name and folder",
            file=name,
        )
    if isinstance(error, IsADirectoryError):
        return Problem(ja="フォルダーです。ファイルを指定してください。", en="this is a folder; name a file", file=name)
    return Problem(
        ja=f"ファイルを読めません（{error.strerror}）。読み取りの許可を確かめてください。",
        en=f"the file cannot be read ({error.strerror}); check that you may read it",
        file=name,
    )


def answer_json(value: Any) -> None:
    """Write the one JSON document of ``--json``."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def answer_text(text: str) -> None:
    """Write the answer for a person."""
    sys.stdout.write(text.rstrip("\n") + "\n")
