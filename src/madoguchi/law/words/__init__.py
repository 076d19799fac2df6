"""The sentences in which the law room answers, in three languages, read once from the files beside this one."""

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, RootModel

from madoguchi.problem import Lang
from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class _Sentences(RootModel[dict[str, LocalText]]):
    """`answer.yaml`, `points.yaml` (what is said of a point that is not so) and `countries.yaml`."""


class Fact(BaseModel):
    """A fact in words: its name, its values, other writings of them, and the clause for what is taken without it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: LocalText
    values: dict[str, LocalText] = {}
    also: dict[str, list[str]] = {}
    usual: LocalText | None = None
    ask: bool = False


class _Facts(RootModel[dict[str, Fact]]):
    """`facts.yaml`."""


@cache
def sentences() -> dict[str, LocalText]:
    """Return every sentence by its key."""
    return datafile.load(_Sentences, files(__name__) / "answer.yaml").root


@cache
def points() -> dict[str, LocalText]:
    """Return what is said of each point that keeps a situation from applying."""
    return datafile.load(_Sentences, files(__name__) / "points.yaml").root


@cache
def facts() -> dict[str, Fact]:
    """Return every fact by its key; the values of ``people_in`` are the countries that have a name here."""
    found = dict(datafile.load(_Facts, files(__name__) / "facts.yaml").root)
    countries = datafile.load(_Sentences, files(__name__) / "countries.yaml").root
    found["people_in"] = found["people_in"].model_copy(update={"values": countries})
    return found


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the sentence ``key`` in ``lang``, its places filled from ``values``."""
    return sentences()[key].say(lang, **values)


def fact(key: str, lang: Lang) -> str:
    """Return the name of a fact for people, with its key: 不正の目的（unlawful_purpose）."""
    name = facts()[key].name.say(lang)
    return f"{name} ({key})" if lang == "en" else f"{name}（{key}）"


def value(key: str, given: object, lang: Lang) -> str:
    """Return a value of the fact ``key`` for people; one without a word of its own as it is written."""
    if isinstance(given, list):
        return say("list.separator", lang).join(value(key, one, lang) for one in given)
    if isinstance(given, bool):
        return say("yes" if given else "no", lang)
    if given is None:
        return say("unknown", lang)
    word = facts()[key].values.get(str(given))
    return word.say(lang) if word else str(given)
