"""What a reply does with each question: answered, partly, refused, not answered; the criteria are `words/reply_*.yaml`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from madoguchi.law import questions as law
from madoguchi.law.questions import GroundKey
from madoguchi.reading.flat import Span
from madoguchi.reading.questions import Asked
from madoguchi.reading.reply import words as reply_words
from madoguchi.reading.reply.clauses import WORD_FEATURES, Clause
from madoguchi.reading.reply.other import answers_other
from madoguchi.reading.reply.words import Judged, Rule, Verdict
from madoguchi.text.language import LocalText

_ELSE = Judged(rules=())
_OPEN = frozenset({"refuses", "pending", "dated"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply does with one question.

    ``span`` is the sentence relied on (None where it says nothing), ``why`` where a refusal gives its reason.
    ``citation`` is what the question rests on, empty for a courtesy; ``reason`` the criterion (`reply_verdicts.yaml`).
    """

    question: str
    asked: Asked
    ground: GroundKey
    verdict: Verdict
    reason: str
    span: Span | None
    citation: str
    why: Span | None = None

    @property
    def means(self) -> LocalText:
        """Return the criterion in words."""
        return reply_words.reasons()[self.reason].text

    def as_dict(self) -> dict[str, object]:
        """Return the contract's entry."""
        return {
            "question": self.question,
            "ground": self.ground,
            "verdict": self.verdict,
            "span": list(self.span) if self.span else None,
            "citation": self.citation,
            "number": self.asked.number,
            "asked": self.asked.text,
            "reason": self.reason,
            "refusal_reason_span": list(self.why) if self.why else None,
        }


@dataclass(frozen=True, slots=True)
class _Found:
    """One clause's bearing on one question."""

    clause: Clause
    verdict: str
    reason: str
    part: str | None = None
    rank: int = 0


def judge(clauses: Sequence[Clause], asked: Sequence[Asked]) -> tuple[Answer, ...]:
    """Return the verdict on each question, in the order asked."""
    first = [_answer(index, asked, clauses, affected=False) for index in range(len(asked))]
    yes = any(answer.question == "affected" and answer.verdict == "answered" for answer in first)
    answers = [_answer(index, asked, clauses, affected=yes) for index in range(len(asked))]
    denied = next((answer for answer in answers if _denies(answer, clauses)), None)
    answers = [_moot(answer, denied) for answer in answers]
    return tuple(
        _reasons(answer, answers, clauses, index) if answer.question == "reason" else answer
        for index, answer in enumerate(answers)
    )


def _answer(index: int, asked: Sequence[Asked], clauses: Sequence[Clause], *, affected: bool) -> Answer:
    one = asked[index]
    judged = reply_words.answers().get(one.key or "", _ELSE)
    found = [hit for clause in clauses for hit in _bearing(clause, index, asked, judged, affected)]
    if any(clause.explicit and index in clause.here and clause.stance in _OPEN for clause in clauses):
        found = [hit for hit in found if index in hit.clause.here or not hit.clause.explicit]
    if all(_closing(hit.clause) or not (index in hit.clause.here or hit.verdict == "answered") for hit in found):
        found += [_Found(clause, "answered", "stated") for clause in clauses if _in_place(clause, index, one)]
    if not any(hit.verdict in {"answered", "partly"} for hit in found):
        found += _all_there_is(clauses, index)
    found.sort(key=lambda hit: _nearness(hit, index, judged))
    reason, clause = _weighed(found, judged, one)
    return _made(one, reason, clause)


def _nearness(hit: _Found, index: int, judged: Judged) -> tuple[bool, bool, int, bool]:
    """Return what comes first among sentences that all answer: the place, the words of the matter, the surer rule."""
    clause = hit.clause
    about = bool(judged.topic and judged.topic.search(clause.said))
    return index not in clause.here, not about, hit.rank, "own" not in clause.features


def _closing(clause: Clause) -> bool:
    """Return whether a clause only says that what stands above it is all that can be said at present."""
    return bool(reply_words.stances().that_is_all.search(clause.said))


def _all_there_is(clauses: Sequence[Clause], index: int) -> list[_Found]:
    """Return what stands above "this is all that we can answer": the company itself calls it a part of the answer."""
    mine = [clause for clause in clauses if clause.explicit and index in clause.here]
    if not any(_closing(clause) for clause in mine):
        return []
    return [_Found(clause, "partly", "details_pending") for clause in mine if clause.stance == "states"]


