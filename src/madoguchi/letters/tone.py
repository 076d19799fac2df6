"""The tone of what a person wrote: what would make the letter harder to answer, why, and a calmer wording."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, field_validator

from madoguchi.letters import secret as secret_numbers
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

Kind = Literal["threat", "exposure", "insult", "command", "shouting", "guilt", "money", "verdict", "ultimatum", "guess", "secret"]  # fmt: skip

# What others wrote is not the person's tone: a quotation that is reported, and lines quoted by a mail program.
_QUOTED = re.compile(
    r"[「『“\"][^「」『』“”\"]{1,400}[」』”\"](?=\s?(?:と|という|との|旨))|(?m:^\s{0,3}[>＞|｜].*$)|"
    r"(?<=wrote: )[“\"][^“”\"]{1,400}[”\"]|(?i:(?<=said )|(?<=says )|(?<=wrote )|(?<=replied ))[“\"][^“”\"]{1,400}[”\"]"
)
# A denial after the words (つもりはありません) or before them (I do not intend to) turns them round.
_DENIED_AFTER = re.compile(
    r"^[^。．\n！？!?]{0,14}?(?:(?:つもり|わけ|もの|こと|意図|意思|気|予定|考え|趣旨|目的)(?:で?は|じゃ|も|など|が)?(?:全く|まったく|一切)?(?:ありません|ございません|ない|なく|していません|しておりません)"
    r"|(?:かどうか|か否か|のか|でしょうか|ではな[いく]|じゃな[いく]|ではありません|とは(?:言|申|思|考|限)|とまでは|たくありません|たくない|ないように)|しません|しておりません|なさそう)"
)
_DENIED_BEFORE = re.compile(
    r"(?i:\b(?:not|never|no|nor|without|whether|n't)\b|n['’]t\b)[^.!?\n]{0,30}$|(?:決して|けっして)[^。\n]{0,12}$"
)


class Pattern(BaseModel):
    """Words of one kind and what can be written instead; ``match`` is a regular expression."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: tuple[str, ...]
    calmer: LocalText

    @field_validator("match")
    @classmethod
    def _is_an_expression(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for expression in value:
            try:
                re.compile(expression)
            except re.error as error:
                raise ValueError(f"{expression!r} is no regular expression: {error}") from None
        return value


class KindEntry(BaseModel):
    """A kind of words, why it stands in the way of an answer, and its patterns. ``case``: capitals count."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    why: LocalText
    case: bool = False
    deniable: bool = True
    patterns: tuple[Pattern, ...]


class ToneFile(BaseModel):
    """`templates/tone.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: tuple[KindEntry, ...]
    secret: KindEntry


class Finding(NamedTuple):
    """Words at ``span`` (code points, ``[start, end)``), why they stand in the way, and a calmer wording."""

    span: tuple[int, int]
    text: str
    kind: Kind
    why: LocalText
    calmer: LocalText


def findings(text: str) -> list[Finding]:
    """Return what in ``text`` a calm letter would say otherwise, in its order; nothing for ordinary polite text.

    What is reported of others and what is denied is left alone. It advises; the person decides.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found: list[Finding] = []
    for entry, pattern, expression in _compiled():
        for match in expression.finditer(text):
            start, end = match.span()
            if start == end or any(one <= start and end <= other for one, other in quoted):
                continue
            if entry.deniable and (_DENIED_AFTER.match(text[end : end + 60]) or _denied_before(text, start)):
                continue
            found.append(Finding((start, end), match[0], entry.kind, entry.why, pattern.calmer))
    secret = _file().secret
    found += [
        Finding((start, end), text[start:end], "secret", secret.why, secret.patterns[0].calmer)
        for start, end in secret_numbers.runs(text)
    ]
    return _apart(found)


def _denied_before(text: str, start: int) -> bool:
    return bool(_DENIED_BEFORE.search(text[max(0, start - 45) : start]))


def _apart(found: list[Finding]) -> list[Finding]:
    """Return the findings in order, without those that lie inside another or begin in it."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.span[0], -f.span[1])):
        if not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
    return kept


@cache
def _file() -> ToneFile:
    return datafile.load(ToneFile, files("madoguchi.letters") / "templates" / "tone.yaml")


@cache
def _compiled() -> tuple[tuple[KindEntry, Pattern, re.Pattern[str]], ...]:
    return tuple(
        (
            entry,
            pattern,
            re.compile("|".join(f"(?:{one})" for one in pattern.match), 0 if entry.case else re.IGNORECASE),
        )
        for entry in _file().kinds
        for pattern in entry.patterns
    )
