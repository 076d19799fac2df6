"""A reply cut into clauses: what each says, how it says it, and the answer to which question it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from madoguchi import catalogue
from madoguchi.law import bodies
from madoguchi.reading.flat import Span
from madoguchi.reading.questions import Asked
from madoguchi.reading.reply import words as reply_words
from madoguchi.reading.reply.own import Own
from madoguchi.reading.reply.places import Placed, placed
from madoguchi.reading.sentences import Sentence
from madoguchi.text import phones
from madoguchi.text.fold import key as compared

Stance = Literal["states", "refuses", "pending", "dated", "elsewhere", "courtesy", "asks"]
WORD_FEATURES = frozenset({"own", "carried", "items", "general", "day", "month", "number", "link", "contact", "may"})
"""The features that the words themselves show; the others are facts that the announcement's reader found."""
_LONGEST = 600
"""Characters of a clause that patterns look at; more is no clause."""
_MOST = 200
"""Facts of one sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Half a sentence at most.

    ``said`` is all of it, ``fact`` without what it repeats of the question and without conditions, ``open``
    with the conditions. ``span`` is the
    whole sentence's, ``place`` its own. ``here`` are the questions (by index) in whose answer it stands, ``heading``
    what stands over it.
    """

    said: str
    fact: str
    open: str
    stance: Stance
    span: Span
    place: Span
    here: frozenset[int]
    heading: str
    explicit: bool = False
    features: frozenset[str] = field(default_factory=frozenset)
    why: Span | None = None


def clauses(own: Own, asked: Sequence[Asked], facts: Sequence[tuple[Span, str]]) -> list[Clause]:
    """Return the clauses of a reply's own words; ``facts`` are the features that hold at a place."""
    found: list[Clause] = []
    sentences = placed(own, asked)
    at = 0
    ordered = sorted(facts)
    for index, one in enumerate(sentences):
        while at < len(ordered) and ordered[at][0].end <= one.sentence.span().start:
            at += 1
        near = list(_upto(ordered, at, one.sentence.span().end))[:_MOST]
        before = found[-1] if found else None
        for clause in _of_sentence(one, sentences[index + 1 : index + 31], near):
            found.append(_carried(clause, before))
            before = found[-1]
    return found


def _upto(facts: Sequence[tuple[Span, str]], start: int, end: int) -> Iterator[tuple[Span, str]]:
    for span, feature in facts[start:]:
        if span.start >= end:
            return
        yield span, feature


def _of_sentence(one: Placed, after: Sequence[Placed], facts: Sequence[tuple[Span, str]]) -> Iterator[Clause]:
    sentence, words = one.sentence, reply_words.stances()
    start = one.body
    text = sentence.text
    ends = [cut.end() for cut in words.cuts.finditer(text, start)]
    span = sentence.span()
    for begin, cut_at in zip([start, *ends], [*ends, len(text)], strict=True):
        end = min(cut_at, begin + 2 * _LONGEST)
        if begin >= end:
            continue
        place = sentence.span(begin, end)
        here = {name for where, name in facts if where.start < place.end and where.end > place.start}
        yield _clause(one, reply_words.plain(text[begin:end])[:_LONGEST], span, place, here, why=None)
    listed = _list_after(one, after)
    if listed:
        whole = "、".join(
            [reply_words.plain(text[start:]), *(reply_words.plain(item.sentence.text) for item in listed)]
        )
        last = listed[-1].sentence.span()
        place = Span(span.start, last.end)
        yield _clause(one, whole[:_LONGEST], place, place, set(), why=None)


def _list_after(one: Placed, after: Sequence[Placed]) -> list[Placed]:
    """Return the list that a sentence announces (以下のとおり)."""
    words = reply_words.stances()
    text = one.sentence.text
    lead = words.list_lead.search(text) and (len(text) < 120)
    if not lead or words.refused.found(text) or words.courtesy.search(text):
        return []
    found: list[Placed] = []
    for item in after:
        known = item.sentence
        short = known.kind == "prose" and len(known.text) <= 60 and not _says(known.text)
        if item.marked or not (known.kind == "item" or short):
            break
        found.append(item)
    return found


