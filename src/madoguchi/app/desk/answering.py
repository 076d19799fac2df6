"""What is answered: an identified person's items from their own exposures, all else from the approved facts."""

from datetime import date

from madoguchi.app.announcements.queries import filings, publication
from madoguchi.app.company.models import Incident
from madoguchi.app.company.paper_facts import public_facts
from madoguchi.app.company.queries import facts_of
from madoguchi.app.desk import approved
from madoguchi.app.desk.arrival import Asked
from madoguchi.app.desk.models import Inquiry
from madoguchi.app.desk.queries import arrival_of
from madoguchi.app.notices.queries import notices_so_far
from madoguchi.law.questions import QUESTIONS
from madoguchi.letters.draft import draft, identify_first
from madoguchi.letters.reply import AnswerLine
from madoguchi.problem import Problem

BY_LAW = frozenset(question.key for question in QUESTIONS)
# What `draft` answers from the one person's items, and from nothing else.
PERSONAL = frozenset({"affected", "items", "what_to_do"})
# What is told to nobody but the identified person.
OF_ONE = frozenset({"affected", "items"})


def lines(inquiry: Inquiry, *, today: date) -> list[AnswerLine]:
    """Return the answer to each question of an inquiry, in its numbers.

    What the approved facts do not hold is ``unknown_yet``, never guessed, and so is each question of the person's own: a
    member of the desk answers it. Whoever is not identified is told what the public is told, and how to be identified,
    in the same words whether they are affected or not. `Problem` where the incident is not known, or nothing is approved.
    """
    incident, person = _incident(inquiry), inquiry.person
    public = public_facts(
        facts_of(approved.sheet(incident)),
        inquiry.organisation,
        date=today,
        notices=notices_so_far(incident),
        filings=filings(incident),
        publication=publication(incident),
    )
    items = approved.items(person) if person else None
    asked = arrival_of(inquiry).questions
    silent = OF_ONE if person is None else PERSONAL if items is None else frozenset()
    known = [each for each in asked if each.key in BY_LAW and each.key not in silent]
    drafted = draft(public, [each.key for each in known], **(items or {}))
    found = dict(zip((each.number for each in known), drafted, strict=True))
    if person is None:
        found |= {each.number: identify_first(each.key) for each in asked if each.key in OF_ONE}
    return [_line(each, found.get(each.number)) for each in asked]


def _incident(inquiry: Inquiry) -> Incident:
    if inquiry.incident is None:
        raise Problem(
            ja="どの事案の問い合わせかが、まだ決まっていません。先に事案を選んでください。",
            en="it is not known yet which incident this is about; assign the incident first",
        )
    return inquiry.incident


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
