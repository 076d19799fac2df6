"""`madoguchi read FILE --kind …`: the facts that a company's text states."""

from typing import TYPE_CHECKING

import click

from madoguchi.cli.common import answer_json, answer_text, answers, read_input
from madoguchi.problem import Lang, Problem

if TYPE_CHECKING:
    from madoguchi.reading.questions import Asked


@click.command(
    "read",
    help="会社の文章に書かれていること / the facts that a company's text states (FILE is text, HTML, PDF or EML; - reads standard input).",
)
@click.argument("file")
@click.option(
    "--kind",
    type=click.Choice(["announcement", "reply", "policy"]),
    required=True,
    help="announcement：お知らせ・本人通知、reply：問い合わせへの回答、policy：プライバシーポリシー",
)
@click.option(
    "--inquiry", metavar="FILE", help="回答に対して何を尋ねたか（問い合わせの文） / what was asked, for a reply."
)
@answers
def command(file: str, kind: str, inquiry: str | None, as_json: bool, lang: Lang) -> int:
    """Answer the contract's `read`; exit 0 whatever the text states."""
    from madoguchi.intake import document
    from madoguchi.reading import say

    if inquiry is not None and kind != "reply":
        raise Problem(
            ja="--inquiry は --kind reply と一緒に使います。", en="--inquiry goes with --kind reply", place="--inquiry"
        )
    if inquiry == file == "-":
        raise Problem(
            ja="標準入力から読めるのは1つだけです。どちらかをファイルで渡してください。",
            en="only one of the two can come from standard input; give the other as a file",
            place="--inquiry",
        )
    asked = _asked(inquiry) if inquiry is not None else None
    data, name = read_input(file)
    text = document.read(data, name).text
    try:
        if kind == "reply":
            from madoguchi.reading.reply.read import read_reply

            found, told = read_reply(text, asked).answer(), say.reply
        elif kind == "policy":
            from madoguchi.reading.policy.read import read_policy

            found, told = read_policy(text).answer(), say.policy
        else:
            from madoguchi.reading.announcement import check_language, read_announcement

            check_language(text)
            found, told = read_announcement(text).answer(), say.announcement
    except Problem as problem:
        raise problem.at(file=name) from None
    if as_json:
        answer_json(found)
    else:
        answer_text(told(found, text, lang))
    return 0


def _asked(file: str) -> "list[Asked]":
    """Return what was asked: the questions of a signed inquiry, else those of a plain letter."""
    from madoguchi.exchange import Inquiry, carry, open_inquiry
    from madoguchi.intake import document
    from madoguchi.reading import questions

    data, name = read_input(file)
    given = document.read(data, name)
    try:
        attached = given.mail.attachments if given.mail else ()
        signed = carry.find(given.text, [(one.name, one.type, one.data) for one in attached])
        for jws in signed:
            # One's own inquiry: it matters what was asked, not to whom and when.
            statement = open_inquiry(jws, to=None, now=None).statement
            if isinstance(statement, Inquiry):
                return [questions.Asked(q.key, q.text, q.number, q.ground) for q in statement.body.questions]
    except Problem as problem:
        raise problem.at(file=name) from None
    found = questions.of_letter(given.text)
    if not found:
        raise Problem(
            ja="質問が見つかりません。質問を「1. …」のように1つずつ書いた問い合わせの文を渡してください。",
            en="no question was found; give the inquiry with its questions written one by one (1. …)",
            file=name,
        )
    return found
