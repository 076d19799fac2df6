"""Whether a clause answers a question that is none of `law.questions`: by its place, or by sharing the question's words."""

import re
from functools import cache

from madoguchi.reading.questions import Asked
from madoguchi.reading.reply import words as reply_words
from madoguchi.reading.reply.clauses import Clause

_WORD = re.compile(r"[一-龥々]{2,}|[ァ-ヴー]{3,}|[A-Za-z]{4,}")


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - reply_words.questions().everywhere


def answers_other(clause: Clause, one: Asked, *, here: bool) -> bool:
    """Return whether ``clause`` speaks of what ``one`` asks; ``here``: it stands where that is answered."""
    words = _words(one.text)
    shared = [word for word in words if word in clause.said.lower()]
    return bool(here and len(clause.fact) >= 4) or (len(shared) >= 2 or (len(shared) == 1 and len(words) == 1))
