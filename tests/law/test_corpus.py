"""The corpus: it loads whole, refuses to contradict itself, and every rule of it is used by a scenario."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from madoguchi.law import assess, corpus, points, read, regime
from madoguchi.law.corpus import Law, Rule, Term, Threshold
from madoguchi.problem import LANGS, Problem

WORDS = {"ja": "あ", "en": "a", "ja-easy": "あ"}


def law(**parts: Any) -> Law:
    return Law(id="MADE", name=WORDS, order=9, **parts)


def rule(key: str, **parts: Any) -> Rule:
    return Rule(id=key, citations=["1条"], **parts)


def test_the_corpus_holds_japan_first() -> None:
    assert [found.id for found in corpus.load()] == ["APPI", "MYNUMBER"]


def test_every_value_that_gives_a_verdict_is_cited() -> None:
    for found in corpus.load():
        for dated in [*found.terms, *found.thresholds, *found.authorities, *found.pending]:
            assert dated.citations, dated.id
        for one in found.rules:
            assert one.citations or one.because is None, one.id


def test_every_text_stands_in_three_languages() -> None:
    for found in corpus.load():
        for one in [*found.rules, *found.terms]:
            if one.because:
                assert all(one.because.say(lang).strip() for lang in LANGS)
                assert len({one.because.say(lang) for lang in LANGS}) == 3, one.id


def test_two_rules_that_disagree_are_an_error() -> None:
    clash = [
        rule("a", duties=["final_report"], status="required", when=["leak"]),
        rule("b", duties=["final_report"], status="voluntary", when=["held"]),
    ]
    with pytest.raises(Problem, match="a says required and b says voluntary"):
        corpus.check(law(rules=clash))


@pytest.mark.parametrize(
    "other",
    [
        {"when": ["held"], "when_not": ["leak"]},
        {"when": ["held"], "lifts": ["a"]},
        {"when": ["held"], "valid_from": "2030-01-01"},
    ],
    ids=["one asks for what the other rules out", "one lifts the other", "they hold at different times"],
)
def test_two_rules_that_never_meet_do_not_disagree(other: dict[str, Any]) -> None:
    first = rule("a", duties=["final_report"], status="required", when=["leak"], valid_to="2029-12-31")
    corpus.check(law(rules=[first, rule("b", duties=["final_report"], status="voluntary", **other)]))


def test_two_lengths_of_one_term_are_an_error() -> None:
    terms = [
        Term(id=key, citations=["1条"], duty="final_report", days=days, limit="law", roll=True, because=WORDS)
        for key, days in (("a", 30), ("b", 60))
    ]
    with pytest.raises(Problem, match="final_report, days"):
        corpus.check(law(terms=terms))


def test_two_thresholds_on_one_day_are_an_error() -> None:
    limits = [
        Threshold(id=key, citations=["1条"], holder="business", over=over) for key, over in (("a", 1000), ("b", 100))
    ]
    with pytest.raises(Problem, match="business, persons"):
        corpus.check(law(thresholds=limits))


def test_one_rule_twice_for_a_day_is_an_error() -> None:
    with pytest.raises(Problem, match="a stands twice"):
        corpus.check(law(rules=[rule("a", valid_to="2024-01-01"), rule("a", valid_from="2024-01-01")]))


def test_two_versions_of_a_rule_follow_each_other() -> None:
    corpus.check(law(rules=[rule("a", valid_to="2023-12-31"), rule("a", valid_from="2024-01-01")]))


def test_a_rule_that_lifts_what_there_is_not_is_an_error() -> None:
    with pytest.raises(Problem, match="nearest: appi"):
        corpus.check(law(rules=[rule("appi"), rule("b", lifts=["apppi"])]))


def test_an_unknown_key_in_a_rule_is_refused() -> None:
    with pytest.raises(ValidationError):
        rule("a", wenn=["leak"])


def test_a_rule_that_asks_for_what_nothing_gives_is_an_error() -> None:
    with pytest.raises(Problem, match="'leek'"):
        regime.build(law(rules=[rule("a", when=["leek"])]), dt.date(2026, 1, 1))


def test_rules_that_go_round_in_a_circle_are_an_error() -> None:
    circle = [rule("a", point="x", when=["y"]), rule("b", point="y", when=["x"])]
    with pytest.raises(Problem, match="circle"):
        regime.build(law(rules=circle), dt.date(2026, 1, 1))


def test_every_stretch_of_every_law_can_be_built() -> None:
    for found in corpus.load():
        for day in [dt.date(2003, 1, 1), *found.boundaries()]:
            steps = regime.on(found, day).steps
            assert {step.rule.id for step in steps} == {r.id for r in found.rules if r.holds_on(day)}


def test_a_regime_begins_on_its_first_day() -> None:
    appi = corpus.load()[0]
    before, after = (regime.on(appi, dt.date(2022, 3, 31)), regime.on(appi, dt.date(2022, 4, 1)))
    assert "appi.rule7.item1" not in {s.rule.id for s in before.steps}
    assert "appi.rule7.item1" in {s.rule.id for s in after.steps}


def test_every_rule_applies_or_may_apply_in_some_scenario() -> None:
    seen: set[str] = set()
    for path in (Path(__file__).parent / "cases").glob("*.yaml"):
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in file["cases"]:
            if "expect" in case:
                facts = read(yaml.safe_dump({**file["common"], **case["facts"]}), today=dt.date(2026, 11, 10))
                for outcome in assess(facts).outcomes:
                    seen |= {key for key, truth in outcome.applies.items() if truth is not False}
    written = {r.id for found in corpus.load() for r in found.rules}
    assert written - seen == set()


def test_the_points_that_rules_may_ask_for_are_those_that_facts_give(make: Any) -> None:
    assert set(points.of(make(), corpus.load()[0])) == points.NAMES
