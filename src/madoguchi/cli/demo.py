"""`madoguchi demo`: the main job from end to end on the sample, headless."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from madoguchi.cli.common import answer_json, answer_text, answers
from madoguchi.problem import Lang, Problem

if TYPE_CHECKING:
    from madoguchi.app.demo.post_office import PostOffice

MARK = "demo.json"


@click.command("demo", help="架空のお店で全体を通す / the main job from end to end on a made-up shop; papers in --out.")
@click.option(
    "--out",
    default="madoguchi-demo",
    show_default=True,
    help="書類を置くフォルダー / folder for all papers; an earlier demo is replaced.",
)
@answers
def command(out: str, as_json: bool, lang: Lang) -> int:
    """Make the sample, open post office and web site on this machine, and have each side tell its half."""
    folder = Path(out).absolute()
    _new_folder(folder)
    steps: list[dict[str, Any]] = []
    for told in _tell(folder):
        steps.append(told)
        if not as_json:
            answer_text(f"{told['seconds']:>7} s  {told[_words(lang)]}")
    done = {"out": str(folder), "steps": steps, "seconds": round(sum(step["seconds"] for step in steps), 2)}
    (folder / MARK).write_text(json.dumps(done, ensure_ascii=False, indent=2), encoding="utf-8")
    (folder / "README.txt").write_text(GUIDE, encoding="utf-8")
    if as_json:
        answer_json(done)
    else:
        answer_text(f"{done['seconds']:>7} s  " + CLOSING[_words(lang)].format(folder=folder))
    return 0


# Who tells which part, in the order of the days; "swindler" is a stranger who writes into the thread of story B.
COURSE = (
    ("company", "open"),
    ("company", "A1"),
    ("person", "A1"),
    ("company", "A2"),
    ("person", "A2"),
    ("company", "A3"),
    ("person", "A3"),
    ("company", "B1"),
    ("person", "B1"),
    ("swindler", "B"),
    ("company", "B2"),
    ("person", "B2"),
    ("company", "verify"),
    ("person", "verify"),
)


def _tell(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield each step as it is done: each side in processes of its own, between them a post office and a web site."""
    from madoguchi.app.demo import between
    from madoguchi.app.demo.sample import make

    start = time.perf_counter()
    sample = make(folder / "sample", now=datetime.now(ZoneInfo("Asia/Tokyo")))
    sample.write(folder / "sample" / "sample.json")
    seconds = round(time.perf_counter() - start, 2)
    ja = f"架空のお店の名簿（{sample.listed:,}人）、流出したデータベース、アクセスログを作りました。"
    en = f"a made-up shop's list ({sample.listed:,} people), stolen database and access log are made"
    yield {"step": "sample", "ja": ja, "en": en, "seconds": seconds}
    with between.opened(folder, sample) as (office, places), _Sign(office) as sign:
        between.order_mail(places)
        for side, part in COURSE:
            if side == "swindler":
                between.fake_support(places)
                continue
            for line in _side(f"madoguchi.app.demo.{side}", [folder / "places.json", part]):
                if "step" in line:
                    yield line
                else:
                    sign.begins(line["begins"])


class _Sign:
    """A sign of life on a real terminal: the step under way, and how many mails have arrived at the post office."""

    def __init__(self, office: "PostOffice") -> None:
        self._office = office
        self._status = Console(stderr=True).status("") if sys.stderr.isatty() else None
        self._timer: threading.Timer | None = None
        self._step = ""

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
            self._tick()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()
        if self._status:
            self._status.stop()

    def begins(self, step: str) -> None:
        """Name the step under way."""
        self._step = step

    def _tick(self) -> None:
        assert self._status is not None
        self._status.update(f"{self._step} … 郵便局に届いた通知 / mails at the post office: {self._office.count:,}")
        self._timer = threading.Timer(0.5, self._tick)
        self._timer.daemon = True
        self._timer.start()


