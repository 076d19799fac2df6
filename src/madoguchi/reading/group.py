"""Who is affected, in the text's own words: 2020年4月以降に会員登録されたお客様."""

import re
from collections.abc import Iterator, Sequence

from madoguchi.reading import patterns
from madoguchi.reading.facts import Said
from madoguchi.reading.flat import Span
from madoguchi.reading.sentences import Sentence

_COMMON = patterns.load("common")
_W = patterns.load("group")
_PERSON = _COMMON["person"].pattern
_PHRASE = re.compile(
    rf"(?P<doing>[^。、:()\t]{{1,70}}?(?:された|した|いただいた|頂いた|ご利用(?:の|になった)|ご登録の|登録の|ご注文の|ご購入の|お持ちの|お使いの|予定の|されている|している|受けた|開いた|在籍|契約中の|受診|応募|参加|退職|退会)[^。、:()\t]{{0,10}}?)(?P<who>(?:{_PERSON})(?:さま|様)?(?:方)?)"
)
_ROW = re.compile(
    rf"[ \t・A-D(アイウ)①-⑨]{{0,6}}(?:うち、?)?(?P<who>[^。:\t0-9][^。:\t]{{0,90}}?(?:{_PERSON})(?:さま|様)?)[ \t:]{{0,3}}(?:最大|約|延べ)*[0-9][0-9,万千]*(?:人|名|件)"
)
_PLAIN = re.compile(
    rf"(?:{_PERSON})(?:さま|様)?(?:及びご家族様?|の皆様|の皆さま|さん)?(?=(?:の|に)(?:関する)?(?:情報|メールアドレス|個人情報|データ)|[^。]{{0,30}}(?:個人情報|の情報|氏名|お名前|名分|人分|[0-9]名|[0-9]人|約))"
)
_MOST = 8


def read(text: str, sentences: Sequence[Sentence]) -> list[Said]:
    """Return the groups the text names as affected, in its words, each once."""
    found: dict[str, Said] = {}
    for sentence, start, end in _candidates(sentences):
        span = sentence.span(start, end)
        words = " ".join(text[span.start : span.end].split())
        if 1 < len(words) <= 160 and not any(words in known for known in found):
            for shorter in [known for known in found if known in words]:
                del found[shorter]
            found[words] = Said(words, Span(*span))
        if len(found) == _MOST:
            break
    return list(found.values())


def _candidates(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    for sentence in sentences:
        if sentence.quoted or sentence.kind == "heading":
            continue
        text = sentence.text
        if sentence.label and _W["label"].search(sentence.label):
            yield sentence, sentence.body, len(text.rstrip("。"))
            continue
        headed = any(_W["heading"].search(words) for words in sentence.under[-1:])
        if headed and len(text) <= 120 and _COMMON["person"].search(text):
            yield sentence, sentence.body, len(text.rstrip("。"))
            continue
        if (row := _ROW.match(text, sentence.body)) and not _W["never_here"].search(row["who"]):
            yield sentence, row.start("who"), row.end("who")
            continue
        if _W["about"].search(" ".join((text, sentence.label, *sentence.under[-1:]))) and not _W["never"].search(text):
            yield from ((sentence, start, end) for start, end in _phrases(text))


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    for hit in _PHRASE.finditer(text):
        if not _W["never_here"].search(hit.group()):
            yield hit.start(), hit.end()
            return
    plain = _PLAIN.search(text)
    if plain and not _W["never_here"].search(text[max(plain.start() - 6, 0) : plain.end()]):
        yield plain.start(), plain.end()
