"""What an item of the catalogue is: the shapes that `items/*.yaml` and `combinations.yaml` are read into."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from madoguchi.text.language import LocalText

# The eleven kinds of 要配慮個人情報, named as the catalogue key that stands for each.
SpecialCare = Literal[
    "race",
    "creed",
    "social_status",
    "medical_history",
    "criminal_record",
    "crime_victim",
    "disability",
    "health_check",
    "medical_treatment",
    "criminal_procedure",
    "juvenile_procedure",
]
Handling = Literal["plain", "mask", "presence"]
PropertyHarm = Literal["alone", "combined", "no"]
Part = Literal[
    "full",
    "family",
    "given",
    "prefecture",
    "city",
    "town",
    "street",
    "building",
    "line1",
    "line2",
    "line3",
    "part1",
    "part2",
    "part3",
    "year",
    "month",
    "day",
]
Text = Annotated[str, Field(min_length=1)]


class Model(BaseModel):
    """A data file's object: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemEntry(Model):
    """One item as a file states it; its key and group stand around it.

    ``words`` are writings in Japanese notices and replies, folded when they are compared. ``columns`` are headings of
    files and databases by the part of the item that such a column holds; what may stand around them (注文者…, …_confirm,
    numbers, brackets) is in `columns.yaml`. ``pattern`` names a checker of `values`.
    """

    names: LocalText
    words: list[Text]
    columns: dict[Part, list[Text]] = {}
    pattern: str | None = None
    special_care: SpecialCare | None = None
    property_harm: PropertyHarm = "no"
    identifier_code: bool = False
    handling: Handling = "plain"
    indexed: bool = True
    citations: list[Text] = []
    confirmed: bool = True
    note: LocalText | None = None

    @model_validator(mode="after")
    def _a_class_in_law_is_cited(self) -> Self:
        if (self.special_care or self.identifier_code or self.property_harm == "alone") and not self.citations:
            raise ValueError("a class in law needs its citation")
        if not self.indexed and self.handling != "presence":
            raise ValueError("what is never indexed is never shown either")
        return self


class Item(ItemEntry):
    """A kind of personal data (項目), under the key that programs and files use for it."""

    key: str
    group: str


class ItemFile(Model):
    """One file of `items/`: a subject and its items by key."""

    group: Text
    items: dict[str, ItemEntry]


class Combination(Model):
    """Items that together, not each alone, may lead to 財産的被害 (rule 7 item 2).

    ``needs`` is a fact about the login without which it does not hold (``login_opens_payment``), or nothing.
    ``confirmed`` is false where our sources only suggest it: then the answer is *review*.
    """

    id: str
    items: frozenset[str]
    needs: Literal["login_opens_payment"] | None = None
    confirmed: bool
    citations: list[Text]
    because: LocalText


class CombinationFile(Model):
    """`combinations.yaml`."""

    combinations: list[Combination]
