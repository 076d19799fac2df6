"""The questions of a letter: numbered once, each with its ground, so that a reply can be judged question by question."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from madoguchi.law import questions
from madoguchi.law.questions import GroundKey
from madoguchi.letters.facts import Facts, Text
from madoguchi.problem import Lang

Group = Literal["confirm", "notice_item", "right", "effort", "courtesy"]
GROUPS: tuple[Group, ...] = ("confirm", "notice_item", "right", "effort", "courtesy")
Verdict = Literal["answered", "partly", "refused", "not_answered", "no_duty_to_answer"]
OPEN: tuple[Verdict, ...] = ("partly", "refused", "not_answered")
_ARTICLE = re.compile(r"^法(\d+)条(?:(\d+)項)?$")


class Asked(BaseModel):
    """One question as a letter asks it; ``key`` is that of `law.questions`, None for one of the person's own.

    ``because`` says its ground in words; ``depends`` marks a ground that holds only if the incident is reportable.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    key: str | None
    group: Group
    ground: GroundKey
    text: str
    short: str
    because: str
    citations: tuple[str, ...]
    depends: bool = False


class Judged(Facts):
    """A question of an earlier letter with the verdict on its answer.

    ``number`` is that of the letter; ``text`` is the person's own question, where it has no ``key``. ``quote`` is the
    sentence of the reply that the verdict rests on, ``missing`` what the person still needs, in their own words.
    """

    number: Annotated[int, Field(ge=1)]
    key: str | None = None
    text: Text | None = None
    verdict: Verdict = "not_answered"
    quote: Text | None = None
    missing: Text | None = None

    @model_validator(mode="after")
    def _is_a_question(self) -> Self:
        if self.key is None and self.text is None:
            raise ValueError("a question needs its key or its text / 質問のキーか文が要ります")
        return self


def again(judged: Judged, *, reportable: bool | None, lang: Lang) -> Asked:
    """Return an earlier question as it is asked again, under its own number. `Problem` for a key that is no question."""
    found = _from_law(questions.question(judged.key), reportable, lang) if judged.key else _own(judged.text or "", lang)
    return found.model_copy(update={"number": judged.number, "text": judged.text or found.text})


def number(keys: Iterable[str], own: Iterable[str], *, reportable: bool | None, lang: Lang) -> tuple[Asked, ...]:
    """Return the questions numbered from 1: by group, within it in the order of `law.questions`, the person's own last.

    The same questions get the same numbers in each language and in whatever order they were chosen. `Problem` for a key
    that is no question.
    """
    chosen = {questions.question(key).key for key in keys}
    found = [_from_law(question, reportable, lang) for question in questions.QUESTIONS if question.key in chosen]
    found += [_own(text, lang) for text in dict.fromkeys(own)]
    found.sort(key=lambda one: GROUPS.index(one.group))
    return tuple(one.model_copy(update={"number": place}) for place, one in enumerate(found, 1))


def articles(asked: Asked, lang: Lang) -> str:
    """Return the articles of the Act that a question rests on, as that language writes them; empty where there are none."""
    found = [match for citation in asked.citations if (match := _ARTICLE.match(citation))]
    said = [_article(match[1], match[2], lang) for match in found]
    return (", " if lang == "en" else "・").join(said)


def _article(article: str, paragraph: str | None, lang: Lang) -> str:
    if lang == "en":
        return f"art. {article}({paragraph})" if paragraph else f"art. {article}"
    if lang == "ja":
        return f"第{article}条第{paragraph}項" if paragraph else f"第{article}条"
    return f"{article}条（じょう）{paragraph}項（こう）" if paragraph else f"{article}条（じょう）"


def _from_law(question: questions.Question, reportable: bool | None, lang: Lang) -> Asked:
    ground = questions.ground(question.key, reportable)
    return Asked(
        number=0,
        key=question.key,
        group="confirm" if question.key == "genuine" else ground.ground,
        ground=ground.ground,
        text=question.text.say(lang),
        short=question.short.say(lang),
        because=ground.because.say(lang),
        citations=ground.citations if ground.confirmed else (),
        depends=ground.depends,
    )


def _own(text: str, lang: Lang) -> Asked:
    ground = questions.ground("compensation", reportable=None)  # the ground of what no law provides for
    return Asked(
        number=0,
        key=None,
        group=ground.ground,
        ground=ground.ground,
        text=text,
        short=text if len(text) <= 24 else text[:23] + "…",
        because=ground.because.say(lang),
        citations=(),
    )
