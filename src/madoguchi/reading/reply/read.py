"""A company's reply, judged question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

from madoguchi.problem import Problem
from madoguchi.reading.announcement import read_announcement
from madoguchi.reading.facts import Announcement
from madoguchi.reading.questions import Asked, quoted
from madoguchi.reading.reply.clauses import clauses
from madoguchi.reading.reply.facts import facts_of
from madoguchi.reading.reply.judge import Answer, judge
from madoguchi.reading.reply.own import own_words
from madoguchi.reading.sentences import LONGEST

__all__ = ["Answer", "Asked", "Reply", "read_reply"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply states (``announcement``: the facts in the company's own words) and does with each question."""

    announcement: Announcement
    answers: tuple[Answer, ...]

    def answer(self) -> dict[str, object]:
        """Return the contract's answer (`read --kind reply`)."""
        answers = [one.as_dict() for one in self.answers]
        return {**self.announcement.answer(), "kind": "reply", "answers": answers}


def read_reply(text: str, questions: Sequence[Asked] | None = None) -> Reply:
    """Return what the reply ``text`` (line ends ``\\n``) does with each of ``questions``.

    Without ``questions`` they are those the reply repeats (`questions.quoted`). Spans are code points of ``text``.
    A mail quoted in the reply, its questions repeated, conditions and courtesies are no answer. Time grows with the
    length of the text and the number of questions. `Problem` when the text is too long.
    """
    own = own_words(text)
    asked = list(questions) if questions is not None else quoted(text)
    announcement = _announcement(own.text)
    return Reply(announcement, judge(clauses(own, asked, facts_of(announcement)), asked))


def _announcement(text: str) -> Announcement:
    """Return the facts of the company's own words; none where the announcements' reader knows no such language."""
    try:
        return read_announcement(text)
    except Problem:
        if len(text) > LONGEST:
            raise
        return Announcement()
