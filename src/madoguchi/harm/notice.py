"""The lines of item 9 in a notice to a person (rule 8(1) item 9, 通則編 3-5-3-3): what they can do, at most five."""

from collections.abc import Iterable
from datetime import date

from madoguchi.harm.steps import Call, Step, advice, entries
from madoguchi.problem import Lang

MOST = 5
URGENT = 20  # tonight's steps up to this order (money and passwords) give way to nothing
_CALL: dict[Lang, tuple[str, str, str]] = {
    "ja": ("（", "：", "）"),
    "en": (" (", ": ", ")"),
    "ja-easy": ("（", "：", "）"),
}


def notice_advice(items: Iterable[str], lang: Lang = "ja", period_start: date | str | None = None) -> list[str]:
    """Return at most five lines, the most important for exactly these items, each with whom to call where it helps.

    First the steps for the items, tonight's first, one a line; last the warning of messages about this incident.
    Cards, accounts and passwords always stand; after them a step that only repeats items already spoken of gives way
    to one about another item, so that somebody with a card and a medical record reads about both. Numbers no source confirms
    are left out: the paper is the company's. ``period_start`` as in `advice`. No items, no lines. `Problem` for a key
    that is no item.
    """
    fit = {entry.id: entry for entry in entries() if entry.notice}
    steps = [step for step in advice(items, lang, period_start) if step.id in fit]
    own = [step for step in steps if not fit[step.id].always]
    always = [step for step in steps if fit[step.id].always]
    urgent = [step for step in own if step.when == "tonight" and fit[step.id].order <= URGENT]
    chosen = _cover([*urgent, *(step for step in own if step not in urgent)], len(urgent), MOST - len(always))
    return [_line(step, lang) for step in [*(step for step in own if step in chosen), *always]]


def _cover(steps: list[Step], first: int, most: int) -> list[Step]:
    """Return at most ``most`` steps: the ``first`` ones, those that touch an item not yet touched, the next in order."""
    chosen = steps[:first]
    touched = {item for step in chosen for item in step.items}
    for step in steps[first:]:
        if set(step.items) - touched:
            chosen.append(step)
            touched |= set(step.items)
    chosen += [step for step in steps if step not in chosen]
    return chosen[:most]


def _line(step: Step, lang: Lang) -> str:
    return step.text + _whom(step.call, lang) if step.call else step.text


def _whom(call: Call, lang: Lang) -> str:
    number = call.phone or call.where
    if not call.confirmed or not number:
        return ""
    before, between, after = _CALL[lang]
    return f"{before}{call.name}{between}{number}{after}"
