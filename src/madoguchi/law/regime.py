"""The rules of one law as they stand on one day, in the order in which they build on each other, ready to be applied.

Three-valued: a rule applies, does not, or is not known to (None), as its points are.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from madoguchi.law import corpus
from madoguchi.law.corpus import Conditional, DutyId, Law, Rule, Status, Term
from madoguchi.law.points import NAMES, Points, Truth
from madoguchi.problem import Problem

Key = tuple[Truth, ...]  # the truths of a regime's open points, in their order


@dataclass(frozen=True, slots=True)
class Step:
    """A rule with the positions of its lifters; ``doubt`` names the point that stands for "our source is right"."""

    rule: Rule
    lifted_by: tuple[str, ...]
    doubt: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Regime:
    """What holds on a stretch of days; ``open_points`` are the points that no rule gives but a rule or term asks for."""

    law: Law
    steps: tuple[Step, ...]
    terms: dict[DutyId, tuple[Term, ...]]
    duties: frozenset[DutyId]
    asking: dict[str, tuple[Rule, ...]]
    open_points: tuple[str, ...]

    def key(self, points: Points) -> Key:
        """Return the part of ``points`` on which everything else rests."""
        return tuple(map(points.get, self.open_points))

    def points(self, key: Key) -> Points:
        """Return the points of which ``key`` is the key."""
        return dict(zip(self.open_points, key, strict=True))

    def conclude(self, points: Points) -> tuple[Points, dict[str, Truth]]:
        """Return the points with those that rules give, and for each rule whether it applies."""
        points = dict(points)
        applies: dict[str, Truth] = {}
        for step in self.steps:
            rule = step.rule
            truth = condition(rule, points)
            if step.doubt is not None and truth is not False and points.get(step.doubt) is not True:
                truth = points.get(step.doubt)
            if truth is not False:
                for lifter in step.lifted_by:
                    if applies[lifter]:
                        truth = False
                        break
                    if applies[lifter] is None:
                        truth = None
            applies[rule.id] = truth
            if rule.point is not None:
                before = points.get(rule.point, False)
                points[rule.point] = True if truth or before else (None if truth is None or before is None else False)
        return points, applies

    def statuses(self, applies: dict[str, Truth]) -> dict[DutyId, tuple[Status, tuple[Rule, ...]]]:
        """Return for each duty its status and the rules that gave it (``review``: those that may)."""
        sure: dict[DutyId, tuple[Status, list[Rule]]] = {}
        open_: dict[DutyId, list[Rule]] = {}
        for step in self.steps:
            rule, truth = step.rule, applies[step.rule.id]
            for duty in rule.duties:
                if truth and rule.status:
                    sure.setdefault(duty, (rule.status, []))[1].append(rule)
                elif truth is None:
                    open_.setdefault(duty, []).append(rule)
        found: dict[DutyId, tuple[Status, tuple[Rule, ...]]] = {}
        for duty in corpus.DUTIES:
            if duty in sure:
                found[duty] = (sure[duty][0], tuple(sure[duty][1]))
            elif duty in open_:
                found[duty] = ("review", tuple(open_[duty]))
            elif duty in self.duties:
                found[duty] = ("not_required", ())
        return found


def condition(conditional: Conditional, points: Points) -> Truth:
    """Tell whether the condition of a rule is so, apart from what lifts it."""
    truth: Truth = True
    for name in conditional.when:
        value = points[name]
        if value is False:
            return False
        if value is None:
            truth = None
    for name in conditional.when_not:
        value = points[name]
        if value:
            return False
        if value is None:
            truth = None
    if conditional.any:
        values = [points[name] for name in conditional.any]
        if True not in values:
            if None not in values:
                return False
            truth = None
    return truth


def on(law: Law, day: dt.date) -> Regime:
    """Return what holds of ``law`` on ``day``."""
    return _regime(law.id, bisect_right(_boundaries(law.id), day))


@lru_cache(maxsize=64)
def _boundaries(law_id: str) -> list[dt.date]:
    return _law(law_id).boundaries()


def _law(law_id: str) -> Law:
    return next(law for law in corpus.load() if law.id == law_id)


@lru_cache(maxsize=256)
def _regime(law_id: str, stretch: int) -> Regime:
    law, boundaries = _law(law_id), _boundaries(law_id)
    return build(law, boundaries[stretch - 1] if stretch else dt.date.min)


def build(law: Law, day: dt.date) -> Regime:
    """Return the regime of ``law`` on ``day``; `Problem` where its rules go round in a circle or ask for an unknown point."""
    rules = {rule.id: rule for rule in law.rules if rule.holds_on(day)}
    lifted_by = {key: tuple(r.id for r in rules.values() if key in r.lifts) for key in rules}
    givers: dict[str, list[str]] = {}
    for rule in rules.values():
        if rule.point:
            givers.setdefault(rule.point, []).append(rule.id)
    before: dict[str, set[str]] = {}
    for rule in rules.values():
        asked = _asked(rule)
        for name in asked:
            if name not in NAMES and name not in givers and name != doubt(rule):
                raise Problem(
                    ja=f"規則の条件「{name}」を出す規則がありません。corpus を直してください。",
                    en=f"no fact and no rule gives the point {name!r}; mend the corpus",
                    file=law.id,
                    place=rule.id,
                )
        before[rule.id] = {giver for name in asked for giver in givers.get(name, [])} | set(lifted_by[rule.id])
    try:
        order = [rules[key] for key in TopologicalSorter(before).static_order()]
    except CycleError as error:
        raise Problem(
            ja="規則が堂々巡りになっています。corpus を直してください。",
            en=f"the rules go round in a circle ({error.args[1]}); mend the corpus",
            file=law.id,
        ) from None
    steps = tuple(Step(rule, lifted_by[rule.id], None if rule.confirmed else doubt(rule)) for rule in order)
    terms: dict[DutyId, tuple[Term, ...]] = {}
    for term in law.terms:
        if term.holds_on(day):
            terms[term.duty] = (*terms.get(term.duty, ()), term)
    of_terms = [n for some in terms.values() for t in some for n in (*t.when, *t.any, *t.when_not) if n in NAMES]
    asking = {name: tuple(r for r in order if name in _asked(r)) for rule in order for name in _asked(rule)}
    return Regime(
        law=law,
        steps=steps,
        terms=terms,
        duties=frozenset(duty for rule in order for duty in rule.duties),
        asking=asking,
        open_points=tuple(name for name in dict.fromkeys([*asking, *of_terms]) if name not in givers),
    )


def _asked(rule: Rule) -> list[str]:
    return [*rule.when, *rule.any, *rule.when_not, *([] if rule.confirmed else [doubt(rule)])]


def doubt(rule: Rule) -> str:
    """Return the point that stands for "our source is right about this rule"; it is never known."""
    return f"?{rule.id}"
