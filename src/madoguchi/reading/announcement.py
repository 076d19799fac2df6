"""An announcement or notice, read: every fact with its place, and which of the nine items it covers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from madoguchi.problem import Problem
from madoguchi.reading import (
    cause,
    counts,
    covers,
    dates,
    delay,
    extent,
    group,
    items,
    measures,
    organisation,
    published,
    secondary,
    sentences,
    windows,
)
from madoguchi.reading.facts import Announcement
from madoguchi.reading.sentences import Sentence

__all__ = ["Announcement", "check_language", "read_announcement"]


def read_announcement(text: str) -> Announcement:
    """Return what ``text`` (line ends ``\\n``) states; what it does not determine stays empty.

    Another company's announcement below it, a template that nobody filled in, and quoted lines are left out. Spans are
    code points of ``text``. `Problem` when it is longer than `sentences.LONGEST`.
    """
    told = extent.own(sentences.split(text))
    if extent.is_template(told):
        return replace(Announcement(), covers=covers.read([], Announcement()))
    return _read(text, told)


def check_language(text: str) -> None:
    """Raise `Problem` for a text that is not Japanese.

    Next to nothing would be found in it, and ``missing`` would be untrue of every item: ask before showing the answer.
    """
    letters = len(re.findall("[A-Za-z]", text))
    if letters >= 40 and len(re.findall("[ぁ-んァ-ヴ一-龠]", text)) * 20 < letters:
        raise Problem(
            ja="日本語の文章ではないため、まだ読み取れません。日本語のお知らせがあれば、それを渡してください。",
            en="the text is not in Japanese and cannot be read yet; give the Japanese announcement if there is one",
        )


def _read(text: str, told: Sequence[Sentence]) -> Announcement:
    day, settles = published.find(told)
    days, periods = dates.read(told, day, settles)
    leaked, denied = items.read(told)
    found = Announcement(
        organisation=organisation.find(text, told),
        published=day,
        dates=days,
        period=periods,
        persons=counts.read(told),
        affected_group=group.read(text, told),
        items=leaked,
        not_leaked=denied,
        cause=cause.read(told),
        secondary_harm=secondary.read(told),
        company_measures=measures.read(text, told),
        delay_reason=delay.read(text, told),
        windows=windows.read(told),
    )
    return replace(found, covers=covers.read(told, found))
