"""Which items leaked and which did not, each with the word that says it."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from madoguchi.reading import patterns, words_of_items
from madoguchi.reading.facts import Said
from madoguchi.reading.lines import MARK
from madoguchi.reading.sentences import Sentence
from madoguchi.reading.words_of_items import Word

_W = patterns.load("items")
_SEPARATOR = re.compile(
    r"(?:情報|等|など)?(?:[、,・/;] ?|及び|および|並びに|ならびに|又は|または|や|と)(?:その|その他の?)?"
)
_TO_COLON = re.compile(r"[^、。]{0,14}")
_BEHIND = 400
"""Characters behind a word in which something is said of it."""
_LEAD = 40
"""Characters before a colon in which something is said of what follows it."""
_LOCKS = ("password", "bank_pin")
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
    for at, sentence in enumerate(sentences):
        if sentence.quoted:
            continue
        over = mode
        if sentence.kind == "heading" and (mode == "no" or not _only_items(sentence.text)):
            mode, lead_line = _mode(sentence.text, sentence.under), sentence.line
            over = _mode(sentence.under[-1], sentence.under[:-1]) if sentence.under and _lists(sentence) else mode
        elif (side := _label_side(sentence)) and not sentence.text.endswith("。"):
            mode = over = side
        found = list(_in(sentence, over, _marks(sentences[at + 1 : at + 5])))
        yield from ((sentence, one) for one in found)
        if (
            asked is not None
            and not found
            and _W["denied_answer"].match(sentence.text)
            and not _W["not_sure"].search(sentence.text)
        ):
            # Q 住所は流出していませんか。A 流出しておりません。
            for word in words_of_items.find(asked.text):
                yield asked, Found(word.key, word.start, word.end, "denied", holder=False)
        asked = sentence if sentence.kind == "heading" and _W["question"].search(sentence.text) else None
        if sentence.kind != "heading" and _leads(sentence.text):
            mode, lead_line = ("denied" if _denies(sentence.text) else "leaked"), sentence.line
        elif not found and sentence.line > lead_line and _turns_away(sentence) and mode != "no":
            mode = _mode(sentence.under[-1], sentence.under[:-1]) if sentence.under else mode


def _marks(behind: Sequence[Sentence]) -> str:
    """Return the cells that hold a mark alone right behind a line (tables copied cell by cell)."""
    cells = itertools.takewhile(_W["cell"].fullmatch, (sentence.text for sentence in behind))
    return "".join(f" {cell}" for cell in cells)


def _lists(heading: Sentence) -> bool:
    """Return whether a line that was taken for a heading is an element of the list under a heading."""
    numbered = heading.under and MARK.match(heading.text) and not _W["topic_of_heading"].search(heading.text)
    return bool(numbered) or _only_items(heading.text)


def _only_items(text: str) -> bool:
    """Return whether a line names items and nothing else (クレジットカード情報)."""
    at = mark.end() if (mark := MARK.match(text)) else 0
    words = list(words_of_items.find(text))
    for word in words:
        if word.start != at and not _SEPARATOR.fullmatch(text, at, word.start):
            return False
        at = word.end
    return bool(words) and text[at:] in ("", "等", "など", "情報")


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
    return _mode(above[-1], above[:-1]) if above and not _W["title"].search(above[-1]) else "no"


def _in(sentence: Sentence, mode: Side, marks: str) -> Iterator[Found]:
    text = sentence.text
    words = [word for word in words_of_items.find(text) if _stands(text, word)]
    if _W["address_behind"].search(text[sentence.body :]):
        words = [word for word in words if word.start >= sentence.body]
    if (
        not words
        or _W["question"].search(text)
        or (sentence.kind == "heading" and not _W["safe_heading"].search(text) and not _lists(sentence))
        or _W["method"].search(text)
    ):
        return
    brackets = _brackets(text)
    plain = _without_brackets(text, brackets)
    over = _label_side(sentence) or mode
    sides: dict[int, Side] = {}
    following: dict[int, Word] = {}  # the next word in the same bracket, by where the bracket begins
    several = len(words) > 1
    for word in reversed(words):
        start, end = next((pair for pair in brackets if pair[0] <= word.start < pair[1]), (-1, len(text)))
        after = following.get(start)
        side = _marked(text[word.end :] + marks) if over != "no" else None
        if side is None:
            side = _side(plain if start < 0 else text[:end], word, after, sides)
        if side is None and several and start < 0 and _W["none"].match(text, word.end):
            side = "denied"
        if side is None and start >= 0:
            side = _behind_bracket(text, plain, (start, end), word, following.get(-1), sides)
        sides[word.start] = side or _by_what_is_before(text, word, over, sentence)
        following[start] = word
    for word in words:
        if sides[word.start] == "leaked" and _way_in(sentence, word):
            continue
        for key, at in _refined(text, word, sides[word.start]):
            yield Found(
                key, word.start, at, sides[word.start], holder=bool(_W["holder"].search(text[word.start : word.end]))
            )


def _by_what_is_before(text: str, word: Word, over: Side, sentence: Sentence) -> Side:
    """Return what is said of a word at the end of its statement: 漏えいした情報は、氏名です, or a list under a heading."""
    listed = sentence.kind == "item" or not text.endswith("。") or bool(sentence.label)
    before = text[: word.start]
    if side := _led(before):
        return side
    topics = [
        max((hit.end() for hit in _W[name].finditer(before)), default=0) for name in ("safe_topic", "leaked_topic")
    ]
    if topics[0] and topics[0] >= topics[1]:
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


def _side(text: str, word: Word, after: Word | None, sides: Mapping[int, Side]) -> Side | None:
    """Return what is said of a word by what follows it, up to the word ``after`` it; None where nothing is."""
    rest = text[word.end : word.end + _BEHIND]
    if hit := _W["except"].match(rest):
        said = _between(text, word.end + hit.end(), after, sides)
        return "leaked" if said == "denied" else "denied"  # 下4桁以外は漏えいしておりません
    if (hit := _W["only"].match(rest)) and _W["denied"].search(rest, hit.end()):
        return "leaked"  # 漏えいしたのは氏名のみで、ほかは含まれません
    return _between(text, word.end, after, sides)


def _between(text: str, at: int, after: Word | None, sides: Mapping[int, Side]) -> Side | None:
    """Return what is said from ``at`` on; where nothing is before the next word, what is said of that one."""
    behind = text[at : after.start if after else at + _BEHIND]
    if after and behind.isspace() and "、" in text:
        return None  # lines run together: this list ends here
    if turn := _W["new_label"].search(behind):
        return _said(behind[: turn.start()], behind)
    if after and _SEPARATOR.fullmatch(behind):
        return sides[after.start]  # 氏名、住所、…: what is said of the last is said of all
    said = _said(behind, text[at : at + _BEHIND])
    if after and said is None and (hit := _W["except"].match(text[after.end : after.end + 40])):
        return _said(text[after.end + hit.end() : after.end + _BEHIND])  # カード番号は下4桁を除き…
    if said or after is None or any(_W[turn].search(behind) for turn in ("copula", "may_end", "clause_end")):
        return said
    return None if sides[after.start] == "no" else sides[after.start]


def _behind_bracket(
    text: str, plain: str, inside: tuple[int, int], word: Word, after: Word | None, sides: Mapping[int, Side]
) -> Side | None:
    """Return what is said behind the bracket that a word stands in."""
    start, end = inside
    if _W["example"].search(text[start : word.start]):
        return "no"
    if _W["none"].match(plain, end + 1):
        return "denied"  # その他の情報(住所、電話番号)はありません
    return _between(plain, end + 1, after, sides)


def _said(behind: str, rest: str = "") -> Side | None:
    """Return what is said in ``behind`` (of ``rest``, all that follows), clause by clause.

    What a clause states or denies holds, unless it only says where the thing is kept and the next clause denies that
    it got out.
    """
    kept: Side | None = None
    begin = 0
    for end in [*(hit.end() for hit in _W["clause_end"].finditer(behind)), len(behind)]:
        clause, begin = behind[begin:end], end
        said = _clause(clause)
        if said in ("denied", "no"):
            return said
        if said == "leaked":
            got_out = _W["got_out"].search(clause)
            if not got_out and (_W["advice"].search(rest) or _W["measure"].search(rest)):
                return "no"
            if got_out or not _W["topic"].match(behind):
                return said
            kept = said
        elif end == len(clause) and _W["copula"].match(clause):
            return None  # 氏名、住所ですが、…: what follows is said of something else
    return kept


def _clause(clause: str) -> Side | None:
    if _W["not_sure"].search(clause):
        return "leaked"
    denied, leaked = _W["denied"].search(clause), _W["leaked"].search(clause)
    if (denied or leaked) and _W["undecided"].search(clause):
        return "no"
    if denied:
        return "no" if _W["asked_for"].search(clause) else "denied"
    if not leaked:
        return None
    return "no" if _W["advice"].search(clause) else "leaked"


def _marked(behind: str) -> Side | None:
    """Return what a mark right behind a word says: a row or cell of a table (氏名 ○, パスワード：なし)."""
    if _W["mark_no"].fullmatch(behind):
        return "denied"
    return "leaked" if _W["mark_yes"].fullmatch(behind) else None


def _way_in(sentence: Sentence, word: Word) -> bool:
    """Return whether an ID or a password of our own staff is named as the way in, not as what leaked."""
    text = sentence.text
    if word.key not in ("password", "login_id") or _W["of_customers"].search(text) or not _W["way_in"].search(text):
        return False
    told = any(_W["means"].search(heading) for heading in sentence.under)
    return told or bool(_W["of_staff"].search(text[max(word.start - 32, 0) : word.start]))


def _stands(text: str, word: Word) -> bool:
    """Return whether a word stands for an item here (カード決済 and お電話での受付 do not)."""
    behind, before = text[word.end : word.end + 24], text[: word.start]
    if _W["other_word"].match(behind):
        return False
    if _W["does_something"].match(behind) and not _W["names_a_value"].search(text[word.start : word.end]):
        return False
    if word.key in _LOCKS and _W["lock"].match(behind):
        return False
    if _W["weak"].match(text[word.start : word.end]):
        return bool(_W["separator_before"].search(before[-2:])) and bool(_W["separator_after"].match(behind))
    return True


def _refined(text: str, word: Word, side: Side) -> Iterator[tuple[str, int]]:
    """Yield the items that a word means with what stands around it: hashed passwords, last digits, a name with its reading."""
    behind, before = text[word.end : word.end + 40], text[max(word.start - 16, 0) : word.start]
    key, end = word.key, word.end
    if key == "card_number" and word.end - word.start > 4 and behind.startswith("の一部"):
        return  # カード情報の一部（下4桁、…）: the brackets say which
    if (
        key == "password"
        and side != "denied"
        and not _W["plain_text"].search(re.split("[、。]", text[word.start : word.end + 40])[0])
    ):
        if (hit := _W["hashed_after"].match(behind)) or _W["hashed_before"].search(before):
            key, end = "password_hash", word.end + (hit.end() if hit else 0)
    elif key == "password_hash" and _W["plain_text"].search(text[word.start : word.end]):
        key = "password"
    elif key in {"card_number", "bank_account"}:
        if hit := _W["last_digits"].match(behind):
            key, end = ("card_last4" if key == "card_number" else key), word.end + hit.end()
    elif key == "card_last4" and re.search("口座[^、。]{0,6}$", before):
        return
    yield key, end
    if (
        key == "name"
        and any(kana in behind[:14] for kana in ("カナ", "ふりがな", "フリガナ", "かな"))
        and behind[:1] == "("
    ):
        yield "name_kana", end
