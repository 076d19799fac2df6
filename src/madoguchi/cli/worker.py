"""`madoguchi worker`: background work of one home; any number may run."""

import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import click


@click.command(
    "worker", help="ホームの裏方の仕事（送信など） / background work of a home: mail, clocks, jobs. Ctrl-C stops."
)
@click.option(
    "--home", type=click.Path(path_type=Path), help="ホームのフォルダー / the home's folder; else MADOGUCHI_HOME."
)
def command(home: Path | None) -> int:
    """Work until told to stop; the piece of work at hand is finished first."""
    from madoguchi.app import setup
    from madoguchi.app.home import from_environment, open_home

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    setup.start(open_home(home) if home else from_environment())

    from madoguchi.app.due.worker import work
    from madoguchi.app.mail.work import watch

    watch(datetime.now(UTC))
    sys.stderr.write("madoguchi worker: ready\n")
    sys.stderr.flush()
    work(stop=stop)
    return 0
