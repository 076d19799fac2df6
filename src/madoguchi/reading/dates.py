"""The days and periods of the incident: each date of the text, what happened on it, and which day it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from madoguchi.reading import events, mentions, patterns
from madoguchi.reading.facts import Day, Period, Said
from madoguchi.reading.mentions import Mention
from madoguchi.reading.resolve import Placed, When, resolve
from madoguchi.reading.sentences import Sentence

_W = patterns.load("events")
_P = patterns.load("periods")
_AGAIN = re.compile(r"[ 、,・と]*(?:および|及び|並びに|ならびに|と|、)?[ ]*")
_LEAK = patterns.load("common")["leak"]
_CARD = re.compile(r"カード|決済")
_UNTIL_THEN = re.compile(
    r"まで(?!に[^。]{0,60}(?:ました|済み|(?:終え|完了し|回収し|削除し|いただい)て(?:い|お)))|以内|を(?:目途|めど|目処)|頃までに"
)
_NOT_THEN = re.compile(r"の?(?:以降)?(?:について|時点|現在|をもって)")
_IT_WAS = re.compile(r"のは、?[^。、]{0,8}$")
_AHEAD = re.compile(
    r"(?:予定|見込み?|目途|めど)(?:です|である|で(?:ござい|おり)ます)?。?$|(?<!おり)(?<!い)(?<!あり)ます。?$"
)
_PAST = re.compile(r"(?:し|れ|っ|い|ん|き|け|げ|え|め)た|ました|[てで](?:い|お)[たるりま]|済み")
_BY_THEN = re.compile(r"まで")
_DONE_BY_THEN = frozenset({"contained", "investigation_finished", "reported", "police_reported"})
_QUOTED = re.compile("「[^」]*」|『[^』]*』")
_SHARES_THE_VERB = re.compile(
    r"^(?:に|には|は|、)?[^。、た]{1,30}(?:に|へ)(?:も|は)?、?$|^に[^。、た]{1,20}[一-龠ァ-ヴー]、$"
)
_AND_ALSO = re.compile(r"(?:および|及び|並びに|ならびに|と|、) ?$")
_FOUND_LATER = re.compile(r"(?:こと|旨|事実|状態にあること)(?:が|を|は)、?$")
_CLOCK_LINE = re.compile(r"[・ (\[-]{0,3}(?:午前|午後|AM|PM)? ?[0-9]{1,2}(?::[0-9]{2}|時)")
_LAST_VERB = re.compile(
    r"(?:へ|に|を|と)?(?:[一-龠]{2,6}(?:を(?:行|し|実施|提出)|し|いたし|済)|[^、。ぁ-ん]{1,4}(?:し|た)).{0,16}$"
)
_NEXT_DATES_WORDS = re.compile(r"(?<=、)[^、。]{2,60}(?:を|が|は|につき|については)、?$")
_FOUND_OUT = frozenset(
    {"discovered", "vendor_notified", "access_confirmed", "card_company_contacted", "leak_possible", "leak_confirmed"}
)
_ONLY_END = re.compile(r"(?:\([^()]{1,3}\))?まで")
_ASKED_OF_THE_READER = re.compile(r"(?:確認|点検|変更|注意|連絡)[^。]{0,40}(?:ください|お願い)")
_HAPPENED = re.compile(r"(?:まし|し|され|られ|いて|って)た|(?:発生|判明|発覚|確認)(?:し|され)")
_ONLY_NAMED = re.compile(r"と(?:お知らせ|公表|ご?報告|ご?案内|発表|お伝え|記載)(?:し|いたし)")
_TOPIC = re.compile(r"(?:に|には)?[、 \t]")


@dataclass(frozen=True, slots=True)
class Dated:
    """One mention with its sentence, the words around it, and the day it turned out to be."""

    sentence: Sentence
    mention: Mention
    before: str
    segment: str
    first: When
    until: When | None
    lends: bool


def read(sentences: Sequence[Sentence], published: Said | None, settles: Said | None) -> tuple[list[Day], list[Period]]:
    """Return the days and the periods of the incident, in the order of the text."""
    dated = _dated(sentences, _day_of(settles), _day_of(published))
    names_of = _named(dated)
    noticed = min(
        (
            one.first.value
            for one, names in zip(dated, names_of, strict=True)
            if one.first.value and _FOUND_OUT & {*names}
        ),
        default=None,
    )
    days: list[Day] = []
    seen: set[tuple[str, date | None, date | None]] = set()
    for one, names in zip(dated, names_of, strict=True):
        here = one.sentence.span(one.mention.start, one.mention.end)
        if any(said and said.span == here for said in (published, settles)):
            continue
        for event in names:
            day = _day(event, one)
            weak = event == "contained" and _W["contained_weak"].search(one.segment)
            if weak and day.value and noticed and day.value < noticed:
                continue  # 10月8日、設定を変更: nobody stops what nobody has noticed
            key = (event, day.value, day.to) if day.value else (event, date.min, date.fromordinal(1 + day.span.start))
            if key not in seen:
                seen.add(key)
                days.append(day)
    if published and ("disclosed", date.fromisoformat(published.value), None) not in seen:
        days.append(Day("disclosed", date.fromisoformat(published.value), None, "day", published.span))
    return days, list(_periods(dated))


def _day_of(said: Said | None) -> date | None:
    return date.fromisoformat(said.value) if said else None


def _day(event: str, one: Dated) -> Day:
    span = one.sentence.span(one.mention.start, one.mention.end)
    if one.mention.vague:
        return Day(event, None, None, one.first.precision, span)
    return Day(event, one.first.value, one.first.last, one.first.precision, span)


def _dated(sentences: Sequence[Sentence], latest: date | None, published: date | None) -> list[Dated]:
    rows: list[tuple[Sentence, Mention, str, str, int, bool]] = []
    for number, sentence in enumerate(sentences):
        found = mentions.find(sentence.text)
        for index, mention in enumerate(found):
            start = found[index - 1].after if index else 0
            stop = found[index + 1].start if index + 1 < len(found) else len(sentence.text)
            segment = sentence.text[mention.after : stop]
            words = _NEXT_DATES_WORDS.search(segment) if index + 1 < len(found) else None
            if words and _W["done_at_last"].match(sentence.text, found[index + 1].after):
                segment = segment[: words.start()]  # …の結論を、11月28日に得た: what stands before a date is its own
            if index + 1 == len(found):
                segment += _goes_on(sentences, number, mention)
            rows.append((sentence, mention, sentence.text[start : mention.start], segment, number, _lends(segment)))
    when = resolve(
        [
            Placed(mention, number, lends, sentence.under, ahead=_is_ahead(segment))
            for sentence, mention, _, segment, number, lends in rows
        ],
        latest,
        published,
    )
    return [
        Dated(sentence, mention, before, segment, first, until, lends)
        for (sentence, mention, before, segment, _, lends), (first, until) in zip(rows, when, strict=True)
    ]


def _lends(segment: str) -> bool:
    return not _W["not_the_incident"].search(re.split("[、。]", _QUOTED.sub("", segment))[0][:20])


def _is_ahead(segment: str) -> bool:
    """Return whether a date is that of a plan: what follows it ends in 予定 or in a verb that is no past."""
    clause = segment.split("。", maxsplit=1)[0]
    return bool(_AHEAD.search(clause) or _BY_THEN.match(clause)) and not _PAST.search(clause)


def _goes_on(sentences: Sequence[Sentence], number: int, mention: Mention) -> str:
    """Return what belongs to a date of a time line though it stands behind its sentence: the rest of its entry."""
    sentence = sentences[number]
    if sentence.text[: mention.start].strip("・ (【[<〔■◆●▼▶□◇○★#*-") and mention.start > sentence.body:
        return ""
    alone = not sentence.text[mention.after :].strip(" :\t)】]>〕、")
    more = ""
    clocks = 0
    for following in sentences[number + 1 : number + 20]:
        same_line = following.line == sentence.line
        if mentions.find(following.text) or not (same_line or (alone and following.kind != "heading")):
            break
        clocks += bool(alone and _CLOCK_LINE.match(following.text))
        if following.line > sentence.line + 3 + clocks:
            break
        # under a day that stands alone each line is an entry of its own (9:10 …を検知, 9:40 …を遮断)
        more += (" " if same_line else "\n") + following.text
    return more


def _named(dated: Sequence[Dated]) -> list[list[str]]:
    """Return the events of each date."""
    out = [_events_beside(one, after) for one, after in zip(dated, [*dated[1:], None], strict=False)]
    # 8月7日、…が8月1日から5日まで…していたことを確認: the verb at the end is that of the first date
    for index in range(len(dated) - 1):
        one, after = dated[index], dated[index + 1]
        whose = not out[index] or after.until is not None
        if not whose or after.sentence is not one.sentence or not _TOPIC.match(one.segment) or not one.lends:
            continue
        last = re.search(r"(?:こと|旨|可能性|形跡|痕跡|事実|おそれ)[がをはも][^。]{0,40}。?$", after.segment)
        if last:
            whole = one.segment + after.segment
            said = [name for name in events.of_segment(one.before, whole, stretch=False) if name != "occurred"]
            out[index] = list(dict.fromkeys([*out[index], *said]))
            inner = after.segment[: last.start()]
            out[index + 1] = [name for name in events.of_segment("", inner, stretch=True) if name == "occurred"]
    return out


def _events_beside(one: Dated, after: Dated | None) -> list[str]:
    """Return the events of a date; some stand behind the next date of its sentence."""
    names = _events_of(one)
    if after is None or after.sentence is not one.sentence:
        return names
    if not names and _AGAIN.fullmatch(one.segment):
        return _events_of(after)  # 8月1日、3日に…: both
    if not names and one.lends and _SHARES_THE_VERB.match(one.segment):
        verb = _LAST_VERB.search(after.segment.split("。", maxsplit=1)[0])
        # 8月4日に委員会へ、翌5日に経済産業省へ報告しました: the verb at the end is that of both
        return events.of_segment(one.before, one.segment.rstrip("、") + verb.group(), stretch=False) if verb else []
    if not names and one.until and after.until and _AND_ALSO.search(one.segment):
        return [name for name in _events_of(after) if name == "occurred"]  # …の期間に甲で購入された方、および…
    if one.until is None and one.lends and (tail := _FOUND_LATER.search(one.segment)):
        # 8月3日に発送した…に同封していたことが、8月5日に判明: the day before the finding is that of the happening
        happened = events.of_segment(one.before, one.segment[: tail.start()], stretch=True)
        if happened == ["occurred"] and _FOUND_OUT & {*_events_of(after)}:
            return happened
    return names


def _events_of(one: Dated) -> list[str]:
    stretch = one.until is not None
    asked = _ASKED_OF_THE_READER.search(one.segment)
    if (asked and not _HAPPENED.search(one.segment, 0, asked.start())) or _ONLY_NAMED.match(one.segment):
        return []  # 利用明細を…（8月1日）までさかのぼって確認し、…ください; 初日を8月3日とお知らせしましたが
    if event := _labelled(one):
        return [event]
    if _W["made_label"].search(one.sentence.label) or _W["said_safe"].search(one.sentence.text):
        return []
    if not one.lends:
        card = stretch and _CARD.search(one.segment) and _LEAK.search(one.segment)
        return ["occurred"] if card else []
    if _NOT_THEN.match(one.segment) or (not stretch and _UNTIL_THEN.match(one.segment)):
        return []
    if it_was := _IT_WAS.search(one.before):  # 不正アクセスがあったのは…: all is said before the date
        return events.of_segment("", re.split("[、。]", one.before[: it_was.start()])[-1], stretch=stretch)
    before, segment = _around(one)
    names = [name for entry in segment.split("\n") for name in events.of_segment(before, entry, stretch=stretch)]
    if not stretch and _BY_THEN.match(one.segment):  # 5月18日までに…回収しました: only what can be done by a day
        names = [name for name in names if name in _DONE_BY_THEN]
    return names


def _labelled(one: Dated) -> str | None:
    """Return the event that the label, the words before or the heading of a date name."""
    if label := _label(one):
        return None if label == "occurred" and one.until is None and _ONLY_END.match(one.segment) else label
    bare = one.until is not None or not one.segment.strip(" 、。:)")
    return events.of_label(one.sentence.under[-1]) if bare and one.sentence.under else None


def _label(one: Dated) -> str | None:
    """Return the event that the label of a line names, or (in a table without colons) the words before the date."""
    label = events.of_label(one.sentence.label) if one.sentence.label and _in_body(one) else None
    if re.search(r"[はがに、] ?$", one.before):
        return label  # 気づいた職員は、同日…: no label
    near = one.before.replace("\t", " ").strip(" ").split(" ")[-1]
    return label or events.of_label(re.sub(r"[^\w]", "", near))


def _in_body(one: Dated) -> bool:
    return one.mention.start >= one.sentence.body


def _around(one: Dated) -> tuple[str, str]:
    """Return the words before a date and those that tell what happened then: behind it, or before when it ends the line."""
    before, segment = one.before, one.segment
    if one.mention.open_end and segment.startswith("の"):
        segment = "から" + segment
    if one.sentence.label and _in_body(one):
        return before, f"{one.sentence.label} {segment if segment.strip(' 、。:)】') else before}"
    if not segment.strip(" 、。)") and re.search(r"(?:[(はが]|[。] ?)$", before.rstrip()):
        return "", before
    return before, segment


def _periods(dated: Sequence[Dated]) -> Iterator[Period]:
    seen: set[tuple[date | None, date | None]] = set()
    for one in dated:
        if half := _half(one):
            yield half
        if one.until is None or (one.first.value is None) != (one.until.value is None):
            continue
        around = " ".join((*one.sentence.under[-1:], one.sentence.label, one.before[-40:], one.segment[:120]))
        if not _P["about"].search(around) or _P["never"].search(one.before[-14:] + one.segment[:16]):
            continue
        if _P["answered"].search(one.segment.split("。")[0][:60]):
            continue
        key = (one.first.value, one.until.last or one.until.value)
        if key in seen or (key[0] and key[1] and key[1] < key[0]):
            continue
        seen.add(key)
        yield Period(*key, _of(one), one.sentence.span(one.mention.start, one.mention.end))


def _half(one: Dated) -> Period | None:
    """Return the period of a labelled line that names only its begin or its end (発生した時期：…まで)."""
    if one.until or one.first.precision != "day" or one.first.value is None or _label(one) != "occurred":
        return None
    of = one.sentence.label or one.before.strip()
    span = one.sentence.span(one.mention.start, one.mention.end)
    if _ONLY_END.match(one.segment):
        return Period(None, one.first.value, of, span)
    return Period(one.first.value, None, of, span) if one.mention.open_end else None


def _of(one: Dated) -> str:
    """Return what the period is one of, in the words of the text: its label, its heading, or what follows it."""
    if one.sentence.label:
        return one.sentence.label
    following = one.segment.strip(" 、の。)にはで")
    said = re.split(r"[、。,(「]", following, maxsplit=1)[0][:40]
    return said or (one.sentence.under[-1] if one.sentence.under else "")
