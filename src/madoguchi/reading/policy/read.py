"""A privacy policy, read: what is collected, why, how it is kept safe, to whom it goes, whom to ask."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from madoguchi.reading import organisation, windows, words_of_items
from madoguchi.reading.facts import Said, Window
from madoguchi.reading.flat import Span
from madoguchi.reading.policy.covers import Covered, covers
from madoguchi.reading.policy.sections import ENGLISH_ITEMS, WORDS, Placed, placed
from madoguchi.reading.sentences import split

_KINDS = ("never_given", "joint_use", "entrustment", "foreign", "by_law", "by_consent")


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence of the policy; ``key`` says of what kind it is where that matters."""

    text: str
    span: Span
    key: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the contract's entry."""
        key = {"key": self.key} if self.key else {}
        return {"text": self.text, **key, "span": list(self.span)}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy states, and how far it covers the matters of article 32(1) (`covers`)."""

    organisation: Said | None
    purposes: tuple[Stated, ...]
    items: tuple[Said, ...]
    safety_measures: tuple[Stated, ...]
    windows: tuple[Window, ...]
    third_parties: tuple[Stated, ...]
    covers: dict[str, Covered]

    def answer(self) -> dict[str, object]:
        """Return the contract's answer (`read --kind policy`)."""
        who = self.organisation
        return {
            "kind": "policy",
            "organisation": {"value": who.value, "span": list(who.span)} if who else None,
            "purposes": [one.as_dict() for one in self.purposes],
            "items": [{"key": one.value, "span": list(one.span)} for one in self.items],
            "safety_measures": [one.as_dict() for one in self.safety_measures],
            "windows": [
                {"channel": w.channel, "value": w.value, "name": w.name, "hours": w.hours, "span": list(w.span)}
                for w in self.windows
            ],
            "third_parties": [one.as_dict() for one in self.third_parties],
            "covers": {key: covered.cover for key, covered in self.covers.items()},
            "covers_spans": {key: list(c.span) if c.span else None for key, c in self.covers.items()},
        }


def read_policy(text: str) -> Policy:
    """Return what the privacy policy ``text`` (line ends ``\\n``) states; what it does not say stays empty.

    ``third_parties`` have as ``key`` one of never_given, joint_use, entrustment, foreign, by_law, by_consent, given.
    Spans are code points of ``text``. `Problem` when the text is too long.
    """
    sentences = split(text)
    told = list(placed(sentences))
    purposes = tuple(_stated(one) for one in told if _is_purpose(one))
    measures = tuple(_stated(one) for one in told if _is_measure(one))
    who = organisation.find(text, sentences)
    theirs = {one.sentence.span() for one in told if one.section == "certified_body"}
    desks = [window for window in windows.read(sentences) if not any(_within(window.span, span) for span in theirs)]
    return Policy(
        organisation=who,
        purposes=purposes,
        items=tuple(_items(told)),
        safety_measures=measures,
        windows=tuple(desks),
        third_parties=tuple(_third_parties(told)),
        covers=covers(
            told,
            named=who is not None,
            purposes=[one.span for one in purposes],
            measures=[one.span for one in measures],
        ),
    )


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _stated(one: Placed, key: str | None = None) -> Stated:
    return Stated(one.sentence.text, one.sentence.span(), key)


def _is_purpose(one: Placed) -> bool:
    text = one.sentence.text
    if one.sentence.label and WORDS["heading_purposes"].search(one.sentence.label) and one.sentence.body < len(text):
        return not WORDS["purpose_lead"].search(text[one.sentence.body :]) and not WORDS["purpose_vague"].search(text)
    if WORDS["purpose_not"].search(text) or WORDS["purpose_vague"].search(text):
        return False
    if one.section in {"purposes", "both"}:
        lead = WORDS["purpose_lead"].search(text)
        paired = one.section == "both" and bool(re.search(r"[\t/|]", text))
        return not lead and (
            paired or bool(WORDS["purpose"].search(text)) or (one.sentence.kind == "item" and len(text) > 4)
        )
    if one.section in {"safety_measures", "third_parties", "request_procedure", "fees", "certified_body"}:
        return False
    return bool(WORDS["purpose_elsewhere"].search(text)) and not WORDS["purpose_lead"].search(text)


def _is_measure(one: Placed) -> bool:
    text = one.sentence.text
    if not WORDS["measure"].search(text):
        return False
    if one.section == "safety_measures":
        return True
    kept = one.section in {"", "other", "purposes", "items"} and not WORDS["measure_not"].search(text)
    return kept and bool(WORDS["kept"].search(text))


def _items(told: Sequence[Placed]) -> Iterator[Said]:
    """Yield what is collected, each item once, at its first place."""
    seen: set[str] = set()
    for one in told:
        text = one.sentence.text
        listed = one.section in {"items", "both"}
        spoken = WORDS["collects"].search(text) or WORDS["used"].search(text)
        if not listed and not (spoken and one.section in {"", "purposes", "other"}):
            continue
        if not listed and (WORDS["not_collected_here"].search(text) or WORDS["third_party"].search(text)):
            continue
        if WORDS["collects_not"].search(text) or WORDS["collected_by_others"].search(text):
            continue
        if not listed and not WORDS["collects"].search(text):
            text = re.split("(?<![でに])[はを]", text, maxsplit=1)[0]  # 氏名、住所は、会報の送付に利用します
        for start, end, key in (*words_of_items.find(text), *_english(text)):
            if key not in seen:
                seen.add(key)
                yield Said(key, one.sentence.span(start, end))


def _english(text: str) -> Iterator[words_of_items.Word]:
    """Yield the items that an English sentence names."""
    for key, word in ENGLISH_ITEMS.items():
        if found := word.search(text):
            yield words_of_items.Word(found.start(), found.end(), key)


def _third_parties(told: Sequence[Placed]) -> Iterator[Stated]:
    for one in told:
        text = one.sentence.text
        spoken = WORDS["third_party"].search(text)
        aside = one.section in {"request_procedure", "fees", "safety_measures"} and not WORDS["never_given"].search(
            text
        )
        if one.section == "third_parties" or (spoken and not aside):
            key = next((name for name in _KINDS if WORDS[name].search(text)), "given")
            yield _stated(one, key)
