"""Questions and answers (よくあるご質問) from the facts of the statement; what the facts do not hold is said to be open."""

from dataclasses import dataclass

from madoguchi import harm
from madoguchi.letters.account import Account, State
from madoguchi.letters.facts import told
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Paragraph, Points
from madoguchi.letters.public import PublicFacts, check_items
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang

# In the order in which people ask. Where the matter is the same, the key is that of `law.questions`.
GROUPS: dict[str, tuple[str, ...]] = {
    "you": ("affected", "items", "card", "password"),
    "incident": ("persons", "when", "delay", "cause"),
    "safety": ("secondary_harm", "what_to_do", "genuine"),
    "company": ("company_measures", "prevention", "reported", "compensation"),
    "ask": ("disclosure", "stop_use", "agent", "further", "window"),
}
CARD = ("card_number", "card_expiry", "card_security_code", "card_last4")
PASSWORD = ("password", "password_hash")


@dataclass(frozen=True)
class Entry:
    """One question with its answer: text, then points; ``state`` says whether the facts hold all of it."""

    key: str
    group: str
    question: str
    answer: str
    points: tuple[str, ...]
    state: State

    @property
    def text(self) -> str:
        """The answer in one piece, for a mail or a reply."""
        return "\n".join(line for line in (self.answer, *(f"・{point}" for point in self.points)) if line)


def entries(facts: PublicFacts, lang: Lang = "ja") -> list[Entry]:
    """Return every question with its answer, in the order of `GROUPS`; `Problem` for an item that is none."""
    check_items(facts)
    answers = _Answers(facts, lang)
    found = []
    for group, keys in GROUPS.items():
        for key in keys:
            answer, points, state = getattr(answers, key)()
            question = answers.wording.say(f"question.{key}")
            found.append(Entry(key, group, question, answer, tuple(points), state))
    return found


def make(facts: PublicFacts, lang: Lang = "ja") -> Letter:
    """Return the questions and answers as one paper in ``lang``, ready for the company's own site."""
    wording = Wording("faq", lang)
    account = Account(facts, lang)
    title = wording.say(f"title.{facts.certainty}", event=account.event)
    blocks: list[Block] = [Paragraph(text=wording.say("intro", date=account.date))]
    group = ""
    for number, entry in enumerate(entries(facts, lang), 1):
        if entry.group != group:
            group = entry.group
            blocks.append(Heading(text=wording.say(f"group.{group}")))
        blocks.append(Heading(text=wording.say("numbered", number=number, question=entry.question), level=3))
        blocks += shown(entry)
    return Letter(
        kind="faq",
        lang=lang,
        date=facts.date,
        sender=facts.company,
        subject=wording.say("subject", title=title, company=facts.company),
        title=title,
        opening=(Lines(texts=(account.date, facts.company), side="right"),),
        blocks=tuple(blocks),
    )


def shown(entry: Entry) -> list[Block]:
    """Return the blocks of one answer."""
    points: list[Block] = [Points(texts=entry.points)] if entry.points else []
    return [*([Paragraph(text=entry.answer)] if entry.answer else []), *points]


_Answer = tuple[str, list[str], State]


