"""`madoguchi record verify`: is this case file whole and unchanged, and signed by whom."""

import sys
from pathlib import Path
from typing import Self

import click

from madoguchi.cli.common import answer_json, answer_text, answers, cannot_read, read_input
from madoguchi.problem import Lang


@click.group("record", help="記録のファイルを確かめる / verify a case file.")
def command() -> None:
    """Hold the commands on case files."""


@command.command(
    "verify",
    help="欠けや書き換えがないか、だれの署名か / is this case file whole and unchanged, and signed by whom? Needs no network.",
)
@click.argument("file")
@click.option(
    "--keys",
    "keys_file",
    metavar="FILE",
    help='公開鍵 / public keys: {"example.co.jp": {"keys": [JWK, …]}}, or a published madoguchi.json.',
)
@answers
def verify(file: str, keys_file: str | None, *, as_json: bool, lang: Lang) -> int:
    """Answer with the verdict; 1 when the file is not whole or not signed by one of the given keys."""
    from madoguchi.record import keys
    from madoguchi.record import verify as verifier

    trusted = None
    if keys_file is not None:
        data, name = read_input(keys_file)
        trusted = keys.read_trusted(data, file=name)
    case_file = _read(file)
    with _Bar(lang) as bar:
        verdict = verifier.verify(case_file, trusted, progress=bar.show if bar.wanted else None)
    if as_json:
        answer_json(verdict.answer(lang))
    else:
        answer_text(verdict.say(lang))
    return 0 if verdict.whole else 1


def _read(name: str) -> bytes:
    """Return the case file, but no more of it than the verifier looks at: one byte over its limit is enough to say no."""
    from madoguchi.record import limits

    most = limits.FILE_BYTES + 1
    if name == "-":
        return sys.stdin.buffer.read(most)
    try:
        with Path(name).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise cannot_read(name, error) from None


class _Bar:
    """A progress bar on standard error, for a long record on a real terminal."""

    LONG = 2_000  # entries: about a second

    def __init__(self, lang: Lang) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self.wanted = console.is_terminal
        self._progress = Progress(console=console, transient=True)
        self._task = self._progress.add_task(
            {"ja": "確認中", "en": "verifying", "ja-easy": "確認中（かくにんちゅう）"}[lang]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress.live.is_started:  # stop() alone leaves an empty line on standard error
            self._progress.stop()

    def show(self, done: int, total: int) -> None:
        if total >= self.LONG and done % 100 == 0:
            self._progress.start()
            self._progress.update(self._task, completed=done, total=total)
