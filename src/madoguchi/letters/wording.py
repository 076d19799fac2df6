"""The words of the letters: ``templates/<name>.yaml``, three languages beside each other."""

import functools
import string
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from madoguchi.problem import Lang, Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class Wording:
    """The texts of one letter in one language, with those that all letters share (``common.yaml``)."""

    def __init__(self, name: str, lang: Lang) -> None:
        """Read ``templates/<name>.yaml``; `Problem` where a text is missing a language or a place."""
        self.lang = lang
        self.texts = {**texts("common"), **texts(name)}

    def say(self, key: str, /, **values: object) -> str:
        """Return the text at ``key`` (``heading.cause``) with its ``{places}`` filled; values are never read as templates."""
        return self.texts[key].say(self.lang, **values)

    def join(self, words: list[str] | tuple[str, ...]) -> str:
        """Return the words of an enumeration as one line."""
        return self.say("join").join(words)


@functools.cache
def texts(name: str) -> dict[str, LocalText]:
    """Return every text of ``templates/<name>.yaml`` by its dotted key."""
    file = f"{name}.yaml"
    tree = datafile.read_yaml(files("madoguchi.letters").joinpath("templates", file).read_bytes(), file=file)
    return read(tree, file)


def read(tree: Any, file: str) -> dict[str, LocalText]:
    """Return the texts in ``tree`` (nested mappings whose leaves hold ``ja`` and ``en``) by dotted key.

    ``ja-easy`` may be left out in letters that only staff and authorities read; ``ja`` then stands in for it.
    The places of a text (``{name}``) must be the same in each language, so that no fact is lost in one of them.
    """
    found = dict(_leaves(tree, "", file))
    for key, text in found.items():
        places = {lang: _places(text.say(lang)) for lang in ("ja", "en", "ja-easy")}
        for lang in ("en", "ja-easy"):
            if places[lang] != places["ja"]:
                odd = ", ".join(sorted(places[lang] ^ places["ja"]))
                raise Problem(
                    ja=f"言語によって差し込む場所（{odd}）が違います。そろえてください。",
                    en=f"the places ({odd}) differ between ja and {lang}; make them the same",
                    file=file,
                    place=key,
                )
    return found


def _leaves(tree: Any, key: str, file: str) -> Iterator[tuple[str, LocalText]]:
    if not isinstance(tree, Mapping):
        raise Problem(
            ja="文は ja と en を並べて書いてください。",
            en="write the text as ja and en, beside each other",
            file=file,
            place=key,
        )
    if "ja" in tree or "en" in tree:
        try:
            yield key, datafile.check(LocalText, {"ja-easy": tree.get("ja", ""), **tree}, file=file)
        except Problem as problem:
            problem.place = ".".join(part for part in (key, problem.place) if part)
            raise
        return
    for name, branch in tree.items():
        yield from _leaves(branch, f"{key}.{name}" if key else str(name), file)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
