"""Drafts of a reply: what the desk knows of one person, and what the company has told the public, question by question."""

from collections.abc import Callable, Iterable

from madoguchi import catalogue, harm
from madoguchi.law import questions
from madoguchi.letters import faq
from madoguchi.letters.public import PublicFacts
from madoguchi.letters.reply import CLAIMS, AnswerLine, AnswerState
from madoguchi.letters.wording import Wording
from madoguchi.problem import LANGS, Lang
from madoguchi.text import dates
from madoguchi.text.language import LocalText

# What the FAQ says to everybody is not the whole answer to somebody who asks about one message.
IN_PART = ("genuine",)


def draft(
    facts: PublicFacts, keys: Iterable[str], *, proved: Iterable[str] = (), possible: Iterable[str] = ()
) -> tuple[AnswerLine, ...]:
    """Return an answer to each question (keys of `law.questions`), in the order given, for a human to look over.

    ``proved`` and ``possible`` are the items of that one person (identified before) that were seen in the leaked
    material, or were within reach. *affected*, *items* and *what_to_do* are answered from these alone, the others as
    the FAQ answers them; what neither holds is ``unknown_yet``, so that nothing is invented. `Problem` for an unknown
    question or item.
    """
    person = _Person(facts, tuple(dict.fromkeys(proved)), tuple(dict.fromkeys(possible)))
    public = {lang: {entry.key: entry for entry in faq.entries(facts, lang)} for lang in LANGS}
    found = []
    for key in keys:
        ground = questions.question(key).ground
        text, state = person.answer(key)
        if text is None and key in public["ja"]:
            texts = {lang: public[lang][key].text for lang in LANGS}
            text, state = _local(texts.__getitem__), "partly" if key in IN_PART else public["ja"][key].state
        found.append(AnswerLine(question=key, ground=ground, state=state, text=text))
    return tuple(found)


def identify_first(key: str) -> AnswerLine:
    """Return what somebody who is not identified is answered to a question about themselves, affected or not."""
    words = {lang: Wording("reply", lang) for lang in LANGS}
    text = _local(lambda lang: words[lang].say("draft.identify_first"))
    return AnswerLine(question=key, ground=questions.question(key).ground, state="unknown_yet", text=text)


class _Person:
    """What can be said to this one person."""

    def __init__(self, facts: PublicFacts, proved: tuple[str, ...], possible: tuple[str, ...]) -> None:
        catalogue.check_keys([*proved, *possible])
        self.facts = facts
        self.proved = proved
        self.possible = tuple(key for key in possible if key not in proved)
        self.words = {lang: Wording("reply", lang) for lang in LANGS}

    def answer(self, key: str) -> tuple[LocalText | None, AnswerState]:
        """Return the answer to a question that this person's own data, or a fact of ours, answers."""
        if key in CLAIMS:  # the draft says that it has arrived; the answer is what will be done
            return self._say("claim"), "unknown_yet"
        match key:
            case "affected":
                return self._affected(), "answered"
            case "items":
                return (self._items(), "answered") if self._any() else (self._affected(), "answered")
            case "what_to_do" if self._any():
                return _local(self._advice), "answered"
            case "reason":
                return self._say("reason"), "answered"
            case "publication" if self.facts.publication.state in ("done", "planned"):
                return self._published(self.facts.publication.state), "answered"
        return None, "unknown_yet"

    def _any(self) -> tuple[str, ...]:
        return (*self.proved, *self.possible)

    def _affected(self) -> LocalText:
        if self._any():
            return self._say("affected.proved" if self.proved else "affected.possible")
        return _local(lambda lang: self._in(lang, "affected.none", date=dates.say(self.facts.date, lang)))

    def _items(self) -> LocalText:
        tiers = [("proved", self.proved), ("possible", self.possible)]

        def lines(lang: Lang) -> str:
            return "\n".join(
                self._in(lang, f"items.{tier}", items=self.words[lang].join([catalogue.say(key, lang) for key in keys]))
                for tier, keys in tiers
                if keys
            )

        return _local(lines)

    def _advice(self, lang: Lang) -> str:
        start = self.facts.occurred.start if self.facts.occurred else None
        steps = harm.notice_advice(self._any(), lang, start)
        return "\n".join([self.words[lang].say("next.advice"), *(f"・{step}" for step in steps)])

    def _published(self, state: str) -> LocalText:
        day = self.facts.publication.date
        if not day:
            return self._say(f"publication.{state}")
        return _local(lambda lang: self._in(lang, f"publication.{state}_on", date=dates.say(day, lang)))

    def _say(self, key: str) -> LocalText:
        return _local(lambda lang: self._in(lang, key))

    def _in(self, lang: Lang, key: str, **values: object) -> str:
        return self.words[lang].say(f"draft.{key}", **values)


def _local(say: Callable[[Lang], str]) -> LocalText:
    return LocalText.model_validate({lang: say(lang) for lang in LANGS})
