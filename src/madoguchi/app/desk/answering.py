"""What an identified person is answered: their items from their own exposures, the rest from the approved facts."""

from datetime import date

from madoguchi.app.announcements.queries import filings
from madoguchi.app.company.models import Person
from madoguchi.app.company.paper_facts import public_facts
from madoguchi.app.company.queries import facts_of
from madoguchi.app.desk import approved
from madoguchi.app.desk.arrival import Asked
from madoguchi.app.desk.models import Inquiry
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.notices.queries import notices_so_far
from madoguchi.law.questions import QUESTIONS
from madoguchi.letters.draft import draft
from madoguchi.letters.reply import AnswerLine
from madoguchi.problem import Problem

BY_LAW = frozenset(question.key for question in QUESTIONS)
# What `draft` answers from the one person's items, and from nothing else.
PERSONAL = frozenset({"affected", "items", "what_to_do"})


def lines(inquiry: Inquiry, *, today: date) -> list[AnswerLine]:
    """Return the answer to each question of an identified asker's inquiry, in its numbers.

    What the approved facts do not hold is ``unknown_yet``, never guessed, and so is each question of the person's own: a
    member of the desk answers it. `Problem` where the asker is not identified, or nothing is approved yet.
    """
    person = identified(inquiry)
    public = public_facts(
        facts_of(approved.sheet(person.incident)),
        inquiry.organisation,
        date=today,
        notices=notices_so_far(person.incident),
        filings=filings(person.incident),
    )
    items = approved.items(person)
    asked = arrival_of(inquiry).questions
    known = [each for each in asked if each.key in BY_LAW and (items is not None or each.key not in PERSONAL)]
    drafted = draft(public, [each.key for each in known], **(items or {}))
    found = dict(zip((each.number for each in known), drafted, strict=True))
    return [_line(each, found.get(each.number)) for each in asked]


def identified(inquiry: Inquiry) -> Person:
    """Return who asks; `Problem` while that is not known."""
    if inquiry.person is None:
        raise Problem(
            ja="本人確認がまだ済んでいません。確認が済むまで、個人に関することはお答えできません。",
            en="the asker is not identified yet; until then nothing personal is told",
        )
    return inquiry.person


def _line(question: Asked, drafted: AnswerLine | None) -> AnswerLine:
    own = {"number": question.number, "asked": question.text}
    if drafted is None:
        return AnswerLine(
            **own,
            question=question.key if question.key in BY_LAW else None,
            ground=question.ground,
            state="unknown_yet",
        )
    return drafted.model_copy(update={**own, "ground": question.ground or drafted.ground})
