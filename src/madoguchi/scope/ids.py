"""Which kind of number a column holds, so that an id matches only in a column that is that id."""

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.catalogue.columns import fold
from madoguchi.text import datafile

#: Items that are numbers somebody gave; everything else is what it is under any heading.
NUMBERS = ("member_id", "order_id")
#: The kind of a number whose column says only that it is one: the list's plain ``id``, or what `--columns` says.
ANY = ""


class _Kinds(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kinds: dict[str, list[str]]


@cache
def _words() -> list[tuple[str, str]]:
    found = datafile.load(_Kinds, files("madoguchi.scope") / "ids.yaml").kinds
    return sorted(
        ((fold(word), kind) for kind, words in found.items() for word in words), key=lambda pair: -len(pair[0])
    )


def kind(heading: str) -> str:
    """Return the kind of number a heading names (`ids.yaml`), or the folded heading where no word of it is known."""
    folded = fold(heading)
    return next((kind for word, kind in _words() if word in folded), folded)


def same(one: str, other: str) -> bool:
    """Return whether two kinds can be the same number."""
    return one == other or ANY in (one, other)
