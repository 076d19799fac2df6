"""Which items leaked and which did not, each with the word that says it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from madoguchi.reading import patterns, words_of_items
from madoguchi.reading.facts import Said
from madoguchi.reading.sentences import Sentence

_W = patterns.load("items")
_SEPARATOR = re.compile(
    r"(?:情報|等|など)?(?:[、,・/;] ?|及び|および|並びに|ならびに|又は|または|や|と)(?:その|その他の?)?"
)
_TO_COLON = re.compile(r"[^、。]{0,14}")
_BEHIND = 400
"""Characters behind a word in which something is said of it."""
_LEAD = 40
"""Characters before a colon in which something is said of what follows it."""
Side = Literal["leaked", "denied", "no"]


@dataclass(frozen=True, slots=True)
class Found:
    """One item word in its sentence, and what is said of it."""

    key: str
    start: int
    end: int
    side: Side
    holder: bool


def read(sentences: Sequence[Sentence]) -> tuple[list[Said], list[Said]]:
    """Return the items that leaked (or may have) and those said not to have, each key once, in the order of the text.

    An item that leaked in one group and not in another leaked. The name of a card's holder says nothing of the name
    in the member list: there both stand.
    """
    leaked: dict[str, Said] = {}
    denied: dict[str, Said] = {}
    by_holder: dict[str, bool] = {}
    for sentence, found in _all(sentences):
        said = Said(found.key, sentence.span(found.start, found.end))
        if found.side == "leaked":
            leaked.setdefault(found.key, said)
            by_holder[found.key] = by_holder.get(found.key, True) and found.holder
        elif found.side == "denied":
            denied.setdefault(found.key, said)
    # a whole card number denied beside its last digits is the usual case and no contradiction: other keys
    kept = [said for key, said in denied.items() if key not in leaked or by_holder[key]]
    return list(leaked.values()), kept


def _all(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Found]]:
    mode: Side = "no"
    lead_line = -9
    asked: Sentence | None = None
    for sentence in sentences:
        if sentence.quoted:
            continue
        if sentence.kind == "heading":
            mode, lead_line = _mode(sentence.text, sentence.under), sentence.line
        elif (side := _label_side(sentence)) and not sentence.text.endswith("。"):
            mode = side
        found = list(_in(sentence, mode))
        yield from ((sentence, one) for one in found)
        if asked is not None and not found and _W["denied_answer"].match(sentence.text):
            # Q 住所は流出していませんか。A 流出しておりません。
            for word in words_of_items.find(asked.text):
                yield asked, Found(word.key, word.start, word.end, "denied", holder=False)
        asked = sentence if sentence.kind == "heading" and _W["question"].search(sentence.text) else None
        if sentence.kind != "heading" and _leads(sentence.text):
            mode, lead_line = ("denied" if _denies(sentence.text) else "leaked"), sentence.line
        elif not found and sentence.line > lead_line and _turns_away(sentence) and mode != "no":
            mode = _mode(sentence.under[-1], sentence.under[:-1]) if sentence.under else mode


def _turns_away(sentence: Sentence) -> bool:
    """Return whether a sentence ends a list: it asks something of the reader."""
    return sentence.kind == "prose" and sentence.body == 0 and _ends(sentence.text)


def _ends(text: str) -> bool:
    return text.endswith("。") and bool(_W["advice"].search(text))


def _leads(text: str) -> bool:
    """Return whether a list of items follows (次のとおりです。以下の情報:)."""
    tail = text[-40:]
    return (
        any(word in tail for word in ("次の", "以下", "下記", "とおりです", "通りです"))
        and bool(_W["leaked"].search(text) or _W["denied"].search(text))
        and not _W["advice"].search(text)
    )


def _denies(text: str) -> bool:
    return bool(_W["denied"].search(text) or _W["safe_heading"].search(text))


def _mode(heading: str, above: tuple[str, ...]) -> Side:
    """Return what a list under a heading says of its items."""
    if _W["safe_heading"].search(heading):
        return "denied"
    if _W["other_heading"].search(heading):
        return "no"
    if _W["leak_heading"].search(heading):
        return "leaked"
    return _mode(above[-1], above[:-1]) if above and len(above) > 1 else "no"


def _in(sentence: Sentence, mode: Side) -> Iterator[Found]:
    text = sentence.text
    words = [word for word in words_of_items.find(text) if _stands(text, word)]
    if _W["address_behind"].search(text[sentence.body :]):
        words = [word for word in words if word.start >= sentence.body]
    if (
        not words
        or _W["question"].search(text)
        or (sentence.kind == "heading" and not _W["safe_heading"].search(text))
        or _W["method"].search(text)
    ):
        return
    brackets = _brackets(text)
    plain = _without_brackets(text, brackets)
    over = _label_side(sentence) or mode
    sides: dict[int, Side] = {}
    for word, after in reversed(list(zip(words, [*words[1:], None], strict=True))):
        if after and _SEPARATOR.fullmatch(text, word.end, after.start):
            sides[word.start] = sides[after.start]  # 氏名、住所、…: what is said of the last is said of all
            continue
        inside = next((pair for pair in brackets if pair[0] <= word.start < pair[1]), None)
        sides[word.start] = _side(text, plain, word, inside) or _by_what_is_before(text, word, over, sentence)
    for word in words:
        for key, at in _refined(text, word):
            yield Found(
                key, word.start, at, sides[word.start], holder=bool(_W["holder"].search(text[word.start : word.end]))
            )


def _by_what_is_before(text: str, word: words_of_items.Word, over: Side, sentence: Sentence) -> Side:
    """Return what is said of a word at the end of its statement: 漏えいした情報は、氏名です, or a list under a heading."""
    listed = sentence.kind == "item" or not text.endswith("。") or bool(sentence.label)
    before = text[: word.start]
    if side := _led(before):
        return side
    if _W["safe_heading"].search(before):
        return "denied"
    if _W["advice"].search(text) and not listed:
        return "no"
    if _W["undecided"].search(text):
        return "no"
    if _W["leaked_topic"].search(before):
        return "leaked"
    if over != "no" and (listed or _W["listing"].search(text[word.end :])):
        return over
    return "no"


def _led(before: str) -> Side | None:
    """Return what is said right before the colon behind which the items stand (次の項目は、含まれていません：…)."""
    lead = before.rpartition(":")[0].rstrip()[-_LEAD:]
    for side in ("denied", "leaked"):
        if any(_TO_COLON.fullmatch(lead, hit.end()) for hit in _W[side].finditer(lead)):
            return side
    return None


def _label_side(sentence: Sentence) -> Side | None:
    if not sentence.label:
        return None
    if _W["safe_heading"].search(sentence.label):
        return "denied"
    if _W["other_heading"].search(sentence.label):
        return "no"
    return "leaked" if _W["leak_heading"].search(sentence.label) else None


def _brackets(text: str) -> list[tuple[int, int]]:
    """Return the insides of the outermost round brackets."""
    found, depth, opened = [], 0, 0
    for index, char in enumerate(text):
        if char == "(":
            depth, opened = depth + 1, index + 1 if depth == 0 else opened
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((opened, index))
    return [*found, (opened, len(text))] if depth else found


def _without_brackets(text: str, brackets: Sequence[tuple[int, int]]) -> str:
    for start, end in brackets:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _side(text: str, plain: str, word: words_of_items.Word, inside: tuple[int, int] | None) -> Side | None:
    """Return what is said of a word: by what follows it up to where the statement turns; None where nothing does."""
    if _W["except"].match(text[word.end :]):
        return "denied"
    if inside:
        said = _said(text[word.end : inside[1]])
        if said:
            return said
        if _W["example"].search(text[inside[0] : word.start]):
            return "no"
        return _said(plain[inside[1] : inside[1] + _BEHIND])
    return _said(plain[word.end : word.end + _BEHIND])


def _said(behind: str) -> Side | None:
    """Return the first thing that is said in ``behind``, the words after an item."""
    denied = _W["denied"].search(behind)
    leaked = _W["leaked"].search(behind)
    turn = _W["clause_end"].search(behind)
    if leaked and turn and turn.end() <= leaked.start() and (denied is None or turn.end() <= denied.start()):
        # 氏名、住所ですが、カード情報は…: what follows is said of something else
        return None
    if denied and turn and turn.end() <= denied.start() and (leaked is None or leaked.start() < turn.end()):
        denied = None
    if denied and (
        leaked is None
        or denied.start() <= leaked.start()
        or not re.search("、", behind[leaked.end() : denied.start()])
        or "は" in behind[:2]
    ):
        return "denied"
    if not leaked:
        return "denied" if denied else None
    if _W["undecided"].search(behind):
        return "no"
    return "no" if _W["advice"].search(behind) else "leaked"


def _stands(text: str, word: words_of_items.Word) -> bool:
    """Return whether a word stands for an item here (カード決済 and お電話での受付 do not)."""
    behind, before = text[word.end : word.end + 24], text[: word.start]
    if _W["other_word"].match(behind):
        return False
    if _W["weak"].match(text[word.start : word.end]):
        return bool(_W["separator_before"].search(before[-2:])) and bool(_W["separator_after"].match(behind))
    return True


def _refined(text: str, word: words_of_items.Word) -> Iterator[tuple[str, int]]:
    """Yield the items that a word means with what stands around it: hashed passwords, last digits, a name with its reading."""
    behind, before = text[word.end : word.end + 40], text[max(word.start - 16, 0) : word.start]
    key, end = word.key, word.end
    if key == "card_number" and word.end - word.start > 4 and behind.startswith("の一部"):
        return  # カード情報の一部（下4桁、…）: the brackets say which
    if key == "password" and not _W["plain_text"].search(text[word.start : word.end + 40]):
        if (hit := _W["hashed_after"].match(behind)) or _W["hashed_before"].search(before):
            key, end = "password_hash", word.end + (hit.end() if hit else 0)
    elif key == "password_hash" and _W["plain_text"].search(text[word.start : word.end]):
        key = "password"
    elif key in {"card_number", "bank_account"}:
        if hit := _W["last_digits"].match(behind):
            key, end = ("card_last4" if key == "card_number" else key), word.end + hit.end()
    elif key == "card_last4" and "口座" in before[-8:]:
        return
    yield key, end
    if (
        key == "name"
        and any(kana in behind[:14] for kana in ("カナ", "ふりがな", "フリガナ", "かな"))
        and behind[:1] == "("
    ):
        yield "name_kana", end
