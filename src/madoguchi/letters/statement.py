"""The public statement (公表文): what happened, whom it concerns, what is not known, and where to ask."""

from typing import NamedTuple

from madoguchi import harm
from madoguchi.letters.account import Account
from madoguchi.letters.facts import told
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Paragraph, Points, Table
from madoguchi.letters.public import PublicFacts, check_items
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang
from madoguchi.text import dates


class Change(NamedTuple):
    """One matter that the new statement tells otherwise: its key, name, and both texts; ``None`` where it was not told."""

    key: str
    label: str
    before: str | None
    after: str | None


def make(facts: PublicFacts, lang: Lang = "ja", *, before: PublicFacts | None = None) -> Letter:
    """Return the statement in ``lang``, ready for the company's own site.

    With ``before``, the statement published last, it begins with what has changed. `Problem` for an item that the
    catalogue does not have. Source: publication is desirable, no duty (ガイドライン通則編 3-5-2); its contents follow those
    of the notice (3-5-4).
    """
    check_items(facts)
    account, wording = Account(facts, lang), Wording("statement", lang)
    title = wording.say(f"title.{facts.certainty}", event=account.event, version=_version(facts, wording))
    compensation = account.compensation()
    sections: list[tuple[str, list[Block]]] = [
        ("course", _course(account, wording)),
        ("affected", _affected(account, wording)),
        ("cause", [Paragraph(text=account.cause().text)]),
        ("secondary", [Paragraph(text=account.secondary().text)]),
        ("ask", _ask(account, wording)),
        ("response", _response(account, wording)),
        ("prevention", _prevention(account, wording)),
        ("delay", [Paragraph(text=told(facts.delay_reason, lang))] if facts.delay_reason else []),
        ("compensation", [Paragraph(text=compensation.text)] if compensation else []),
        ("desk", _desk(account, wording)),
    ]
    told_ones = [(_heading(key, facts, wording), blocks) for key, blocks in sections if blocks]
    return Letter(
        kind="statement",
        lang=lang,
        date=facts.date,
        sender=facts.company,
        subject=wording.say("subject", title=title, company=facts.company),
        title=title,
        opening=tuple(_opening(account, wording)),
        blocks=(
            *_greeting(account, wording, before),
            *_changes(before, facts, wording),
            *(
                block
                for number, (heading, blocks) in enumerate(told_ones, 1)
                for block in (Heading(text=wording.say("numbered", number=number, heading=heading)), *blocks)
            ),
            *([Paragraph(text=wording.say("more"))] if account.something_is_open() else []),
            Lines(texts=(wording.say("end"),), side="right"),
        ),
    )


def changes(before: PublicFacts, after: PublicFacts, lang: Lang = "ja") -> list[Change]:
    """Return the matters of which ``after`` tells something else than ``before``, in the order of the statement."""
    old, new = (_matters(side, lang) for side in (before, after))
    # Sentences that name the day of publication differ every time; that is no change of facts.
    same_day = _matters(before.model_copy(update={"date": after.date}), lang)
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        now = new[key][1] if key in new else None
        if (same_day[key][1] if key in same_day else None) != now:
            found.append(Change(key, (new.get(key) or old[key])[0], old[key][1] if key in old else None, now))
    return found


def _matters(facts: PublicFacts, lang: Lang) -> dict[str, tuple[str, str]]:
    return {key: (label, matter.text) for key, label, matter in Account(facts, lang).rows()}


def _version(facts: PublicFacts, wording: Wording) -> str:
    if facts.number:
        return wording.say("version.corrected" if facts.correction else "version.number", number=facts.number)
    return wording.say("version.correction") if facts.correction else ""


def _heading(key: str, facts: PublicFacts, wording: Wording) -> str:
    if key == "ask" and set(facts.people_kinds) == {"customers"}:
        return wording.say("ask_customers")
    return wording.say(f"heading.{key}")