def _says(text: str) -> bool:
    return bool(reply_words.questions().states.search(text) or reply_words.stances().requests.search(text))


def _clause(one: Placed, said: str, span: Span, place: Span, facts: set[str], why: Span | None) -> Clause:
    words = reply_words.stances()
    said = reply_words.questions().connectives.sub("", said)
    fact = said
    for repeated in words.repeated:
        fact = repeated.sub("", fact)
    still = fact
    for condition in words.conditions:
        fact = condition.sub(lambda m: m[0] if words.conditions_no.search(m[0]) else "", fact)
    heading = reply_words.plain(one.heading)
    if heading and not _says(said) and not reply_words.questions().asks.search(heading):
        fact = f"{heading}:{fact}"
    stance = _stance(said, fact)
    if stance == "refuses":
        why = _why(one.sentence) or why
    return Clause(
        said, fact, still, stance, span, place, one.here, heading, one.explicit, frozenset(facts | _features(fact)), why
    )


def _stance(said: str, fact: str) -> Stance:
    words = reply_words.stances()
    if words.questions.search(said) and not words.requests.search(said):
        return "asks"
    waiting = words.pending.found(said)
    if words.refused.found(said):
        for_now = waiting and words.for_now.search(said)
        return "pending" if for_now else "refuses"
    if words.courtesy.search(said) and not words.courtesy_no.search(said):
        return "courtesy"
    if (
        words.dated.search(fact or said)
        and not words.dated_no.search(said)
        and words.promises.search(said)
        and (waiting or words.later.search(said))
    ):
        return "dated"
    if waiting:
        return "pending"
    return "elsewhere" if words.elsewhere.found(said) else "states"


def _why(sentence: Sentence) -> Span | None:
    """Return where a refusal says its reason, or None."""
    for pattern in reply_words.stances().refusal_reasons:
        found = pattern.search(sentence.text, 0, _LONGEST)
        if found and found.group().strip("、 "):
            return sentence.span(found.start(), found.end())
    return None


@cache
def _terms() -> dict[str, re.Pattern[str]]:
    return {
        name: reply_words.term(name) for name in ("own", "general", "day", "month", "number", "link", "contact", "may")
    }


def _features(fact: str) -> set[str]:
    terms = _terms()
    found = {name for name, pattern in terms.items() if name not in {"own", "contact"} and pattern.search(fact)}
    if any(phones.canonical(hit.group()) not in bodies.numbers() for hit in terms["contact"].finditer(fact)):
        found.add("contact")  # whose number it is: that of a public body is no window of the company's
    if terms["own"].search(terms["general"].sub("", fact)):
        found.add("own")
    if items_in(fact):
        found.add("items")
    return found


@cache
def _item_words() -> re.Pattern[str]:
    words = {compared(word) for item in catalogue.items().values() for word in item.words if len(word) > 1}
    english = {item.names.en.casefold().replace(" ", "") for item in catalogue.items().values()}
    return re.compile("|".join(map(re.escape, sorted(words | english, key=len, reverse=True))))


def items_in(text: str) -> bool:
    """Return whether a text names an item of the catalogue."""
    return bool(_item_words().search(compared(text)))


def _carried(clause: Clause, before: Clause | None) -> Clause:
    """Return the clause as being about the one who asked, where the one before it was and this names nobody else."""
    if before and before.stance == "refuses" and reply_words.stances().reason_line.match(clause.said):
        return replace(clause, stance="courtesy")  # 理由：… behind a refusal answers nothing
    if before is None or "own" in clause.features or "general" in clause.features or "own" not in before.features:
        return clause
    if (
        "carried" in before.features
        or before.stance != "states"
        or clause.stance != "states"
        or before.here != clause.here
    ):
        return clause
    return Clause(
        clause.said, clause.fact, clause.open, clause.stance, clause.span, clause.place, clause.here, clause.heading,
        clause.explicit,
        clause.features | {"own", "carried"}, clause.why,
    )  # fmt: skip
