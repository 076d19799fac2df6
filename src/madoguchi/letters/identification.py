"""The mail with a code (確認番号) to the address that the company holds: whoever reads it there returns the code."""

import datetime as dt

from madoguchi.letters.facts import Desk, Facts, Line
from madoguchi.letters.letter import Block, Letter, Lines, Paragraph
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang


class CodeFacts(Facts):
    """Whose desk asks, and the code. It names nobody: who reads it is not known to be the one who asked."""

    date: dt.date
    organisation: Line
    desk: Desk | None = None
    code: Line


def make(facts: CodeFacts, lang: Lang) -> Letter:
    """Return the mail with the code: what it is for, how to return it, and what to do for whoever did not ask."""
    wording = Wording("identification", lang)
    words = {"organisation": facts.organisation, "code": facts.code}
    desk = facts.desk or Desk()
    ways = [way for way in (desk.name, desk.phone, desk.email) if way]
    blocks: list[Block] = [
        Paragraph(text=wording.say("why", **words)),
        Lines(texts=(wording.say("code", **words),)),
        Paragraph(text=wording.say("how", **words)),
        Paragraph(text=wording.say("not_you", **words)),
        Paragraph(text=wording.say("never", **words)),
        Lines(texts=(facts.organisation, *ways)),
    ]
    return Letter(
        kind="identification",
        lang=lang,
        subject=wording.say("subject", **words),
        title=wording.say("title"),
        sender=facts.organisation,
        date=facts.date,
        blocks=tuple(blocks),
    )
