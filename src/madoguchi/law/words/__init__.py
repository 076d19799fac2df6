"""The sentences in which the law room answers, in three languages, read once from the files beside this one."""

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, RootModel

from madoguchi.problem import Lang
from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class _Sentences(RootModel[dict[str, LocalText]]):
    """`answer.yaml`."""


class _Points(RootModel[dict[str, dict[str, LocalText]]]):
    """`points.yaml`: for a point, what is said when it is ``no`` or ``unknown``."""


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: LocalText
    values: dict[str, LocalText] = {}


class _Facts(RootModel[dict[str, _Fact]]):
    """`facts.yaml`."""


@cache
def sentences() -> dict[str, LocalText]:
    """Return every sentence by its key."""
    return datafile.load(_Sentences, files(__name__) / "answer.yaml").root


@cache
def points() -> dict[str, dict[str, LocalText]]:
    """Return what is said of each point."""
    return datafile.load(_Points, files(__name__) / "points.yaml").root


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the sentence ``key`` in ``lang``, its places filled from ``values``."""
    return sentences()[key].say(lang, **values)


@cache
def _facts() -> dict[str, _Fact]:
    return datafile.load(_Facts, files(__name__) / "facts.yaml").root


def fact(key: str, lang: Lang) -> str:
    """Return the name of a fact for people, with its key: 不正の目的（unlawful_purpose）."""
    name = _facts()[key].name.say(lang)
    return f"{name} ({key})" if lang == "en" else f"{name}（{key}）"


def value(key: str, given: object, lang: Lang) -> str:
    """Return a value of the fact ``key`` for people; one without a word of its own as it is written."""
    if isinstance(given, list):
        return say("list.separator", lang).join(value(key, one, lang) for one in given)
    if isinstance(given, bool):
        return say("yes" if given else "no", lang)
    if given is None:
        return say("unknown", lang)
    word = _facts()[key].values.get(str(given))
    return word.say(lang) if word else str(given)
