"""Who is affected, in the text's own words: 2020年4月以降に会員登録されたお客様."""

import re
from collections.abc import Iterator, Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.flat import Span
from madoguchi.reading.lines import MARK
from madoguchi.reading.sentences import Sentence

_W = patterns.load("group")
_PERSON = _W["who"].pattern
_WHO = re.compile(rf"(?:{_PERSON})(?:さま|様)?(?:方|の方|の皆(?:様|さま))?")
_DOING = re.compile(rf"(?:{_W['doing'].pattern})[^。、:()\tがをはにで]{{0,10}}$")
_COUNT = re.compile(
    r"(?<![0-9,])[ \t:]{0,3}(?:最大|約|延べ|のべ|合計|計|\()*[0-9][0-9,万千]*[ ]?(?:人|名|件|アカウント|通)"
)
_BREAK = re.compile(r"[。、()\t]|:(?![0-9])")
_WHEN = re.compile(r"(?:まで|以降|以前|期間|間|中|際|とき)(?:に|の間に|で)?、$")
_MARK = re.compile(
    r"[ \t・※]*(?:[A-Z] |\([ア-オ1-9]\)|[①-⑨])?[ \t]*(?:(?:上記の)?(?:うち|内訳)[、:]?[ ]?|[答A][0-9]{0,2}[. ])?"
)
_ROW = re.compile(
    rf"(?P<who>[^。:\t0-9][^。:\t]{{0,90}}?(?:{_PERSON})(?:さま|様)?)[ \t:]{{0,3}}(?:最大|約|延べ)*[0-9][0-9,万千]*(?:人|名|件)"
)
_PLAIN = re.compile(
    rf"(?:{_PERSON})(?:さま|様)?(?:及びご家族様?|の皆様|の皆さま|さん)?(?=(?:の|に)(?:関する)?(?:情報|メールアドレス|個人情報|データ)|[^。]{{0,30}}(?:個人情報|の情報|氏名|お名前|名分|人分|[0-9]名|[0-9]人|約))"
)
_DENIED = re.compile(r"(?:情報|データ|漏え?い|流出)[^。]{0,40}(?:ございません|ありません|おりません|いません)。?$")
_FAR, _LINE = 70, 160
_MOST = 8


def read(text: str, sentences: Sequence[Sentence]) -> list[Said]:
    """Return the groups the text names as affected, in its words, each once."""
    found: dict[str, Said] = {}
    for sentence, start, end in _candidates(sentences):
        span = sentence.span(start, end)
        words = " ".join(text[span.start : span.end].split())
        counted = bool(_COUNT.match(sentence.text, end)) and words in found
        if 1 < len(words) <= 160 and (counted or not any(words in known for known in found)):
            for shorter in [known for known in found if known in words]:
                del found[shorter]
            found[words] = Said(words, Span(*span))
        if len(found) == _MOST:
            break
    return list(found.values())


def _candidates(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    for sentence in sentences:
        if sentence.quoted:
            continue
        if sentence.kind == "heading":
            places = [] if _W["heading"].search(sentence.text) else _closing(sentence.text)
        elif place := _listed(sentence):
            places = [place]
        else:
            places = _told(sentence)
        yield from ((sentence, start, end) for start, end in places)


def _listed(sentence: Sentence) -> tuple[int, int] | None:
    """Return the group behind a label (対象者：…), under such a heading, or in a row with its number."""
    text = sentence.text
    if sentence.label and _W["label"].search(sentence.label) and not _COUNT.match(text, sentence.body):
        return sentence.body, len(text.rstrip("。"))
    headed = any(_W["heading"].search(words) for words in sentence.under[-1:])
    if headed and len(text) <= _LINE and (place := _under_the_heading(sentence)):
        return place
    row = _ROW.match(text, _begin(sentence))
    return row.span("who") if row and not _W["no_row"].search(row["who"]) else None


def _told(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the group that a sentence about the leak tells of, or that a line names and nothing else."""
    text = sentence.text
    over = " ".join(sentence.under[-1:])
    if _W["never"].search(text) or _W["never"].search(over) or _DENIED.search(text):
        return []
    if _W["about"].search(f"{text} {sentence.label} {over}"):
        return list(_phrases(text))[:1] or list(_plain(text))
    return [] if text.endswith("。") else _closing(text)[:1]


def _closing(text: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end in _phrases(text) if _closes(text, end)]


def _begin(sentence: Sentence) -> int:
    text = sentence.text
    start = sentence.body
    if sentence.label and _COUNT.match(text, start) and _WHO.search(sentence.label):
        start = 0  # 個人のお客様：24,867件
    return _behind_marks(text, start)


def _behind_marks(text: str, start: int) -> int:
    mark = MARK.match(text, start)
    start = mark.end() if mark else start
    own = _MARK.match(text, start)
    return own.end() if own else start


def _under_the_heading(sentence: Sentence) -> tuple[int, int] | None:
    """Return what a line under 対象のお客様 says, up to its number: people, or whose things were reached."""
    text, begin = sentence.text, _begin(sentence)
    count = _COUNT.search(text, begin + 1)
    end = count.start() if count else len(text.rstrip("。"))
    words = text[begin:end].strip()
    if not words or _COUNT.match(words) or _W["no_group"].match(words) or _W["never"].search(text):
        return None
    if text.endswith("。"):
        phrase = next(_phrases(text), None)
        return phrase or ((begin, end) if count and _does(words) else None)
    if count and _does(words):
        return begin, end
    if _WHO.search(text) or re.search(r"(?:届け先|連絡先|アカウント|もの|分|件|名義人|世帯)$", words):
        return begin, end if _WHO.search(words) or not count else len(text.rstrip("。"))
    return None


def _does(words: str) -> bool:
    """Return whether words before a number say what people did (…機能をオンにした 18,902アカウント)."""
    return bool(_DOING.search(words)) and not re.search(r"(?:の|こと|数|者|場合)(?:は|が|に|も)?$", words)


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Yield where people are told by what they did, or what they did with a number behind it (ご予約いただいた742件)."""
    for pattern in (_WHO, _COUNT):
        for hit in pattern.finditer(text):
            before = text[max(hit.start() - 24, 0) : hit.start()]
            does = _DOING.search(before)
            if not does or (pattern is _COUNT and not _W["doing_polite"].search(before)):
                continue
            start = _opens(text, hit.start())
            end = hit.end() if pattern is _WHO else hit.start()
            if not _W["never_here"].search(text[start:end]):
                yield start, end


def _opens(text: str, at: int) -> int:
    """Return where the words before ``at`` begin: behind the last break, or one comma further when that names a time."""
    low = max(at - _FAR, 0)
    breaks = [hit.end() for hit in _BREAK.finditer(text, low, at)]
    start = breaks[-1] if breaks else low
    if breaks and _WHEN.search(text[low:start]):
        further = breaks[-2] if len(breaks) > 1 else low
        start = start if text[further : further + 1] in "のにはをがで" else further
    behind = _behind_marks(text, start)
    return behind if behind < at else start


def _closes(text: str, end: int) -> bool:
    """Return whether nothing but a number or a note stands behind, as in a row or a line that names a group."""
    rest = text[end:].strip()
    return not rest or bool(_COUNT.match(" " + rest)) or rest[0] in "((" or rest in ("へ", "の方へ", "のみなさまへ")


def _plain(text: str) -> Iterator[tuple[int, int]]:
    plain = _PLAIN.search(text)
    if plain and not _W["never_here"].search(text[max(plain.start() - 6, 0) : plain.end()]):
        yield plain.start(), plain.end()