def _in_place(clause: Clause, index: int, one: Asked) -> bool:
    """Return whether a plain statement, made where this question is answered, speaks of no other question's matter."""
    if not clause.explicit or index not in clause.here or clause.stance != "states" or len(clause.fact) < 3:
        return False
    words = reply_words.stances()
    if _closing(clause) or words.vague_measures.search(clause.said) or words.list_lead.search(clause.said):
        return False
    return not any(
        key != one.key
        and any(hit.verdict == "answered" for hit in _by_rules(clause, one, judged, clause.features & WORD_FEATURES))
        for key, judged in reply_words.answers().items()
    )


def _made(one: Asked, reason: str, clause: Clause | None) -> Answer:
    rests = law.ground(one.key, None) if one.key else None
    ground = one.ground or (rests.ground if rests else "courtesy")
    if ground == "courtesy" and reply_words.reasons()[reason].verdict == "not_answered":
        reason = "no_duty"
    return Answer(
        question=one.key or "other",
        asked=one,
        ground=ground,
        verdict=reply_words.reasons()[reason].verdict,
        reason=reason,
        span=clause.span if clause else None,
        citation="、".join(rests.citations) if rests else "",
        why=clause.why if clause else None,
    )


def _bearing(clause: Clause, index: int, asked: Sequence[Asked], judged: Judged, affected: bool) -> Iterable[_Found]:
    one, here = asked[index], index in clause.here
    about = here or bool(judged.topic and (judged.topic.search(clause.said) or judged.topic.search(clause.heading)))
    if clause.stance in {"asks", "courtesy"}:
        return
    if (clause.stance != "refuses" or judged.even_refused) and (
        judged.even_pending or clause.stance not in {"pending", "dated"}
    ):
        words = clause.features & WORD_FEATURES if clause.stance == "elsewhere" else clause.features
        features = words | {name for name, holds in (("here", here), ("about", about)) if holds}
        hits = list(_by_rules(clause, one, judged, features | ({"affected_yes"} if affected else set())))
        if clause.stance == "pending":  # "measures will be decided" names the matter and says nothing of it
            hits = [hit for hit in hits if hit.reason not in {"vague", "no_contact"}]
        yield from hits
        if hits:
            return
        if one.key is None and clause.stance == "states" and answers_other(clause, one, here=False):
            yield _Found(clause, "answered", "stated")
            return
    if clause.stance == "states":
        return
    yield from _set_aside(clause, index, asked, judged)


def _by_rules(clause: Clause, one: Asked, judged: Judged, features: frozenset[str] | set[str]) -> Iterable[_Found]:
    text = clause.open if judged.with_conditions else clause.fact
    seen: set[str | None] = set()
    for rank, rule in enumerate(judged.rules):
        if rule.part in seen or not _fits(rule, clause.open if rule.open else text, one.text, features):
            continue
        if clause.stance == "elsewhere" and rule.reason == "vague":
            continue
        if rule.verdict == "not_answered":
            return
        seen.add(rule.part)
        yield _Found(clause, rule.verdict, rule.reason, rule.part, rank)


def _fits(rule: Rule, text: str, question: str, features: frozenset[str] | set[str]) -> bool:
    if not rule.has <= features or rule.lacks & features:
        return False
    if (rule.asked and not rule.asked.search(question)) or (rule.asked_none and rule.asked_none.search(question)):
        return False
    return all(pattern.search(text) for pattern in rule.all) and not (rule.none and rule.none.search(text))


def _set_aside(clause: Clause, index: int, asked: Sequence[Asked], judged: Judged) -> Iterable[_Found]:
    """Yield what a clause that refuses, puts off or points elsewhere does to a question."""
    words = reply_words.stances()
    topics = _topics(clause)
    mine = bool(judged.topic and judged.topic.search(_subject(clause))) or (
        asked[index].key is None and answers_other(clause, asked[index], here=False)
    )
    if mine or (index in clause.here and not (topics & {one.key for one in asked})):
        more = "_more" if words.more_of_it.search(clause.said) else ""
        yield _Found(clause, clause.stance + more, clause.stance)
    elif not topics and not clause.here and (clause.stance != "refuses" or words.refuses_all.search(clause.said)):
        yield _Found(clause, clause.stance + "_all", clause.stance)


