"""The words by which a text states a fact: `words/*.yaml` as compiled patterns."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.problem import Problem
from madoguchi.text import datafile

_FOLDER = files("madoguchi.reading") / "words"
_REFERENCE = re.compile(r"<<([a-z_0-9]+)>>")


class WordFile(BaseModel):
    """One file of words: under each name regular expressions between spaces, any of which will do, over folded text.

    ``\\s`` is a space (`flat.Flat` says what is folded); ``<<name>>`` stands for another name of the same file or of
    `common.yaml`. No expression may repeat a repetition: reading takes time in proportion to the text.
    """

    model_config = ConfigDict(extra="forbid")
    words: dict[str, str]


@cache
def _common() -> Mapping[str, str]:
    return datafile.load(WordFile, _FOLDER / "common.yaml").words


@cache
def load(name: str, model: type[WordFile] = WordFile) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of ``words/<name>.yaml`` (read as a ``model``) by their names."""
    words = {**_common(), **datafile.load(model, _FOLDER / f"{name}.yaml").words}

    def filled(text: str, depth: int = 0) -> str:
        if depth > 6:
            raise Problem(
                ja=f"{name}.yaml の語が輪になっています。", en=f"the words of {name}.yaml refer to each other"
            )
        return _REFERENCE.sub(lambda m: f"(?:{filled(words[m[1]], depth + 1)})", "|".join(text.split()))

    return {key: re.compile(filled(group), re.IGNORECASE) for key, group in words.items()}
