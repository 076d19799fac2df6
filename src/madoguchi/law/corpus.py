"""The law as dated data: read from `corpus/`, checked as a whole, compiled into one regime for each stretch of days."""

import datetime as dt
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from madoguchi.problem import Problem
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

Status = Literal["required", "released", "voluntary", "not_required", "review"]
DutyId = Literal["prompt_report", "final_report", "notify_person", "notify_entruster"]
DUTIES: tuple[DutyId, ...] = ("prompt_report", "final_report", "notify_person", "notify_entruster")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(_Strict):
    """Something that holds from ``valid_from`` to ``valid_to`` (both days included) and says where that is written.

    ``confirmed: false`` marks what our sources do not confirm: shown as such, and never a verdict by itself.
    """

    id: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    citations: list[str]
    confirmed: bool = True

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether it holds on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def meets(self, other: "Dated") -> bool:
        """Tell whether there is a day on which both hold."""
        starts = [d for d in (self.valid_from, other.valid_from) if d]
        ends = [d for d in (self.valid_to, other.valid_to) if d]
        return not starts or not ends or max(starts) <= min(ends)


class Conditional(Dated):
    """Something that holds where all of ``when``, one of ``any`` (if named) and none of ``when_not`` is so, unless a rule that ``lifts`` it applies."""

    when: list[str] = []
    any: list[str] = []
    when_not: list[str] = []
    lifts: list[str] = []

    def excludes(self, other: "Conditional") -> bool:
        """Tell whether the two can never apply together: one asks for what the other rules out, or lifts it."""
        return bool(
            set(self.when) & set(other.when_not)
            or set(other.when) & set(self.when_not)
            or other.id in self.lifts
            or self.id in other.lifts
        )


class Rule(Conditional):
    """Gives a ``point`` (then it is so) or the ``status`` of ``duties``; a rule that gives neither only lifts others.

    ``because`` is said where it applies, ``maybe`` where a fact that it asks for is not known.
    """

    point: str | None = None
    duties: list[DutyId] = []
    status: Status | None = None
    because: LocalText | None = None
    maybe: LocalText | None = None


class Term(Conditional):
    """How long a duty has: day ``days`` of a count whose day 1 is the start; ``limit`` law, or a guideline's range from ``from_day``."""

    duty: DutyId
    days: int
    from_day: int | None = None
    limit: Literal["law", "guideline"]
    roll: bool
    because: LocalText


class Threshold(Dated):
    """More than ``over`` people, for this kind of holder."""

    holder: Literal["business", "public_body"]
    over: int


class Authority(Dated):
    """Who takes the reports of a ``sector``; reports about its own employees and shareholders go to ``own_people``."""

    sector: str
    to: str
    own_people: str = "ppc"
    name: LocalText
    note: LocalText | None = None


class Pending(Dated):
    """A change that is promulgated and not in force: the day is the one from which it is known."""

    text: LocalText


class LawFile(_Strict):
    """One law: its name, when it is asked at all (``applies``: points), and what is known to be coming."""

    id: str
    name: LocalText
    applies: list[str] = []
    order: int
    pending: list[Pending] = []
    last_sure_day: dt.date | None = None
    rules: list[Rule] = []
    terms: list[Term] = []
    thresholds: list[Threshold] = []
    authorities: list[Authority] = []


class RulesFile(_Strict):
    """A file of rules."""

    rules: list[Rule]


class TermsFile(_Strict):
    """A file of terms and thresholds."""

    terms: list[Term]
    thresholds: list[Threshold]


class AuthoritiesFile(_Strict):
    """A file of authorities by sector."""

    authorities: list[Authority]


class Law(LawFile):
    """A law with all its files."""

    def boundaries(self) -> list[dt.date]:
        """Return the days on which something of this law begins to hold or has ended."""
        dated: list[Dated] = [*self.rules, *self.terms, *self.thresholds, *self.authorities]
        begins = {d.valid_from for d in dated if d.valid_from}
        return sorted(begins | {d.valid_to + dt.timedelta(days=1) for d in dated if d.valid_to})


@lru_cache(maxsize=1)
def load() -> tuple[Law, ...]:
    """Return every law of the corpus, in the order in which they answer; `Problem` when the corpus contradicts itself."""
    folders = sorted(
        (f for f in files("madoguchi.law").joinpath("corpus").iterdir() if f.is_dir()), key=lambda f: f.name
    )
    return tuple(sorted((load_law(folder) for folder in folders), key=lambda law: law.order))


def load_law(folder: Traversable) -> Law:
    """Return the law whose files stand in ``folder``: law.yaml, and rules*.yaml, terms.yaml, authorities.yaml."""
    law = datafile.load(LawFile, folder / "law.yaml").model_dump(by_alias=True, exclude_unset=True)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.startswith("rules"):
            law.setdefault("rules", []).extend(_parts(RulesFile, file)["rules"])
        elif file.name == "terms.yaml":
            law.update(_parts(TermsFile, file))
        elif file.name == "authorities.yaml":
            law.update(_parts(AuthoritiesFile, file))
    whole = Law.model_validate(law)
    check(whole)
    return whole


M = TypeVar("M", bound=_Strict)


def _parts(model: type[M], file: Traversable) -> dict[str, list[object]]:
    return datafile.load(model, file).model_dump(by_alias=True, exclude_unset=True)


def check(law: Law) -> None:
    """Raise `Problem` where the law's rules disagree, stand twice, or name what there is not."""
    dated: list[Dated] = [*law.rules, *law.terms, *law.thresholds, *law.authorities]
    for one, two in combinations(dated, 2):
        if one.id == two.id and one.meets(two):
            raise _broken(law, f"{one.id} stands twice for the same day", one.id)
    known = {d.id for d in dated}
    for conditional in [*law.rules, *law.terms]:
        for lifted in conditional.lifts:
            if lifted not in known:
                near = datafile.nearest(lifted, sorted(known))
                raise _broken(
                    law, f"{conditional.id} lifts {lifted!r}, which there is not; nearest: {near}", conditional.id
                )
    _check_slots(law)


def _check_slots(law: Law) -> None:
    """Refuse two things that give the same slot different values on a day and for facts on which both hold."""
    slots: dict[str, list[tuple[str, Dated]]] = defaultdict(list)
    for rule in law.rules:
        for duty in rule.duties:
            slots[duty].append((str(rule.status), rule))
    for term in law.terms:
        slots[f"{term.duty}, days"].append((str(term.days), term))
    for threshold in law.thresholds:
        slots[f"{threshold.holder}, persons"].append((str(threshold.over), threshold))
    for authority in law.authorities:
        slots[f"sector {authority.sector}"].append((authority.to, authority))
    for slot, givers in slots.items():
        for (value_1, one), (value_2, two) in combinations(givers, 2):
            if value_1 != value_2 and one.meets(two) and not _exclusive(one, two):
                raise _broken(law, f"{one.id} says {value_1} and {two.id} says {value_2}, and both can apply", slot)


def _exclusive(one: Dated, two: Dated) -> bool:
    return isinstance(one, Conditional) and isinstance(two, Conditional) and one.excludes(two)


def _broken(law: Law, en: str, place: str) -> Problem:
    return Problem(
        ja=f"法令データが食い違っています（{en}）。corpus を直してください。",
        en=f"{en}; mend the corpus",
        file=law.id,
        place=place,
    )