def _opening(account: Account, wording: Wording) -> list[Block]:
    facts = account.facts
    kind = "customers" if set(facts.people_kinds) == {"customers"} else "other"
    sender = (facts.company, facts.representative, facts.company_address)
    return [
        Lines(texts=(account.date,), side="right"),
        Lines(texts=(wording.say(f"addressee.{kind}"),)),
        Lines(texts=tuple(text for text in sender if text), side="right"),
    ]


def _greeting(account: Account, wording: Wording, before: PublicFacts | None) -> list[Block]:
    facts = account.facts
    previous = before.date if before else facts.previous_date
    texts = [wording.say("thanks")] if set(facts.people_kinds) == {"customers"} else []
    texts.append(wording.say(f"apology.{facts.certainty}", people=account.people, event=account.event))
    if previous:
        texts.append(wording.say("follows", previous=dates.say(previous, account.lang)))
    texts.append(wording.say("as_of", date=account.date))
    return [Paragraph(text=text) for text in texts]


def _changes(before: PublicFacts | None, facts: PublicFacts, wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    if facts.correction:
        blocks.append(Paragraph(text=told(facts.correction, wording.lang)))
    if before:
        rows = tuple((change.label, _change(change, wording)) for change in changes(before, facts, wording.lang))
        blocks.append(Table(rows=rows) if rows else Paragraph(text=wording.say("changes.none")))
    return [Heading(text=wording.say("heading.changes")), *blocks] if blocks else []


def _change(change: Change, wording: Wording) -> str:
    """Return both texts one under the other: side by side they do not fit a phone."""
    gone = wording.say("changes.gone")
    before = wording.say("changes.before", text=change.before or gone)
    return before + "\n" + wording.say("changes.after", text=change.after or gone)


def _course(account: Account, wording: Wording) -> list[Block]:
    facts = account.facts
    summary = told(facts.summary, account.lang) if facts.summary else wording.say("course.no_summary")
    blocks: list[Block] = [Paragraph(text=summary)]
    if facts.course:
        blocks.append(Table(rows=account.course()))
    return blocks


def _affected(account: Account, wording: Wording) -> list[Block]:
    shown = ("discovered", "occurred", "group", "persons", "with_card", "items", "not_affected")
    rows = {key: (label, matter.text) for key, label, matter in account.rows()}
    blocks: list[Block] = [Table(rows=tuple(rows[key] for key in shown if key in rows))]
    if len(account.facts.items or ()) > 1:
        blocks.append(Paragraph(text=wording.say("affected.own_items")))
    return blocks


def _ask(account: Account, wording: Wording) -> list[Block]:
    facts = account.facts
    start = facts.occurred.start if facts.occurred else None
    steps = harm.notice_advice(facts.items or (), account.lang, start)
    blocks: list[Block] = [
        Paragraph(text=wording.say("ask.intro")),
        Points(texts=tuple(steps) or (account.notice.say("advice.beware"),)),
        Paragraph(text=account.notice.say("advice.never_asked")),
    ]
    return blocks


def _response(account: Account, wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    if account.facts.company_did:
        blocks.append(Points(texts=tuple(told(text, account.lang) for text in account.facts.company_did)))
    blocks.append(Paragraph(text=account.told_individually().text))
    if filings := account.filings():
        blocks.append(Heading(text=wording.say("heading.filings"), level=3))
        blocks.append(Table(rows=filings))
    return blocks


def _prevention(account: Account, wording: Wording) -> list[Block]:
    blocks: list[Block] = []
    for which in ("done", "planned"):
        if texts := account.measures(which):
            blocks.append(Heading(text=wording.say(f"prevention.{which}"), level=3))
            blocks.append(Points(texts=texts))
    return blocks or [Paragraph(text=wording.say("prevention.unknown"))]


def _desk(account: Account, wording: Wording) -> list[Block]:
    rows = account.desk()
    return [Table(rows=rows) if rows else Paragraph(text=wording.say("desk.unknown"))]
