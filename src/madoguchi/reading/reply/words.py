"""The words by which a reply answers, refuses, puts off or repeats a question: `words/reply_*.yaml` as compiled patterns."""

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from madoguchi.problem import Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

_FOLDER = files("madoguchi.reading") / "words"
_REFERENCE = re.compile(r"<<([a-z_]+)>>")
Verdict = Literal["answered", "partly", "refused", "not_answered", "no_duty_to_answer"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class _Terms(_Strict):
    spellings: dict[str, str]
    terms: dict[str, str]


@cache
def _terms() -> _Terms:
    return datafile.load(_Terms, _FOLDER / "reply_terms.yaml")


def _filled(text: str, depth: int = 0) -> str:
    if depth > 4:
        raise Problem(ja="語の参照が輪になっています。直してください。", en="terms refer to each other; mend them")
    terms = {**_terms().terms, "requests": _stance_text("requests"), "vague_measures": _stance_text("vague_measures")}
    return _REFERENCE.sub(lambda m: f"(?:{_filled(terms[m[1]], depth + 1)})", text)


@cache
def _stance_text(name: str) -> str:
    value = datafile.read_yaml((_FOLDER / "reply_stances.yaml").read_text(encoding="utf-8"))
    text = value[name]
    return str(text)


def _compiled(value: object) -> re.Pattern[str] | None:
    """Return one pattern for a text or a list of them, any of which will do; None for an empty list."""
    if not isinstance(value, str | list):
        raise ValueError("a pattern or a list of patterns / 正規表現か、その並び")  # noqa: TRY004 - pydantic's own error
    parts = [value] if isinstance(value, str) else value
    return re.compile("|".join(_filled(part) for part in parts), re.IGNORECASE) if parts else None


def _each(value: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_filled(part), re.IGNORECASE) for part in value)


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
Maybe = Annotated[re.Pattern[str] | None, BeforeValidator(_compiled)]
Patterns = Annotated[tuple[re.Pattern[str], ...], BeforeValidator(_each)]


class Known(_Strict):
    """By which words a question is known, and which others it stands instead of."""

    asked: Pattern
    never: Maybe = None
    over: frozenset[str] = frozenset()


class Marks(_Strict):
    """By which marks a reply repeats a question or begins an answer."""

    question: Pattern
    answer: Pattern
    number: Pattern
    nth: Pattern
    several: Pattern
    about: Pattern


class QuestionWords(_Strict):
    """`reply_questions.yaml`."""

    questions: dict[str, Known]
    asks: Pattern
    asks_for_reply: Pattern
    asks_for_fact: Pattern
    zone: Pattern
    zone_ends: Pattern
    about_asker: Pattern
    states: Pattern
    marks: Marks
    closes: Pattern
    connectives: Pattern
    everywhere: frozenset[str]


class MailWords(_Strict):
    """`reply_mail.yaml`."""

    begins: Pattern
    head: Pattern
    inquiry_heads: Pattern
    asker_speaks: Pattern


class Unless(_Strict):
    """Any of some patterns and none of others."""

    any: Pattern
    none: Maybe = None

    def found(self, text: str) -> bool:
        """Return whether ``text`` is of this kind."""
        return bool(self.any.search(text)) and not (self.none and self.none.search(text))


class Elsewhere(Unless):
    """What points elsewhere; ``place`` names where so that it can be found."""

    place: Pattern


class StanceWords(_Strict):
    """`reply_stances.yaml`."""

    cuts: Pattern
    refused: Unless
    refuses_all: Pattern
    more_of_it: Pattern
    refusal_reasons: Patterns
    pending: Unless
    for_now: Pattern
    dated: Pattern
    dated_no: Pattern
    later: Pattern
    promises: Pattern
    elsewhere: Elsewhere
    courtesy: Pattern
    courtesy_no: Pattern
    requests: Pattern
    questions: Pattern
    repeated: Patterns
    conditions: Patterns
    conditions_no: Pattern
    list_lead: Pattern
    overview: Pattern
    that_is_all: Pattern
    gives_reason: Pattern
    reason_line: Pattern
    vague_measures: Pattern


class Rule(_Strict):
    """When a clause answers a question; the words of each field are explained in `reply_answers_incident.yaml`."""

    all: Patterns = ()
    none: Maybe = None
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    asked: Maybe = None
    asked_none: Maybe = None
    part: str | None = None
    open: bool = False
    verdict: Literal["answered", "partly", "not_answered", "pending"] = "answered"
    reason: str = "stated"


class Judged(_Strict):
    """How the answer to one question is known."""

    topic: Maybe = None
    parts: dict[str, Pattern] = {}
    even_pending: bool = False
    even_refused: bool = False
    with_conditions: bool = False
    rules: tuple[Rule, ...]


class _AnswerFile(_Strict):
    questions: dict[str, Judged]


class Reason(_Strict):
    """A criterion: the verdict it leads to, and how it is said."""

    verdict: Verdict
    text: LocalText


class _ReasonFile(_Strict):
    reasons: dict[str, Reason]


@cache
def term(name: str) -> re.Pattern[str]:
    """Return a term of `reply_terms.yaml` as a pattern."""
    return re.compile(_filled(f"<<{name}>>"), re.IGNORECASE)


@cache
def questions() -> QuestionWords:
    """Return by which words questions are known."""
    return datafile.load(QuestionWords, _FOLDER / "reply_questions.yaml")


@cache
def mail() -> MailWords:
    """Return where somebody else's words begin."""
    return datafile.load(MailWords, _FOLDER / "reply_mail.yaml")


@cache
def stances() -> StanceWords:
    """Return how a reply speaks where it states nothing."""
    return datafile.load(StanceWords, _FOLDER / "reply_stances.yaml")


@cache
def answers() -> dict[str, Judged]:
    """Return how the answer to each question is known, by its key."""
    names = ("incident", "company", "rights")
    found = [datafile.load(_AnswerFile, _FOLDER / f"reply_answers_{name}.yaml").questions for name in names]
    return {key: judged for part in found for key, judged in part.items()}


@cache
def reasons() -> dict[str, Reason]:
    """Return the criteria of the verdicts."""
    return datafile.load(_ReasonFile, _FOLDER / "reply_verdicts.yaml").reasons


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    table = _terms().spellings
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table


_READING = re.compile(r"(?<=[一-龠々])[(（][ぁ-ゖー]{1,16}[)）]")
_SPACE = re.compile(r"(?<=[^\x00-\x7f])[ \t\n]+|[ \t\n]+(?=[^\x00-\x7f])")


def plain(text: str) -> str:
    """Return a folded clause in one spelling, without readings （よみ） and spaces beside Japanese: what patterns look at."""
    pattern, table = _spellings()
    return pattern.sub(lambda m: table[m[0]], _READING.sub("", _SPACE.sub("", text)))
