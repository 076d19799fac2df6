"""One letter as blocks, the same for every renderer."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from madoguchi.letters.clean import clean, one_line
from madoguchi.problem import Lang

Text = Annotated[str, AfterValidator(clean)]
Line = Annotated[str, AfterValidator(one_line)]


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ValueError("a heading needs words / 見出しの文がありません")
    return text


Title = Annotated[Line, AfterValidator(_not_empty)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Heading(_Block):
    """A heading under the title; level 2 is a section, level 3 a part of it."""

    kind: Literal["heading"] = "heading"
    text: Title
    level: Literal[2, 3] = 2


class Paragraph(_Block):
    """Running text; ``\\n`` begins a new line."""

    kind: Literal["paragraph"] = "paragraph"
    text: Text


class Points(_Block):
    """A list; ``numbered`` where the order counts, from ``start`` on where it goes on with an earlier one."""

    kind: Literal["points"] = "points"
    texts: tuple[Text, ...]
    numbered: bool = False
    start: int = 1


class Table(_Block):
    """Rows of cells. Without ``head`` the first cell of a row is its label; ``head`` names the columns."""

    kind: Literal["table"] = "table"
    rows: tuple[tuple[Text, ...], ...]
    head: tuple[Text, ...] = ()


class Lines(_Block):
    """Lines kept as they are: an address, a sender, a date; ``side`` is where they stand."""

    kind: Literal["lines"] = "lines"
    texts: tuple[Line, ...]
    side: Literal["left", "right"] = "left"


class Note(_Block):
    """A remark in small type, for the reader who asks why."""

    kind: Literal["note"] = "note"
    text: Text


Block = Annotated[Heading | Paragraph | Points | Table | Lines | Note, Field(discriminator="kind")]


class Letter(BaseModel):
    """A letter ready for `render`.

    ``subject`` is for a mail, ``title`` stands on the page, ``opening`` (date, addressee, sender) above it and
    ``blocks`` below; ``date`` is the letter's day and the only time that its PDF knows. ``paper``: ``large`` is set in 14
    point; a ``sheet`` too, and smaller where it would not fit one page otherwise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Line
    lang: Lang
    subject: Line
    title: Title
    sender: Line = ""
    date: dt.date
    paper: Literal["letter", "large", "sheet"] = "letter"
    opening: tuple[Block, ...] = ()
    blocks: tuple[Block, ...]

    @property
    def language_tag(self) -> Literal["ja", "en"]:
        """The language for machines (BCP 47): やさしい日本語 is Japanese."""
        return "en" if self.lang == "en" else "ja"