class _Answers:
    """One method a question, named by its key."""

    def __init__(self, facts: PublicFacts, lang: Lang) -> None:
        self.facts = facts
        self.lang = lang
        self.account = Account(facts, lang)
        self.wording = Wording("faq", lang)

    def affected(self) -> _Answer:
        group, told_so = self.account.group(), self.account.told_individually()
        texts = [self._say("group", group=group.text)] if group else []
        if self.facts.occurred:
            texts.append(self._say("period", period=self.account.occurred().text))
        texts += [told_so.text, self._say("by_desk")]
        known = group is not None and group.state == told_so.state == "answered"
        return "\n".join(texts), [], "answered" if known else "partly"

    def items(self) -> _Answer:
        return self._which(self.facts.items or (), self.facts.not_affected)

    def card(self) -> _Answer:
        return self._whether(CARD)

    def password(self) -> _Answer:
        return self._whether(PASSWORD)

    def persons(self) -> _Answer:
        matter = self.account.persons()
        if matter.state == "unknown_yet":
            return self._say("persons_open", state=matter.text), [], matter.state
        return self._say("persons", persons=matter.text), [], matter.state

    def when(self) -> _Answer:
        days = {"occurred": self.account.occurred(), "discovered": self.account.discovered()}
        text = "\n".join(self._say(key, day=matter.text) for key, matter in days.items())
        states = {matter.state for matter in days.values()}
        return text, [], states.pop() if len(states) == 1 else "partly"

    def delay(self) -> _Answer:
        if self.facts.delay_reason:
            return told(self.facts.delay_reason, self.lang), [], "answered"
        return self._say("delay_open"), [], "unknown_yet"

    def cause(self) -> _Answer:
        matter = self.account.cause()
        return matter.text, [], matter.state

    def secondary_harm(self) -> _Answer:
        matter = self.account.secondary()
        return matter.text, [], matter.state

    def what_to_do(self) -> _Answer:
        start = self.facts.occurred.start if self.facts.occurred else None
        steps = harm.notice_advice(self.facts.items or (), self.lang, start)
        if not steps:
            return self.account.notice.say("advice.beware"), [], "partly"
        return self._say("what_to_do"), steps, "answered"

    def genuine(self) -> _Answer:
        return self._say("genuine"), [], "answered"

    def company_measures(self) -> _Answer:
        done = [told(text, self.lang) for text in self.facts.company_did]
        return ("", done, "answered") if done else (self._say("measures_open"), [], "unknown_yet")

    def prevention(self) -> _Answer:
        points = list(self.account.measures("done"))
        points += [self._say("planned", text=text) for text in self.account.measures("planned")]
        return ("", points, "answered") if points else (self._say("prevention_open"), [], "unknown_yet")

    def reported(self) -> _Answer:
        points = [self._say("filing", who=who, text=text) for who, text in self.account.filings()]
        return ("", points, "answered") if points else (self._say("reported_open"), [], "unknown_yet")

    def compensation(self) -> _Answer:
        matter = self.account.compensation()
        return (matter.text, [], "answered") if matter else (self._say("compensation_open"), [], "unknown_yet")

    def disclosure(self) -> _Answer:
        return self._say("disclosure"), [], "answered"

    def stop_use(self) -> _Answer:
        return self._say("stop_use"), [], "answered"

    def agent(self) -> _Answer:
        return self._say("agent"), [], "answered"

    def further(self) -> _Answer:
        web = self.facts.desk.web
        label = self.account.notice.say("desk.web")
        return self._say("further"), [self._say("way", label=label, value=web)] if web else [], "answered"

    def window(self) -> _Answer:
        points = [self._say("way", label=label, value=value) for label, value in self.account.desk()]
        return ("", points, "answered") if points else (self._say("desk_open"), [], "unknown_yet")

    def _whether(self, keys: tuple[str, ...]) -> _Answer:
        """Whether any of ``keys`` is affected: yes, no, not known to be, or open."""
        return self._which(
            tuple(key for key in self.facts.items or () if key in keys),
            tuple(key for key in self.facts.not_affected if key in keys),
        )

    def _which(self, affected: tuple[str, ...], ruled_out: tuple[str, ...]) -> _Answer:
        texts = []
        if affected:
            texts.append(self._say(f"items.{self.facts.certainty}", items=self.account.named(affected)))
        if ruled_out:
            texts.append(self._say("not_affected", items=self.account.named(ruled_out)))
        if not self.facts.items and not ruled_out:
            return self._say("items_open", state=self.account.items().text), [], "unknown_yet"
        if not texts:
            return self._say("not_among"), [], "partly"
        return "\n".join(texts), [], "answered" if self.facts.items else "partly"

    def _say(self, key: str, **values: object) -> str:
        return self.wording.say(f"answer.{key}", **values)
