"""Whose announcement it is: by 以下「当社」, by the signature, by a label. 当社 alone names nobody."""

import re
from collections.abc import Iterator, Sequence

from madoguchi.reading import mentions, patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.sentences import Sentence

_W = patterns.load("who")
_PLACEHOLDER = patterns.load("common")["placeholder"]
_FORM = rf"(?:{_W['corporate'].pattern})"
_NAME = re.compile(
    rf"{_FORM}[ ]?[^\s、。「」『』()\[\]【】:;,/0-9]{{1,24}}|[^\s、。「」『』()\[\]【】:;,/]{{1,24}}?[ ]?(?:株式会社|有限会社|合同会社|相互会社|信用金庫|信用組合|\(株\)|\(有\)|協同組合)(?![^\s、。()「」]{{0,3}}(?:以外))"
)
_PARTICLE = re.compile(
    r"(?:は|が|の|では|において|における|より|から|に|を|と|へ|です|でございます|代表|お客|コール|公式|広報|総務|経営)(?=$|[^々])"
)
_SECTION = re.compile(
    r"(?:代表|お客|コール|フリー|公式|広報|総務|経営|カスタマー|サポート|オンライン事業|です$|でございます$|より$|から$)"
)
_PAGE = re.compile(
    r"(?P<name>[^\s、。「」()【】]{2,24}?)[ ]?(?:公式)?(?:ホームページ|ウェブサイト|Webサイト|公式サイト|オフィシャルサイト)$"
)
_SENDER = re.compile(
    r"(?:From|差出人|送信者|送信元|発信者|発信元)[ ]?:[ \t]*[\"「]?(?P<name>[^\"<>@、。()「」【】:]{2,40}?)[ \"」]*(?:<|\(|\[|$)"
)
_BOX = re.compile(
    r"(?:お客(?:様|さま)|カスタマー|サポート|コール|お?問い?合わ?せ|運営|メール|相談|個人情報|事務局|窓口|セキュリティ)[^ ]{0,16}(?:センター|室|係|窓口|事務局|デスク|担当|チーム|部)?$"
)
_ENGLISH = re.compile(r"[A-Z][A-Za-z&.' -]{2,40}?(?:,? (?:Co\.,? ?Ltd\.?|Inc\.|Corporation|Corp\.|K\.K\.|LLC))")
_SUBJECT = re.compile(
    rf"(?:こちらは、?)?([^\s、。「」()]{{1,16}}?(?:{_W['ends'].pattern}|[都道府県市区町村]))(?:は、|では、|において|です。|でございます。|(?:より|から)の?(?:大切な|重要な)?(?:お知らせ|ご連絡))"
)
_OFFICE = re.compile(r"([^\s、。]{2,20}?[都道府県市区町村])[^\s、。]{0,16}(?:課|部|局|室|において|では)")
_NO_NAME = re.compile(r"重要|お詫び|ひな形|緊急|速報|FAQ|Q&A|報告|公表|発表|対外|参考|別紙")
_OF_A_NAME = re.compile(r"(?:会|里|家|森|丘|杜|園|郷|泉|輪|木|風|虹|手)(?=$|[ぁ-ん])")
_SPOKEN_TO = re.compile(r"様|各位|(?:の方|方々|方へ|皆さま|みなさま|御中|殿)$")
_NOTE = re.compile(r"\([^()]*\)$")
_ACTS = re.compile(
    r"[ ]?(?:は|が運営|では|において|の|です。|でございます。|より、?(?:大切な|重要な)?お知らせ|からの?(?:大切な|重要な)?お知らせ)"
)
_ANOTHERS = re.compile(r"である|委託|取引先|子会社の")
_DESK = re.compile(r"問い?合わ?せ|窓口|質問|連絡先")
_CHIEF_LINE = re.compile(rf"(?:{_W['chief'].pattern})[ \t]")
_HEAD, _FOOT = 9, 12
_MAIL_HEAD, _PAGE_HEAD = 8, 4


def find(text: str, sentences: Sequence[Sentence]) -> Said | None:
    """Return the organisation's name as written (spaces inside it left out) and its place, or None."""
    best: tuple[int, Said] | None = None
    for weight, sentence, start, end in _candidates(sentences):
        span = sentence.span(start, end)
        value = re.sub(
            r"[\s\u3000]+", "" if not text[span.start].isascii() else " ", text[span.start : span.end]
        ).strip("　 ")
        if len(value) < 2 or _PLACEHOLDER.search(sentence.text[start:end]):
            continue
        if best is None or weight > best[0]:
            best = (weight, Said(value, span))
    return best[1] if best else None