def _subject(clause: Clause) -> str:
    """Return a refusal without the reason it gives."""
    text = clause.said
    if clause.stance == "refuses":
        for pattern in reply_words.stances().refusal_reasons:
            shorter = pattern.sub("", text, count=1)
            text = shorter if len(shorter) > 8 else text
    return text


def _topics(clause: Clause) -> set[str]:
    text = _subject(clause)
    return {key for key, judged in reply_words.answers().items() if judged.topic and judged.topic.search(text)}


def _first(found: Sequence[_Found], *verdicts: str) -> Clause | None:
    return next((hit.clause for hit in found if hit.verdict in verdicts), None)


# What decides where nothing is answered, the strongest first, and the reason it gives.
_LEFT: tuple[tuple[tuple[str, ...], str], ...] = (
    (("refuses", "refuses_more"), "refused"),
    (("dated", "dated_more"), "promised_by_day"),
    (("elsewhere", "elsewhere_more"), "elsewhere"),
    (("pending", "pending_more"), "pending"),
    (("refuses_all",), "refused_all"),
    (("dated_all",), "promised_by_day"),
    (("pending_all",), "pending"),
    (("elsewhere_all",), "elsewhere"),
)


def _weighed(found: Sequence[_Found], judged: Judged, one: Asked) -> tuple[str, Clause | None]:
    """Return the reason and the clause that decide."""
    answered = [hit for hit in found if hit.verdict == "answered"]
    partly = [hit for hit in found if hit.verdict == "partly"]
    wanted = {name for name, pattern in judged.parts.items() if pattern.search(one.text)}
    told = {hit.part for hit in answered}
    whole = [hit for hit in answered if not wanted or hit.part is None or hit.part in wanted]
    if whole and (wanted <= told or None in told):
        return _rest(found), whole[0].clause
    if answered:
        return "one_part", answered[0].clause
    if partly:
        return partly[0].reason, partly[0].clause
    for verdicts, reason in _LEFT:
        if clause := _first(found, *verdicts):
            return _finer(reason, clause, general=verdicts[0].endswith("_all")), clause
    return "silent", None


def _rest(found: Sequence[_Found]) -> str:
    """Return the reason of an answer, which may hold back the rest."""
    if _first(found, "refuses", "refuses_more"):
        return "details_withheld"
    return "details_pending" if _first(found, "pending_more") else "stated"


def _finer(reason: str, clause: Clause, *, general: bool) -> str:
    if reason == "refused" and clause.why:
        return "refused_with_reason"
    if reason == "elsewhere" and not general:
        given = "link" in clause.features or reply_words.stances().elsewhere.place.search(clause.said)
        return "elsewhere_given" if given else "elsewhere"
    return reason


def _denies(answer: Answer, clauses: Sequence[Clause]) -> bool:
    """Return whether an answer says that the person is not affected."""
    if answer.question != "affected" or answer.verdict != "answered":
        return False
    relied = [clause for clause in clauses if clause.span == answer.span]
    return any(reply_words.term("denied").search(clause.fact) for clause in relied)


def _moot(answer: Answer, denied: Answer | None) -> Answer:
    """Return the answer on items where nothing of the person's leaked: that says it."""
    if denied is None or answer.question != "items" or answer.verdict in {"answered", "refused"}:
        return answer
    return replace(answer, verdict="answered", reason="not_affected", span=denied.span)


def _reasons(answer: Answer, answers: Sequence[Answer], clauses: Sequence[Clause], index: int) -> Answer:
    """Return what the reply does with "why not, where not": each refusal is to have its reason (法36条)."""
    words = reply_words.stances()
    own = [one for one in clauses if one.explicit and index in one.here and words.gives_reason.search(one.said)]
    if own:
        return replace(answer, verdict="answered", reason="reasons_given", span=own[0].span)
    refusals = [clause for clause in clauses if clause.stance == "refuses"]
    given = [clause for clause in refusals if clause.why]
    if not refusals:
        silent = any(one.verdict == "not_answered" and one.question != "reason" for one in answers)
        return answer if silent else replace(answer, verdict="answered", reason="nothing_refused", span=None)
    if not given:
        return replace(answer, verdict="not_answered", reason="silent", span=None)
    reason = "reasons_given" if len(given) == len(refusals) else "some_reasons"
    return replace(answer, verdict=reply_words.reasons()[reason].verdict, reason=reason, span=given[0].span)
