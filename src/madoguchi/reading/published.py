"""The day of publication: a date that stands alone at the head or the foot of the text, or is labelled so."""

import re
from collections.abc import Iterator, Sequence

from madoguchi.reading import events, mentions, patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.mentions import Mention
from madoguchi.reading.resolve import Placed, resolve
from madoguchi.reading.sentences import Sentence

_W = patterns.load("who")
_TITLE_END = re.compile(
    r"(?:について|お知らせ|ご案内|お詫び|おわび|ご報告|報告|開催|募集|休館|休業|販売|公開|更新)(?:\([^()]*\))?$"
)
_WORDS_OF_DATES = re.compile(
    r"[\s()\[\]:・|/【】<>、。-]|(?:送信|受信)?日[付時]|年月日|吉日|Date|Sent|更新日?|最終|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|\+0900|JST|第[0-9一二三四五六七八九十]報|(?:更新|掲載|公開|発表|公表|発行|作成|投稿|発信|掲示|初出|配信)日?|お知らせ$|付け?$|News|NEWS"
)
_AS_OF = re.compile(r"時点|現在")
_HAPPENED = re.compile(r"発生|発覚|判明")
_NAMED = re.compile("[会塾園院校店社所局団館部課室係寺]$|事務局|運営|チーム|サポート$")
"""How the name of an office or a club ends."""
_HEAD, _FOOT = 8, 14
"""Lines at the head and at the foot in which a lonely date is the letter's own."""


def find(sentences: Sequence[Sentence]) -> tuple[Said | None, Said | None]:
    """Return the day of publication, and the day that settles years (the same, or a later update), where stated."""
    if not sentences:
        return None, None
    best: tuple[int, Said] | None = None
    last = None
    changed: Said | None = None
    for weight, said, month in _candidates(sentences):
        if weight == 0:
            changed = changed or said
        elif best is None or weight > best[0]:
            best, last = (weight, said), month
    # only the day of an update, or of what is said in the text (…時点): the nearest to a publication that there is
    first = best[1] if best else changed
    if best and last:
        return first, Said(last, best[1].span)  # 2026年9月: what is told may have happened in that month
    return first, max((said for said in (first, changed) if said), key=lambda said: said.value, default=None)


def _candidates(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Said, str | None]]:
    last_line = sentences[-1].line
    listed = news(sentences)
    for number, sentence in enumerate(sentences):
        if sentence.line > _HEAD and last_line - sentence.line > _FOOT and not sentence.label:
            continue
        if len(sentence.text) > 90 or sentence.quoted:
            continue
        found = mentions.find(sentence.text)
        for index, mention in enumerate(found):
            if mention.until or mention.open_end or mention.first.month is None or mention.first.year is None:
                continue
            said = _said(sentence, mention)
            if said is None or number in listed:
                continue
            start = found[index - 1].after if index else 0
            stop = found[index + 1].start if index + 1 < len(found) else len(sentence.text)
            weight = _weight(
                sentences,
                number,
                sentence.text[start : mention.start],
                sentence.text[mention.after : stop],
                when_month=mention.first.day is None,
            )
            if weight is not None:
                last = resolve([Placed(mention, 0)], None)[0][0].last
                yield weight, said, last.isoformat() if last else None


def news(sentences: Sequence[Sentence]) -> set[int]:
    """Return the numbers of lines that are a list of news: one date and one title after the other."""
    lines = [n for n, s in enumerate(sentences) if _is_news(s.text)]
    return {n for n in lines if n - 1 in lines or n + 1 in lines}


def _is_news(text: str) -> bool:
    if len(text) > 90 or not text[:1].isalnum():
        return False
    first = next(iter(mentions.find(text)), None)
    if first is None or first.start > 2 or first.first.year is None or first.first.day is None:
        return False
    title = text[first.after :].strip()
    return len(title) > 6 and bool(_TITLE_END.search(title))


def _said(sentence: Sentence, mention: Mention) -> Said | None:
    when = resolve([Placed(mention, 0)], None)[0][0]
    return Said(when.value.isoformat(), sentence.span(mention.start, mention.end)) if when.value else None


def _weight(sentences: Sequence[Sentence], number: int, before: str, after: str, *, when_month: bool) -> int | None:
    """Return how sure it is that this date is the day of publication; 0 for an update, None for another date."""
    sentence = sentences[number]
    bare = _WORDS_OF_DATES.sub("", before + after)
    if sentence.under and events.of_label(sentence.under[-1]) in {"occurred", "discovered", "reported"}:
        return None  # 【発生日時】 and the day on the next line
    top, foot = sentence.line <= _HEAD, sentences[-1].line - sentence.line <= _FOOT
    if _is_change(before, after):
        return 0 if len(bare) < 24 and (top or foot) else None
    if _AS_OF.match(after.lstrip(" )")) and sentence.line < 3:
        return 0
    if len(bare) < 6 and _W["made_on"].search(before[-12:] + "|" + after[:8]) and (top or foot or not when_month):
        return 6
    if not top and not foot:
        return None
    if _is_beside_a_name(sentences, number, before, after, bare):
        return 3
    if not bare:
        return 5 if top else (3 if _is_signature(sentences, number) else None)
    if when_month or len(bare) > 40 or re.search(r"[、。]", (before + after).strip(" 。、")):
        return None
    if _W["corporate"].search(bare) or _W["chief"].search(bare):
        return 4
    title = top and _W["title"].search(before + after) and not _HAPPENED.search(bare)
    return 2 if title else None


def _is_beside_a_name(sentences: Sequence[Sentence], number: int, before: str, after: str, bare: str) -> bool:
    """Return whether a date ends a short message in brackets, or stands beside an office or club at the head or end."""
    last = number + 1 == len(sentences)
    if last and before.endswith("(") and after.strip(" 。") == ")":
        return True
    named = _NAMED.search(bare) and len(bare) <= 20 and not re.search("[、。は]", before + after)
    return bool(named) and (last or sentences[number].line < 4) and not events.of_segment("", bare, stretch=False)


def _is_change(before: str, after: str) -> bool:
    """Return whether a date is that of an update: 更新 stands behind it, or before it and no 公開 between."""
    if _W["changed_on"].match(after.lstrip(" (:")):
        return True
    near = before[-12:] + "|" + after[:8]
    return bool(_W["changed_on"].search(near)) and not re.search(r"公開|掲載|公表|発表", before[-8:])


def _is_signature(sentences: Sequence[Sentence], number: int) -> bool:
    """Return whether a name or nothing follows the date at the foot (a time line goes on with sentences)."""
    around = sentences[number + 1 : number + 4] or sentences[max(number - 2, 0) : number]
    after = sentences[number + 1 : number + 2]
    if not after or (
        number + 2 == len(sentences) and len(after[0].text) <= 24 and not re.search(r"[。:@]", after[0].text)
    ):
        return True
    return (
        any(
            _W["corporate"].search(s.text)
            or _W["chief"].search(s.text)
            or _W["ends"].search(s.text)
            or re.search("[都道府県市区町村]", s.text)
            for s in around
        )
        and len(after[0].text) < 50
    )
