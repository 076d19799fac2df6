"""The facts on which an assessment rests: the contract's input, read and made sure that it does not contradict itself."""

import datetime as dt
import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, ValidationInfo, model_validator

from madoguchi import catalogue
from madoguchi.problem import Problem
from madoguchi.text import datafile, misfit

Event = Literal["leak", "loss", "damage"]
Certainty = Literal["occurred", "suspected"]
DataState = Literal["held", "being_acquired"]
Purpose = Literal["suspected", "ruled_out", "unknown"]
Encryption = Literal["none", "strong_key_safe", "strong_key_exposed", "unknown"]
Holder = Literal["business", "public_body"]
Role = Literal["own", "entruster", "entrustee"]
PeopleKind = Literal["customers", "employees", "shareholders", "other"]
Contactable = Literal["yes_all", "some", "none"]
LoginOpens = Literal["payment", "other", "unknown"]

# The product's table of holidays ends there; a year outside is a slip of the pen, not an incident.
FIRST_YEAR, LAST_YEAR = 2003, 2098


def _day(value: Any, info: ValidationInfo) -> Any:
    """Let through a date or its ISO writing only: a bare number would otherwise be read as seconds since 1970."""
    if value is None or type(value) is dt.date:
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
            return dt.date.fromisoformat(value.strip())
    except ValueError:
        pass  # 2026-02-30
    ja, en = misfit.quoted(value)
    raise Problem(
        ja=f"{ja}は日付として読めません。2026-11-21 のように、実際にある日を西暦で書いてください。",
        en=f"{en} is not a day; write a real one as 2026-11-21",
        place=info.field_name,
    )


Day = Annotated[dt.date, BeforeValidator(_day)]


class Persons(BaseModel):
    """How many people: ``confirmed`` so far, and the most there can be (``upper``); either may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    confirmed: StrictInt | None = None
    upper: StrictInt | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Persons":
        for key, count in (("confirmed", self.confirmed), ("upper", self.upper)):
            if count is not None and count < 0:
                raise Problem(
                    ja=f"人数が負の数（{count}）です。0以上の数にしてください。",
                    en=f"a number of people cannot be negative ({count}); write 0 or more",
                    place=f"persons.{key}",
                )
        if self.confirmed is not None and self.upper is not None and self.upper < self.confirmed:
            raise Problem(
                ja=f"最大の人数（{self.upper}）が、確認した人数（{self.confirmed}）より少なくなっています。どちらかを直してください。",
                en=f"the upper number ({self.upper}) is below the confirmed one ({self.confirmed}); mend one of them",
                place="persons.upper",
            )
        return self

    @property
    def most(self) -> int | None:
        """Return the number the law counts by: the most that may be affected (guideline 3-5-3-1); None: not known."""
        if self.upper is None:
            return self.confirmed or None  # "0 confirmed so far" says nothing of how many there may be
        return self.upper


class Facts(BaseModel):
    """What is known of one incident on the day ``as_of``; days are legal days in Japan (Asia/Tokyo).

    The keys and what is taken where one is left out are those of the contract, section `duties`; ``assumed`` tells
    which were. `read` fills in ``as_of``; a caller in Python hands it over. Raises `Problem` where facts contradict
    each other, and pydantic's error (a `Problem` when read with `read`) for a value of the wrong kind.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_on: Day
    events: Annotated[list[Event], Field(min_length=1)]
    certainty: Certainty = "occurred"
    data_state: DataState = "held"
    items: Annotated[list[str], Field(min_length=1)]
    persons: Persons | None = None
    passed_threshold_on: Day | None = None
    unlawful_purpose: Purpose = "unknown"
    encryption: Encryption = "none"
    recovered_unread: bool = False
    same_data_kept: bool = False
    pseudonymised: bool = False
    holder: Holder = "business"
    role: Role = "own"
    sector: str = "general"
    people_kinds: Annotated[list[PeopleKind], Field(min_length=1)] = ["customers"]
    people_in: Annotated[list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]], Field(min_length=1)] = ["JP"]
    contactable: Contactable = "yes_all"
    login_opens: LoginOpens = "unknown"
    my_number: bool = False
    as_of: Day
    entruster_told_on: Day | None = None
    told_by_entrustee_on: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _derive_my_number(cls, given: Any) -> Any:
        if isinstance(given, dict) and "my_number" not in given and isinstance(given.get("items"), list):
            return {**given, "my_number": "my_number" in given["items"]}
        return given

    @model_validator(mode="after")
    def _consistent(self) -> "Facts":
        from madoguchi.law.consistency import check  # it speaks of Facts

        catalogue.check_keys(self.items)
        check(self)
        return self

    @cached_property
    def assumed(self) -> dict[str, Any]:
        """Return what was left out and what was taken instead, in the order of the contract."""
        return {key: getattr(self, key) for key in _FILLED_IN if key not in self.model_fields_set}


_FILLED_IN = (
    "certainty", "data_state", "persons", "unlawful_purpose", "encryption", "recovered_unread", "same_data_kept",
    "pseudonymised", "holder", "role", "sector", "people_kinds", "people_in", "contactable", "login_opens", "my_number",
    "as_of",
)  # fmt: skip


def read(data: str | bytes, *, today: dt.date, file: str | None = None) -> Facts:
    """Return the facts of a YAML or JSON text; ``today`` (Asia/Tokyo) is the ``as_of`` of a text that names none.

    A key with nothing behind it is as if left out. Raises `Problem` with the file and the place: not readable, an unknown key, a wrong value, a contradiction.
    """
    from madoguchi.law import refusal  # it speaks of Facts

    given = datafile.read_yaml(data, file=file)
    if not isinstance(given, dict):
        raise refusal.no_facts(data).at(file=file)
    stated = {str(key): value for key, value in given.items() if value is not None or key not in Facts.model_fields}
    try:
        facts = datafile.check(Facts, {"as_of": today, **stated}, file=file)
    except Problem as problem:
        raise refusal.better(stated, problem).at(file=file) from None
    for key in ("as_of", "my_number"):
        if key not in stated:
            facts.model_fields_set.discard(key)
    return facts