def _candidates(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Sentence, int, int]]:
    if not sentences:
        return
    last = sentences[-1].line
    for number, sentence in enumerate(sentences):
        if sentence.quoted:
            continue
        body = sentence.text
        if named := _by_label(sentence) or _by_page(sentence, number):
            weight, start, end = named
            yield weight, sentence, start, end
            continue
        if (hit := _W["defined"].search(body)) and not _W["not_ours"].search(
            body[max(hit.start() - 12, 0) : hit.start("name")]
        ):
            yield 8, sentence, *_name_in(body, hit.start("name"), hit.end("name"))
            continue
        top, foot = sentence.line <= _HEAD, last - sentence.line <= _FOOT
        if (top or foot) and len(body) <= 60 and not body.endswith("。") and (line := _signature(sentences, number)):
            yield (7 if top else 6), sentence, *line
        yield from _in_words(sentence, number)


def _by_label(sentence: Sentence) -> tuple[int, int, int] | None:
    """Return how sure it is, and where a name stands that a label announces (会社名：…, 所属：…)."""
    body = sentence.text
    if sentence.label and _W["place_label"].search(sentence.label):
        return 9, sentence.body, len(body)
    at = re.match(r"(?:所\s?属|担\s?当|発表者)[\s::]+", body)
    if at and (hit := _W["public"].match(body[at.end() :] + " ")) and "立" not in body[at.end() :][:12]:
        return 5, at.end(), at.end() + len(hit.group().rstrip())
    found = re.match(r"会\s?社\s?名[ :]*(.{3,40})$", body)
    return (9, found.start(1), len(body)) if found else None


def _by_page(sentence: Sentence, number: int) -> tuple[int, int, int] | None:
    """Return how sure it is, and where the name of the sender of a mail or of the page's owner stands."""
    body = sentence.text
    if number < _MAIL_HEAD and (sender := _SENDER.match(body)) and not _NO_NAME.search(sender["name"]):
        return 4, sender.start("name"), sender.end("name") - _box(sender["name"])
    if number < _PAGE_HEAD and (page := _PAGE.match(body)) and (_ends_so(page["name"]) or _public(page["name"])):
        return 5, page.start("name"), page.end("name")
    return None


def _box(sender: str) -> int:
    """Return the length of the desk's name behind the sender's (みほん銀行 お客さまセンター)."""
    found = re.search(r"[ ]", sender)
    desk = _BOX.match(sender, found.end()) if found else None
    return len(sender) - found.start() if found and desk else 0


def _public(name: str) -> bool:
    hit = _W["public"].match(name + " ")
    return hit is not None and hit.group().strip() == name


def _signature(sentences: Sequence[Sentence], number: int) -> tuple[int, int] | None:
    """Return the name in a line of the signature block."""
    text = sentences[number].text
    start = next((mention.after for mention in mentions.find(text) if mention.start == 0), 0)
    start += len(text[start:]) - len(text[start:].lstrip())
    text = text[start:].strip()
    if not text or _W["not_ours"].search(text) or _W["title"].search(text) or _SPOKEN_TO.search(text):
        return None
    if hit := _NAME.match(text):
        return start, start + _signed(hit.group())
    if hit := _ENGLISH.match(text):
        return start, start + len(hit.group())
    length = _nameless(sentences, number, text, dated=start > 0)
    return (start, start + length) if length else None


def _signed(name: str) -> int:
    """Return where a name that stands as a line ends: kana in it are its own (株式会社いとの森), a desk's name is not."""
    form = re.match(rf"{_FORM}[ ]?", name)
    stop = _SECTION.search(name, form.end() + 1) if form else None
    return stop.start() if stop else len(name)


