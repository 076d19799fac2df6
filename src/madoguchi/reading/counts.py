"""How many people, records, accounts or messages, each number with its unit, its qualifier and of what."""

import re
from collections.abc import Sequence

from madoguchi.reading import patterns, words_of_items
from madoguchi.reading.facts import Count
from madoguchi.reading.sentences import Sentence
from madoguchi.text import numbers

_W = patterns.load("counts")
_NUMBER = r"(?P<number>[0-9]{1,3}(?:,[ ]?[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|(?<![一二三四五六七八九十百千万〇])[一二三四五六七八九十百千〇][一二三四五六七八九十百千万〇]{0,12})(?P<big>(?:万|億|千)[0-9,千百]*)*"
_UNITS = {
    "名様": "person", "名さま": "person", "名分": "person", "名": "person", "人分": "person", "人": "person", "世帯分": "",
    "アカウント": "account", "会員ID": "account", "ID": "account", "件": "record", "レコード": "record",
    "通": "message", "枚": "record", "口座": "account", "ユーザー": "account", "社分": "", "のメールアドレス": "record", "のアカウント": "account",
}  # fmt: skip
_COUNT = re.compile(
    rf"(?<![0-9A-Za-z.,/-])(?<![0-9]:){_NUMBER}[ ]?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?!目|前後の|義|称|簿|月|[A-Za-z]|件目|口|り|知|話|信|帳|過|常)"
)
_NO_NUMBER = re.compile(r"第$|年$|月$|Q$|No\.?$|番$|[都道府県市区町村]$|(?<![人件])数$|何$")
_FEW = 10
_MEDIA = re.compile(
    r"(?:CD|DVD|BD|ROM|-R|ディスク|SDカード|メモリー?カード|媒体|封筒|シール)[^、。]{0,4}$|(?:写真|画像)[^、。]{0,12}$"
)
_PICTURES = re.compile(r"[ ]?の(?:写真|画像|CD|DVD|ディスク|SDカード)")
_COUNTED = re.compile(r"[0-9][0-9,万千億百]*[ ]?(?:名|人|件|通|枚|社|校|店|アカウント)")


def read(sentences: Sequence[Sentence]) -> list[Count]:
    """Return the counts of what was reached, the parts beside their total, each number once; a corrected one only as corrected."""
    found: dict[tuple[int, str], Count] = {}
    stated = False
    shown = any(_W["addresses_shown"].search(sentence.text) for sentence in sentences)
    beside: set[int] = set()
    told: list[Count] = []
    refused = False
    for number, sentence in enumerate(sentences):
        if sentence.quoted:
            continue
        over = " ".join(sentence.under[-2:])
        stated = stated and sentence.line <= sentences[number - 1].line + 1
        for hit in _COUNT.finditer(sentence.text):
            if not shown and _is_recipients(sentence.text, hit):
                continue
            count = None if refused and _is_part(sentence.text, hit) else _count(sentence, hit, over, stated=stated)
            refused = count is None
            if count and _is_told(sentence.text, hit):
                told.append(count)
            elif count:
                stated = True
                if count.unit == "message" and not _only_mails(sentences, number):
                    beside.add(count.value)
                known = found.get((count.value, count.unit))
                if known is None:
                    found[count.value, count.unit] = count
                elif known.of is None and count.of:
                    found[count.value, count.unit] = Count(
                        known.value, known.unit, known.qualifier, count.of, known.span
                    )
    return _together(_without_mails(list(found.values()) or told[:1], beside))


def _is_recipients(text: str, hit: re.Match[str]) -> bool:
    """Return whether a number counts those to whom something went, not those about whom it was."""
    before = re.split(r"[。]", text[: hit.start()])[-1]
    if _W["sent_to_before"].search(before[-40:]):
        return True
    return bool(_W["sent_to_behind"].match(text[hit.end() : hit.end() + 80])) and not _reached(before)


def _is_part(text: str, hit: re.Match[str]) -> bool:
    """Return whether a number is a part of the one before it and tells of no leak of its own."""
    part = re.search(r"(?<![名人件通枚ト分]の)うち[、]?[ ]?(?:約|の)?$", text[: hit.start()])
    return bool(part) and not _W["leak_behind"].search(text[hit.end() : hit.end() + 60])


def _is_told(text: str, hit: re.Match[str]) -> bool:
    """Return whether a number counts those who were written or spoken to afterwards."""
    return bool(_W["told"].match(text[hit.end() : hit.end() + 60])) and not _reached(text[: hit.start()])


def _reached(before: str) -> bool:
    """Return whether the words between the number before and this one name those who were reached."""
    return bool(_W["reached"].search(_COUNTED.split(before[-60:])[-1][-30:]))


