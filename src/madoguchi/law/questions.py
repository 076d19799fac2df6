"""What a person asks a company after a leak, and what each question rests on: `corpus/appi/questions.yaml`."""

from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi.law import report
from madoguchi.problem import Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

GroundKey = Literal["right", "notice_item", "effort", "courtesy"]
EFFORT = "法40条"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Strict):
    """One question: ``text`` as an inquiry asks it, ``short`` its label.

    ``report_item`` is the key in `report.ITEMS` that answers it. ``because`` says its ground where the common words
    do not fit; ``otherwise`` says it where no situation of article 26(1) has arisen. ``confirmed: false`` marks a
    ground that our sources do not state.
    """

    key: str
    ground: GroundKey
    report_item: str | None
    citations: tuple[str, ...]
    text: LocalText
    short: LocalText
    because: LocalText | None = None
    otherwise: LocalText | None = None
    confirmed: bool = True


class Words(_Strict):
    """How a kind of ground is said; ``depends`` where it is not known whether article 26(1) is met."""

    because: LocalText
    depends: LocalText | None = None


class Ground(_Strict):
    """What a question rests on in one incident, and that in plain words.

    ``depends`` marks a ground that would fall to *effort*, or narrow, if the incident turned out not to be reportable.
    """

    ground: GroundKey
    citations: tuple[str, ...]
    because: LocalText
    depends: bool = False
    confirmed: bool = True


class QuestionsFile(_Strict):
    """`questions.yaml`."""

    grounds: dict[GroundKey, Words]
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _fits_the_report(self) -> Self:
        told = {item.key for item in report.NOTICE_ITEMS}
        known = {item.key for item in report.ITEMS}
        keys = [question.key for question in self.questions]
        for question in self.questions:
            if question.report_item not in {None, *known}:
                raise ValueError(f"{question.key}: there is no item {question.report_item!r} in the report")
            if (question.ground == "notice_item") != (question.report_item in told):
                raise ValueError(f"{question.key}: a notice item is one that the notice tells")
            if keys.count(question.key) > 1:
                raise ValueError(f"{question.key} stands twice")
        return self


_FILE = datafile.load(QuestionsFile, files("madoguchi.law") / "corpus" / "appi" / "questions.yaml")
QUESTIONS: tuple[Question, ...] = _FILE.questions
_BY_KEY = {question.key: question for question in QUESTIONS}


def question(key: str) -> Question:
    """Return the question called ``key``; `Problem` with the nearest key when there is none."""
    try:
        return _BY_KEY[key]
    except KeyError:
        near = datafile.nearest(key, list(_BY_KEY))
        raise Problem(
            ja=f"「{key}」という質問はありません。" + (f"「{near}」ではありませんか。" if near else ""),
            en=f"there is no question {key!r}" + (f"; did you mean {near!r}?" if near else "; see law.questions"),
        ) from None


def ground(key: str, reportable: bool | None) -> Ground:
    """Return what the question rests on where the incident is known to be ``reportable``, known not to be, or neither.

    A notice item of an incident that is not reportable is *effort* (法40条). While that is not known it stays a notice
    item that ``depends``. Source: 法26条2項, 35条5項, 40条. `Problem` for an unknown key.
    """
    asked = question(key)
    if asked.ground == "notice_item" and reportable is False:
        return Ground(ground="effort", citations=(EFFORT,), because=_FILE.grounds["effort"].because)
    words = _FILE.grounds[asked.ground]
    because = asked.because or words.because
    if reportable is not True and (words.depends or asked.otherwise):
        because = (asked.otherwise if reportable is False else words.depends) or because
    return Ground(
        ground=asked.ground,
        citations=asked.citations,
        because=because,
        depends=reportable is None and bool(words.depends or asked.otherwise),
        confirmed=asked.confirmed,
    )