def _side(module: str, arguments: list[object]) -> Iterator[dict[str, Any]]:
    """Run one side in a process of its own and yield the steps it prints; `Problem` when it ends otherwise."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MADOGUCHI_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)], stdout=subprocess.PIPE, env=environment, encoding="utf-8"
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
        if process.wait():
            raise Problem(
                ja=f"デモの途中で止まりました（終了コード {process.returncode}）。上の表示を添えて知らせてください。",
                en=f"the demo stopped on its way (exit code {process.returncode}); report it with what stands above",
                file=module,
            )
    finally:
        process.kill()
        process.wait()


def _new_folder(folder: Path) -> None:
    """Make the folder, in place of an earlier demo if there is one; refuse a folder that holds anything else."""
    if folder.exists() and not folder.is_dir():
        raise Problem(
            ja="フォルダーではなくファイルです。別の名前を --out に指定してください。",
            en="this is a file, not a folder; name another place with --out",
            file=str(folder),
        )
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise Problem(
            ja="空のフォルダーではありません。新しいフォルダーを --out に指定してください。",
            en="the folder is not empty; name a new one with --out",
            file=str(folder),
        )
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        # From the start, so that a demo that was stopped half-way is replaced by the next one.
        (folder / MARK).write_text("{}", encoding="utf-8")
    except OSError as error:
        raise Problem(
            ja=f"フォルダーを作れません（{error.strerror}）。書き込める場所を --out に指定してください。",
            en=f"the folder cannot be made ({error.strerror}); name a place that you may write to with --out",
            file=str(folder),
        ) from None


def _words(lang: Lang) -> str:
    return "en" if lang == "en" else "ja"


CLOSING = {
    "ja": "おわりました。書類はここにあります：{folder}（README.txt に案内があります）",
    "en": "done. The papers lie in {folder} (README.txt says which is which)",
}
GUIDE = """みほん雑貨店（架空の店）と、そのお客様一人の、二つの事案の書類です。人も店も事件も架空です。
sample/          店の名簿、盗まれたデータベース、アクセスログ、決済ページの記録
company/papers/  店の側。A：データベースの流出、B：決済ページの改ざん。番号の順に、影響を受けた人、義務と期限、速報、本人通知、公表、
                 郵送に回した通知、問い合わせへの回答、確報、記録ファイル
person/papers/   本人の側。届いた通知、今夜すること、本物かどうか、書かれていること、問い合わせ先、問い合わせ、回答の判定、次の相談先、
                 記録ファイル
company/home/、person/home/    それぞれのホーム（データベースと鍵）。二つは、メールと店のウェブサイトだけを通じてやりとりします
company/mailbox/、person/mailbox/    それぞれに届いたメール
post-office/     練習用の郵便局を通ったすべてのメール。外には送られていません
web/site/        店のウェブサイトと、公開された鍵（.well-known/madoguchi.json）
demo.json        何に何秒かかったか
記録ファイルは、プロジェクトのフォルダーで「.venv/bin/madoguchi record verify …/case-file.zip --keys …/keys.json」と入力すると検証できます。

The papers of a made-up shop and one of its customers, in two incidents. The people, the shop and the events are invented.
sample/          the shop's list, the stolen database, the access log, what the payment page saw
company/papers/  the shop's side. A: the database was copied, B: the card form was skimmed. In order: who was affected,
                 duties and dates, prompt report, notices, announcement, what went by post, answers, final report, case file
person/papers/   the person's side: the notice, what to do tonight, is it true, what it says, whom to ask, the inquiry, the
                 reply judged, the next door, case file
company/home/, person/home/    their homes (database and keys); the two meet only by mail and the shop's web site
company/mailbox/, person/mailbox/    what arrived for each
post-office/     every mail that passed the practice post office; none was sent on
web/site/        the shop's web site, with its published keys (.well-known/madoguchi.json)
demo.json        what took how long
A case file is verified, from the project folder, by: .venv/bin/madoguchi record verify …/case-file.zip --keys …/keys.json
"""
