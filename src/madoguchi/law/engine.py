"""Assess: facts in, what the law requires out. Pure; the day of the question is among the facts."""

from madoguchi.law import corpus, needs, outcome, points, regime
from madoguchi.law.answer import Assessment
from madoguchi.law.facts import Facts


def assess(facts: Facts) -> Assessment:
    """Return what each law of the corpus requires on ``facts``, with its reasons, dates and open questions.

    The law of the day known is applied (which day decides is not confirmed in our sources); APPI always answers.
    """
    parts = []
    for law in corpus.load():
        given = points.of(facts, law)
        if all(given[name] for name in law.applies):
            decision = outcome.Decision(facts, regime.on(law, facts.known_on))
            parts.append((decision.on(given), needs.of(decision, given)))
    found = [need for _, open_ in parts for need in open_]
    return Assessment(facts, tuple(base for base, _ in parts), (*found, *needs.elsewhere(facts)))
