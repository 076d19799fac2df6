"""`madoguchi scope`: who was affected, by which items."""

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from madoguchi.cli.common import answer_json, answer_text, answers
from madoguchi.problem import Lang, Problem

if TYPE_CHECKING:
    from madoguchi.scope import Result

DONE, NEGATIVE = 0, 1


@click.command(
    "scope",
    help="だれの、どの情報が漏れたか / who was affected, by which items: leaked files (LEAK…) or a window of reach.",
)
@click.argument("leak", nargs=-1)
@click.option("--people", required=True, help="名簿（CSV） / the people list (CSV).")
@click.option(
    "--out",
    required=True,
    help="結果を置くフォルダー / folder for people.csv, summary.json, affected.parquet, run.json.",
)
@click.option("--columns", default=None, help="列の意味（YAML） / what a column means: `heading: item`.")
@click.option("--reach", default=None, help="侵入者が届いた範囲（YAML） / what the intruder could reach.")
@click.option("--engine", type=click.Choice(["local", "dask", "spark"]), default="local")
@answers
def command(
    leak: tuple[str, ...],
    people: str,
    out: str,
    columns: str | None,
    reach: str | None,
    engine: str,
    as_json: bool,
    lang: Lang,
) -> int:
    """Scan, write the four files, and say in short what they hold; 1 when some of the material could not be read."""
    from madoguchi.scope import files, scan

    if engine != "local":
        raise Problem(
            ja=f"エンジン {engine} はまだ使えません。--engine local で実行してください。",
            en=f"the engine {engine} is not there yet; run with --engine local",
        )
    folder = Path(out)
    files.check(folder)
    with tempfile.TemporaryDirectory(prefix="madoguchi-stdin-") as held, _Bar() as bar:
        result = scan(
            [_path(name, held) for name in leak],
            _path(people, held),
            columns=_path(columns, held) if columns else None,
            reach=Path(reach) if reach else None,
            now=datetime.now(UTC),
            progress=bar.tell,
        )
    files.write(result, folder)
    if as_json:
        answer_json(result.summary)
    else:
        answer_text(say(result, folder, lang))
    return NEGATIVE if result.partly else DONE


def _path(name: str, held: str) -> Path:
    """Return a FILE as a path; standard input (``-``) is laid down in the folder ``held`` first, under that name."""
    if name != "-":
        return Path(name)
    path = Path(held) / "-"
    if not path.exists():
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
    return path


class _Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TimeRemainingColumn

            self._bar = Progress(
                "scope", BarColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
            )
            self._bar.start()
            self._task = self._bar.add_task("scope", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, done: int, total: int) -> None:
        """Move the bar."""
        if self._bar:
            self._bar.update(self._task, completed=done, total=total)


_TEXTS = {
    "tiers": {
        "ja": "漏えいを確認した人: {proved}　可能性がある人: {possible}　対象システムに登録のある人: {population}（名簿 {people} 人）",
        "en": "proved: {proved}, possible: {possible}, population: {population} (of {people} people in the list)",
        "ja-easy": "情報（じょうほう）が もれた人（ひと）: {proved}　もれたかもしれない人: {possible}　そのシステムに 登録（とうろく）がある人: {population}（名簿（めいぼ）は {people} 人）",
    },
    "unread": {
        "ja": "読めなかったもの: {place}: {reason}",
        "en": "not read: {place}: {reason_en}",
        "ja-easy": "読（よ）めなかったもの: {place}: {reason}",
    },
    "strangers": {
        "ja": "人についての {of} 行のうち {rows} 行は、名簿のだれのものか分かりませんでした（名簿にない方か、手がかりが足りない行です）。",
        "en": "of {of} rows about people, {rows} could be tied to nobody on the list (other people, or too little to tell)",
        "ja-easy": "人（ひと）の 情報（じょうほう）が {of} 行（ぎょう）ありました。{rows} 行は、名簿（めいぼ）の だれか 分（わ）かりません。",
    },
    "out": {"ja": "結果: {out}", "en": "result: {out}", "ja-easy": "結果（けっか）: {out}"},
}


def say(result: "Result", folder: Path, lang: Lang) -> str:
    """Return the short answer for a person: how many by tier and item, what was not read, where the files lie."""
    from madoguchi.catalogue.corpus import items

    summary = result.summary
    lines = [_TEXTS["tiers"][lang].format(**summary["people"], people=summary["list"]["people"])]
    for counts in summary["items"].values():
        lines += [f"  {items()[item].names.say(lang)}: {count}" for item, count in counts.items()]
    if summary["not_in_list"]["rows"]:
        lines.append(_TEXTS["strangers"][lang].format(**summary["not_in_list"]))
    lines += [_TEXTS["unread"][lang].format(**entry) for entry in summary["unread"]]
    return "\n".join([*lines, _TEXTS["out"][lang].format(out=folder)])
