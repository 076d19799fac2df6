"""A report's facts as a `Letter`."""

from itertools import groupby

from madoguchi.law import report as law
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Note, Paragraph, Points, Table
from madoguchi.letters.report.facts import ReportFacts
from madoguchi.letters.report.form import Row, form
from madoguchi.letters.report.versions import carry, difference
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates


def make(facts: ReportFacts, lang: Lang = "ja", *, before: ReportFacts | None = None) -> Letter:
    """Return the report as a draft to be copied into the regulator's web form.

    With ``before``, the version reported last, fields left out are carried from it and the letter begins with what
    changed. `Problem` for an item that the catalogue does not have, or when old and new facts contradict each other.
    Source: 規則第8条第1項・第2項, ガイドライン通則編 3-5-3-3.
    """
    now = carry(before, facts) if before else facts
    wording = Wording("report", lang)
    rows = form(now, lang)
    title = wording.say(f"title.{now.kind}")
    name = now.reporter.name or wording.say("unknown")
    return Letter(
        kind="report",
        lang=lang,
        date=now.date,
        sender=now.reporter.name or "",
        subject=wording.say("subject", title=title, name=name),
        title=title,
        opening=tuple(_opening(now, wording)),
        blocks=(
            Paragraph(text=wording.say("draft")),
            *(_changes(before, facts, wording) if before else []),
            *_sections(rows, wording),
            *_open(rows, wording),
            Note(text=wording.say("choices_unconfirmed")),
        ),
    )


def _opening(facts: ReportFacts, wording: Wording) -> list[Block]:
    blocks: list[Block] = [Lines(texts=(dates.say(facts.date, wording.lang),), side="right")]
    if facts.destination:
        blocks.append(Lines(texts=(wording.say("to", destination=facts.destination),)))
    sender = tuple(text for text in (facts.reporter.name, facts.reporter.representative) if text)
    return [*blocks, Lines(texts=sender, side="right")] if sender else blocks


def _changes(before: ReportFacts, facts: ReportFacts, wording: Wording) -> list[Block]:
    changes = difference(before, facts, wording.lang)
    heading = Heading(text=wording.say("changes.heading"))
    if not changes:
        return [heading, Paragraph(text=wording.say("changes.none"))]
    head = tuple(wording.say(f"changes.{column}") for column in ("item", "field", "before", "after"))
    rows = tuple((_item(change.item, wording), change.field, change.before, change.after) for change in changes)
    return [heading, Table(head=head, rows=rows)]


def _sections(rows: list[Row], wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    for item, group in groupby(rows, key=lambda row: row.item):
        blocks.append(Heading(text=_item(item, wording, cited=True)))
        blocks.append(Table(rows=tuple((row.label, row.text) for row in group)))
    return blocks


def _open(rows: list[Row], wording: Wording) -> list[Block]:
    """The fields still unknown, by item, so that the next version forgets none (規則第8条第2項: 追完)."""
    unknown = [row for row in rows if not row.known]
    if not unknown:
        return []
    points = [
        wording.say("open.point", item=_item(item, wording), fields=wording.join([row.name for row in group]))
        for item, group in groupby(unknown, key=lambda row: row.item)
    ]
    return [
        Heading(text=wording.say("open.heading")),
        Paragraph(text=wording.say("open.text")),
        Points(texts=tuple(points)),
    ]


def _item(number: str, wording: Wording, *, cited: bool = False) -> str:
    """Return ``1 概要``, with the rule it stands in where it is a heading."""
    if number == "0":
        return wording.say("head")
    item = law.item(number)
    title = wording.say("item", number=number, title=item.title.say(wording.lang))
    return wording.say("with_detail", text=title, detail=item.citation) if cited else title
