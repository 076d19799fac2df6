"""The windows as a person reads them, in the language asked for."""

import functools
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.contacts.window import Window
from madoguchi.problem import Lang
from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: dict[str, LocalText]
    purpose: dict[str, LocalText]
    grade: dict[str, LocalText]
    window: LocalText
    name: LocalText
    hours: LocalText
    source: LocalText
    quote: LocalText
    advice: LocalText
    none: LocalText


@functools.cache
def _texts() -> _Texts:
    return datafile.load(_Texts, files("madoguchi.contacts").joinpath("words", "say.yaml"))


def say(windows: list[Window], lang: Lang) -> str:
    """Return the windows as lines of text, the best first, or where to look next when there are none."""
    texts = _texts()
    if not windows:
        return texts.none.say(lang)
    lines = []
    for number, window in enumerate(windows, 1):
        channel, purpose = texts.channel[window.channel].say(lang), texts.purpose[window.purpose].say(lang)
        lines.append(texts.window.say(lang, number=number, channel=channel, value=window.value, purpose=purpose))
        if window.name:
            lines.append(texts.name.say(lang, name=window.name))
        if window.hours:
            lines.append(texts.hours.say(lang, hours=window.hours))
        grade = texts.grade[window.grade].say(lang)
        lines.append(texts.source.say(lang, grade=grade, source=window.source, seen_on=window.seen_on.isoformat()))
        lines += [texts.quote.say(lang, quote=window.quote), ""]
    return "\n".join([*lines, texts.advice.say(lang)])
