"""The nine items of a report (rule 8(1)) and the five of a notice to the person (rule 10), with their sub-fields."""

from importlib.resources import files

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Strict):
    """One of the answers that a form offers for a field."""

    key: str
    text: LocalText


class Field(_Strict):
    """A part of an item. ``confirmed`` speaks of the field, ``options_confirmed`` of its list of answers; both as in our sources.

    ``in_notice``: whether the notice to the person tells it too.
    """

    key: str
    label: LocalText
    confirmed: bool = True
    in_notice: bool
    options: list[Option] = []
    options_confirmed: bool = False
    citation: str


class ReportItem(_Strict):
    """One of the nine items; ``number`` is that of rule 8(1), as in the contract's ``contents``."""

    number: str
    key: str
    title: LocalText
    in_notice: bool
    citation: str
    fields: list[Field]

    @model_validator(mode="after")
    def _in_notice(self) -> "ReportItem":
        if any(field.in_notice for field in self.fields) != self.in_notice:
            message = "an item is in the notice where one of its fields is"
            raise ValueError(message)
        return self


class ReportFile(_Strict):
    """`report_items.yaml`."""

    items: list[ReportItem]

    @model_validator(mode="after")
    def _numbers(self) -> "ReportFile":
        if [item.number for item in self.items] != [str(n) for n in range(1, 10)]:
            message = "the nine items stand in the order of rule 8(1)"
            raise ValueError(message)
        return self


ITEMS: tuple[ReportItem, ...] = tuple(
    datafile.load(ReportFile, files("madoguchi.law") / "corpus" / "appi" / "report_items.yaml").items
)
NOTICE_ITEMS: tuple[ReportItem, ...] = tuple(item for item in ITEMS if item.in_notice)


def item(key: str) -> ReportItem:
    """Return the item called ``key`` (``overview``, ``items``, …) or numbered so; `KeyError` when there is none."""
    for one in ITEMS:
        if key in {one.key, one.number}:
            return one
    raise KeyError(key)
