"""What every room says when it cannot go on: the file, the place, the reason and the next step, in the user's language."""

import re
from typing import Literal

Lang = Literal["ja", "en", "ja-easy"]
LANGS: tuple[Lang, ...] = ("ja", "en", "ja-easy")


class Problem(Exception):  # noqa: N818 - the word of the house; it is not always an error of ours
    """An input that cannot be used, told to the person who gave it.

    ``ja`` and ``en`` are one line each and hold the reason and what to do next; ``easy`` is the same in やさしい日本語
    (``ja`` stands in for it where it is missing). ``file`` is the name the user knows, ``place`` where in it
    (``line 12``, ``people_in[0]``, a key). What a stranger wrote may be quoted, shortened, never more than needed.
    """

    def __init__(
        self, *, ja: str, en: str, easy: str | None = None, file: str | None = None, place: str | None = None
    ) -> None:
        """Keep the parts; `say` joins them."""
        super().__init__(en)
        self.texts: dict[Lang, str] = {"ja": ja, "en": en, "ja-easy": easy or ja}
        self.file = file
        self.place = place

    def at(self, *, file: str | None = None, place: str | None = None) -> "Problem":
        """Return this problem with the file or place filled in where they were not known deeper down."""
        self.file = self.file or file
        self.place = self.place or place
        return self

    def say(self, lang: Lang = "ja") -> str:
        """Return the problem as one line: ``file: place: reason and next step``."""
        place = self.place if lang == "en" or self.place is None else _place_in_japanese(self.place)
        parts = [part for part in (self.file, place, self.texts[lang]) if part]
        return " ".join(": ".join(parts).split())

    def __str__(self) -> str:
        """Return the English line, for logs and tracebacks."""
        return self.say("en")


def _place_in_japanese(place: str) -> str:
    """Return a place as Japanese says it: ``line 12, column 5`` is 12行目・5文字目; keys stay as they are written."""
    for english, japanese in (
        (r"\bline (\d+)", r"\1行目"),
        (r",? column (\d+)", r"・\1文字目"),
        (r"\bbyte (\d+)", r"\1バイト目"),
    ):
        place = re.sub(english, japanese, place)
    return place
