"""What an identified person is answered: their items from their own exposures, the rest from the approved facts.

Approved are the facts of the last round of notices or announcement that a second person approved: what was not approved
is told to nobody, whoever asks first.
"""

from datetime import date

from madoguchi.app.announcements.models import Announcement
from madoguchi.app.announcements.queries import filings, publication
from madoguchi.app.company.models import FactSheet, Incident
from madoguchi.app.company.paper_facts import public_facts
from madoguchi.app.company.queries import facts_of
from madoguchi.app.desk.arrival import Arrival, Asked
from madoguchi.app.desk.models import Inquiry
from madoguchi.app.desk.sealing import told
from madoguchi.app.notices.models import Round
from madoguchi.app.notices.papers import own_items
from madoguchi.app.notices.queries import notices_so_far
from madoguchi.law.questions import QUESTIONS
from madoguchi.letters.draft import draft
from madoguchi.letters.reply import AnswerLine
from madoguchi.problem import Problem

BY_LAW = frozenset(question.key for question in QUESTIONS)


def approved_sheet(incident: Incident) -> FactSheet:
    """Return the newest facts that a second person approved for others to read; `Problem` where there are none yet."""
    sheets = FactSheet.objects.filter(incident=incident)
    approved = [
        model.objects.filter(incident=incident, approved_at__isnull=False).values("sheet")
        for model in (Round, Announcement)
    ]
    sheet = sheets.filter(id__in=approved[0]).union(sheets.filter(id__in=approved[1])).order_by("-version").first()
    if sheet is None:
        raise Problem(
            ja="承認された事実がまだありません。先に、本人通知か公表文を承認してもらってください。",
            en="no facts are approved yet; have the notices or the announcement approved first",
            place=incident.title,
        )
    return sheet


def lines(inquiry: Inquiry, *, today: date) -> list[AnswerLine]:
    """Return the answer to each question of an identified asker's inquiry, in its numbers.

    What the facts do not hold is ``unknown_yet``, never guessed, and so is each question of the person's own: a member
    of the desk answers it. `Problem` where the asker is not identified.
    """
    person = inquiry.person
    if person is None:
        raise Problem(
            ja="本人確認がまだ済んでいません。確認が済むまで、個人に関することはお答えできません。",
            en="the asker is not identified yet; until then nothing personal is told",
        )
    incident = person.incident
    public = public_facts(
        facts_of(approved_sheet(incident)),
        inquiry.organisation,
        date=today,
        notices=notices_so_far(incident),
        filings=filings(incident),
        publication=publication(incident),
    )
    asked = Arrival.model_validate(told(inquiry)).questions
    known = [question for question in asked if question.key in BY_LAW]
    drafted = dict(
        zip(
            (question.number for question in known),
            draft(public, [question.key for question in known], **own_items(person)),
            strict=True,
        )
    )
    return [_line(question, drafted.get(question.number)) for question in asked]


def _line(question: Asked, drafted: AnswerLine | None) -> AnswerLine:
    own = {"number": question.number, "asked": question.text}
    if drafted is None:
        return AnswerLine(**own, state="unknown_yet")
    return drafted.model_copy(update={**own, "ground": question.ground or drafted.ground})