def _nameless(sentences: Sequence[Sentence], number: int, text: str, *, dated: bool) -> int:
    """Return the length of a name that no legal form marks: by its ending, by who signs for it, by where it stands."""
    near = [s.text for s in (*sentences[max(number - 1, 0) : number], *sentences[number + 1 : number + 2])]
    first = _NOTE.sub("", re.split(r"[ \t]", text)[0])
    if len(first) > 24 or re.search(r"[。、:「」]", first):
        return 0
    by_date = dated or any(mentions.find(words) and len(words) < 30 for words in near)
    chief = bool(_W["chief"].search(" ".join([text, *near])))
    if (_ends_so(first) or _W["begins"].match(first)) and (by_date or chief or number <= 6):
        return len(first)
    public = _W["public"].match(first + " ")
    alone = bool(public) and number <= _HEAD and public.group().strip() == text if public else False
    if public and (by_date or chief or alone or "課" in text):
        return len(public.group().rstrip())
    if any(_CHIEF_LINE.match(words) for words in near[-1:]):
        return len(first)
    return len(text) if (dated or _after_the_date(sentences, number)) and _is_name(text) else 0


def _after_the_date(sentences: Sequence[Sentence], number: int) -> bool:
    """Return whether the line stands right behind the lonely date at the head."""
    above = sentences[number - 1] if number else None
    if above is None or number > 4 or above.line != sentences[number].line - 1:
        return False
    found = mentions.find(above.text)
    return len(found) == 1 and not above.text[: found[0].start].strip() and not above.text[found[0].after :].strip()


def _is_name(text: str) -> bool:
    return 2 <= len(text.replace(" ", "")) <= 24 and not re.search(
        r"[。、:()「」【】0-9]|[はがをにでともへ]$|ます|です|各 ?位|様|更新|掲載|公開|NEWS|News|Release|お知らせ|プレス",
        text,
    )


def _ends_so(name: str) -> bool:
    return any(hit.end() == len(name) for hit in _W["ends"].finditer(name))


def _in_words(sentence: Sentence, number: int) -> Iterator[tuple[int, Sentence, int, int]]:
    """Yield names in the running text: the subject of the opening, the name in the window's block."""
    text = sentence.text
    for hit in _NAME.finditer(text):
        start, end = hit.start(), hit.start() + _cut(hit.group())
        if weight := _weight(sentence, number, start, end, hit.end()):
            yield weight, sentence, start, end
    if number < 6 and (subject := _SUBJECT.match(text)) and not _W["not_ours"].search(text[: subject.end()]):
        yield 3, sentence, subject.start(1), subject.end(1)
    if number < 6 and (office := _OFFICE.match(text)):
        yield 4, sentence, office.start(1), office.end(1)
    framed = re.match(r"【([^【】]{2,20})】", text) if number < 2 else None
    if framed and not _W["title"].search(framed[1]) and not _NO_NAME.search(framed[1]):
        yield 1, sentence, framed.start(1), framed.end(1)


def _weight(sentence: Sentence, number: int, start: int, end: int, behind: int) -> int:
    """Return how sure it is that a name in the running text is the organisation's own; 0 where it is another's."""
    text = sentence.text
    before = text[max(start - 16, 0) : start]
    if _W["not_ours"].search(before) or _W["not_ours"].search(text[behind : behind + 12]):
        return 0
    if re.search(r"運営(?:会社)?$|運営:|運営会社", before):
        return 5
    if number < 14 and _ACTS.match(text, end) and not _ANOTHERS.search(before):
        return 3
    return 2 if number > 3 and any(_DESK.search(words) for words in (*sentence.under[-1:], text)) else 0


def _cut(name: str) -> int:
    """Return where a name ends in a run of characters: before は, が, の …"""
    form = re.match(rf"{_FORM}[ ]?", name)
    begin = form.end() if form else 0
    tail = name[begin:]
    if not form:
        return len(name)
    for stop in _PARTICLE.finditer(tail, 1):
        if not _within_the_name(tail, stop):
            return begin + stop.start()
    return len(name)


def _within_the_name(tail: str, stop: re.Match[str]) -> bool:
    """Return whether what looks like a particle is a letter of the name (株式会社いとつむぎ, あかつめ草の会)."""
    if len(stop.group()) > 1:
        return False
    behind = tail[stop.end() :]
    if stop.group() == "の" and _OF_A_NAME.match(behind):
        return True
    return bool(re.match(r"[ぁ-ん]", behind) and re.match(r"[ぁ-ん]", tail[stop.start() - 1]))


def _name_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the name at the end of a run that may begin with other words (この度、株式会社…)."""
    run = text[start:end]
    hits = list(_NAME.finditer(run))
    if hits:
        return start + hits[-1].start(), start + hits[-1].end() if not re.match(
            _FORM, hits[-1].group()
        ) else start + len(run)
    return start, end