def _only_mails(sentences: Sequence[Sentence], number: int) -> bool:
    """Return whether a sentence counts mails or messages (of itself or of the sentence before) and nobody beside them."""
    above = sentences[number - 1] if number else sentences[0]
    text = sentences[number].text
    if "うち" in text and above.line == sentences[number].line:
        text = above.text + text
    return bool(_W["mail"].search(text)) and not re.search(r"[0-9](?:名|人)", text)


def _without_mails(counts: list[Count], beside: set[int]) -> list[Count]:
    """Return the counts without mails sent, where people are counted; letters and mails counted beside people stay."""
    if not any(count.unit == "person" for count in counts):
        return counts
    return [count for count in counts if count.unit != "message" or count.value in beside]


def _together(counts: list[Count]) -> list[Count]:
    """Return the counts without a number said once in people and again in records (948名（948件））."""
    people = {count.value for count in counts if count.unit == "person"}
    first: dict[int, Count] = {}
    for count in counts:
        if count.unit == "record" and count.value in people:
            continue
        first.setdefault(hash((count.value, count.unit)), count)
    return list(first.values())


def _count(sentence: Sentence, hit: re.Match[str], over: str, *, stated: bool) -> Count | None:
    text = sentence.text
    before, behind = text[: hit.start()], text[hit.end() :]
    value = _value(hit)
    unit = _UNITS[hit["unit"]]
    if not value or not unit or _NO_NUMBER.search(before):
        return None
    if _W["corrected_before"].search(before[-36:]) or _W["corrected_after"].match(behind.lstrip(' 」』)"')):
        return None
    near = re.split(r"[。]", before)[-1]
    if _is_all_or_actor(near, behind, value):
        return None
    if _W["earlier"].search(near) or (hit["unit"] == "枚" and (_MEDIA.search(near) or _PICTURES.match(behind))):
        return None
    if _W["not_the_leak"].search(near[-40:]) or _W["not_the_leak_after"].match(behind):
        return None
    if not stated and not _W["about_the_leak"].search(f"{over} {sentence.label} {near[-80:]} {behind[:60]}"):
        return None
    if _W["template"].search(text):
        return None
    start = hit.start()
    before = _COUNTED.split(before)[-1]
    words = before[-10:] + " " + sentence.label[-6:] if start <= sentence.body + 4 else before[-10:]
    return Count(
        value, unit, _qualifier(words, behind[:6]), _of(sentence, hit), sentence.span(_begin(text[:start]), hit.end())
    )


def _is_all_or_actor(near: str, behind: str, value: int) -> bool:
    """Return whether a number counts all there are (会員約120万人のうち…) or those who acted (元従業員1名が…)."""
    if _W["all_before"].search(near[-20:]) and _W["all_behind"].match(behind):
        return not _reached(near)
    return value < _FEW and bool(_W["actor_before"].search(near[-8:]) and _W["actor_behind"].match(behind))


def _begin(before: str) -> int:
    lead = re.search(r"(?:(?:最大|延べ|のべ|合計|総計|合わせて|あわせて|約|およそ|で|計)[ ]?)+$", before)
    return lead.start() if lead else len(before)


def _value(hit: re.Match[str]) -> int | None:
    text = hit.group()[: hit.start("unit") - hit.start()].replace(" ", "")
    return numbers.parse(text)


def _qualifier(before: str, behind: str) -> str:
    close = re.split(r"[、。(),\t:/・]", before.rstrip("(:\t "))[-1] if "(" in before or "、" in before else before
    for name in ("max", "total", "about"):
        if _W[name].search(close):
            return name
    if re.match(r"程度|ほど|余|弱|強|前後|\(概数", behind):
        return "about"
    return "exact"


def _of(sentence: Sentence, hit: re.Match[str]) -> str | None:
    """Return the item that the number counts: right before it (メールアドレス 85件) or behind の (85件のメールアドレス)."""
    text = sentence.text
    before = re.sub(r"(?:最大で?|約|延べ|のべ|合計|が|は|、|うち|[ \t:(・])+$", "", text[: hit.start()])
    near = before[-30:]
    words = [
        w for w in words_of_items.find(near) if w.end >= len(near) - 2 and not re.search("様|さま|方", near[w.end :])
    ]
    if words:
        return words[-1].key
    for name, words_near in (
        ("of_behind", text[hit.end() : hit.end() + 90]),
        ("of_before", text[max(hit.start() - 80, 0) : hit.start()]),
    ):
        found_near = _W[name].search(words_near)
        first = next(words_of_items.find(found_near["what"]), None) if found_near else None
        if first:
            return first.key
    behind = text[hit.end() : hit.end() + 24]
    if hit["unit"].startswith("のメール"):
        return "email"
    if behind.startswith(("の", "分の")):
        found = next(words_of_items.find(behind), None)
        if found and found.start <= 4 and not re.match(r"[、,・]|及び|および|と|や", behind[found.end :]):
            return found.key
    for words_over in (sentence.label, *(sentence.under[-1:])):
        only = {word.key for word in words_of_items.find(words_over)}
        if len(only) == 1:
            return only.pop()
    return None
