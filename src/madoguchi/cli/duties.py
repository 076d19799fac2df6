"""`madoguchi duties FILE`: what the law requires, by whom, by when, and why."""

import datetime as dt
from zoneinfo import ZoneInfo

import click

from madoguchi.cli.common import answer_json, answer_text, answers, read_input
from madoguchi.problem import Lang


@click.command(
    "duties",
    help="法律で必要なことと期限 / what the law requires on the facts in FILE (YAML or JSON; - reads standard input).",
)
@click.argument("file")
@answers
def command(file: str, as_json: bool, lang: Lang) -> int:
    """Answer the contract's `duties`; exit 0 whatever the answer is, since none of them is a failure."""
    from madoguchi import law

    data, name = read_input(file)
    assessment = law.assess(law.read(data, today=dt.datetime.now(ZoneInfo("Asia/Tokyo")).date(), file=name))
    if as_json:
        answer_json(assessment.answer(lang))
    else:
        answer_text(assessment.say(lang))
    return 0
