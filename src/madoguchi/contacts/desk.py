"""The desk behind a number or address: its name, its hours, what it is for, and the words that say so."""

import re

from madoguchi.contacts import words
from madoguchi.contacts.flat import bare, flat
from madoguchi.contacts.lines import Line
from madoguchi.contacts.mentions import Mention
from madoguchi.contacts.window import Purpose

_CLAUSE = 80
"""Characters before a number among which its desk is looked for."""
_RECEIVES = re.compile(
    r"([^\s、。「」()]{2,30}?(?:室|係|課|部|局|センター|窓口|デスク|事務局))(?:で|が|にて|まで|へ)(?:お受け|うけたまわ|承|受け付|受付|対応|お答え|お問|ご連絡|お申|お尋ね|お電話)"
)
_LONGEST = 1_000
"""Characters before a number whose words say what it is for."""
_REACH = 8
"""Lines above or below a number in which its desk and hours are looked for."""
_CLOCK = r"[0-9]{1,2}(?:[:：][0-9]{2}|時(?:[0-9]{1,2}分|半)?)"
_HOURS = re.compile(
    rf"(?:(?:平日|月|火|水|木|金|土|日|祝|毎日|年中無休|全日|午前|営業日|\(|AM|am)[^。\n]{{0,24}}?)?(?:{_CLOCK}|[0-9]{{1,2}})\s*(?:から|[~\-])\s*[^。\n]{{0,6}}?{_CLOCK}[^。\n]{{0,60}}|24時間[^。\n]{{0,30}}|年中無休[^。\n]{{0,20}}"
)
_HOURS_END = re.compile(r"\s*(?:(?:/|／|\||｜)?\s*(?:tel|fax|電話|電|e-?mail|メール|https?:|通話料).*)$", re.IGNORECASE)
_TEL_LABEL = re.compile(
    r"(?:(?:お)?電話(?:番号|受付|でのお?問い?合わ?せ)?|tel(?:ephone)?|phone|電|fax(?:番号)?|ファックス|ファクス|ファクシミリ|e-?mail|メール(?:アドレス)?|mail|住所|所在地|連絡先|フリーダイヤル|ナビダイヤル|直通|代表(?:番号|電話)?)"
    r"(?:番号)?(?:\([^()]*\))?$",
    re.IGNORECASE,
)
_FAX = re.compile(r"fax|ファックス|ファクス|ファクシミリ|ﾌｧｯｸｽ", re.IGNORECASE)
_TEL = re.compile(r"tel|電話|でんわ|ﾃﾞﾝﾜ|デンワ|電(?=\s*[0-9(:：])|phone|フリーダイヤル|ナビダイヤル", re.IGNORECASE)


def is_fax(line: Line, mention: Mention, above: list[Line]) -> bool:
    """Return whether a number is for fax alone: the last label before it says so, or a bracket after it."""
    index = line.mentions.index(mention)
    since = line.mentions[index - 1].end if index else 0
    label = line.flat[since : mention.start]
    after = re.match(r"\s*\(([^()]{0,12})\)", line.flat[mention.end :])
    if after and _FAX.search(after[1]):
        return not _TEL.search(after[1])
    if not _FAX.search(label) and not _TEL.search(label):
        label = line.flat[: mention.start]
        if _FAX.search(label) and _TEL.search(label):
            return sum(each.channel == "phone" for each in line.mentions[:index]) == 1  # TEL/FAX 03-… / 03-…
        if not label.strip() and above:
            label = above[-1].flat if len(above[-1].flat) < 20 and not above[-1].mentions else ""
    last = max(((match.end(), True) for match in _FAX.finditer(label)), default=(-1, False))
    return last[0] >= 0 and not _TEL.search(label)


def name_of(line: Line, mention: Mention, block: list[Line]) -> str | None:
    """Return the desk's name as the page writes it, looked for from the nearest words outwards; None when not named."""
    since = max((each.end for each in line.mentions if each.end <= mention.start), default=0)
    left = line.raw[since : mention.start]
    if not _unlabelled(left).strip() and line.mentions and mention.start:  # desk, address, then the number
        before = [each for each in line.mentions if each.end == since and each.channel == "post"]
        left = line.raw[: before[0].start] if before else left
    pieces = [piece for cell in reversed(left.split("\t")) for piece in reversed(re.split(r"[／/|｜\n、,]", cell))]
    found = (name for piece in pieces if (name := _name(_unlabelled(piece))))
    if name := next(found, None) or _named_before(left):
        return name
    after = re.match(r"\s*[（(]([^（）()]{2,30})[）)]", line.raw[mention.end :])
    if after and (name := _name(after[1])):
        return name
    if name := _named_earlier(line, since):
        return name
    if "\t" in line.raw and (name := next((name for cell in line.raw.split("\t") if (name := _row_name(cell))), None)):
        return name
    if mention.channel == "post":
        tail = re.split(r"\s+", mention.value)[1:]
        if name := next((name for piece in reversed(tail) if (name := _name(piece))), None):
            return name
    around = [near for near in _outwards(line, block) if not (near.mentions and near.number > line.number)]
    for named in (_named_by_line, _named_in_line):
        if name := next((name for near in around if (name := named(near))), None):
            return name
    return None


def _named_earlier(line: Line, until: int) -> str | None:
    """Return the desk whose other ways stand before on the same line (``総務課　TEL …　E-mail …``)."""
    ends = [0, *(each.end for each in line.mentions)]
    gaps = ((end, each.start) for end, each in zip(ends, line.mentions, strict=False) if each.start < until)
    found = (_named_before(_unlabelled(line.raw[start:end])) for start, end in [*gaps][:-5:-1])
    return next((name for name in found if name), None)


def _row_name(cell: str) -> str | None:
    return _name(cell) or _name(_after_label(cell))


def named(cell: str) -> str | None:
    """Return the desk that a heading of a column is, None when it is none."""
    return _name(cell)


def _named_before(left: str) -> str | None:
    """Return the desk among the last words of a sentence that leads to a number."""
    pieces = re.split(r"[\s()（）「」『』:：、，,・/／|｜。]+", left[-_CLAUSE:])
    pieces = [re.sub(r"^.{0,20}?当(?:社|店|会|院|行|金庫|組合)の?|(?:へ|まで|に)$", "", piece) for piece in pieces]
    return next((name for piece in reversed(pieces[-6:]) if (name := _name(piece))), None)


def _named_by_line(line: Line) -> str | None:
    """Return the desk that a line or cell is, or that stands behind a label (``担当部署：総務部``)."""
    cells = line.raw.split("\t")
    for cell in cells:
        if name := _name(cell) or _name(_after_label(cell)):
            return name
    if name := _name((re.search(r"[（(]([^（）()]{2,30})[）)]\s*$", line.raw) or [""] * 2)[1]):
        return name
    if name := next((name for match in _RECEIVES.finditer(flat(line.raw)) if (name := _name(match[1]))), None):
        return name
    if len(cells) > 1 and re.fullmatch(words.desks().name_label, bare(line.cells[0])) and not line.mentions:
        value = cells[1].strip()
        return value if 2 <= len(value) <= 40 and not re.search("[。:：]", value) else None
    return None


def _named_in_line(line: Line) -> str | None:
    """Return the desk that is one word of a short line."""
    if len(line.raw) >= 60 or line.mentions:
        return None
    return next((name for piece in re.split(r"[\s:：(（]+", line.raw) if (name := _name(piece))), None)


def _outwards(line: Line, block: list[Line]) -> list[Line]:
    """Return the lines around one, above first, each side from the nearest."""
    above = [each for each in block if line.number - _REACH <= each.number < line.number]
    below = [each for each in block if line.number < each.number <= line.number + 3]
    head = [block[0]] if block and block[0] not in above and block[0].number < line.number else []
    return [*reversed(above), *head, *below]


def _unlabelled(piece: str) -> str:
    """Return a piece of a line without the label of the number after it."""
    text = flat(piece).rstrip(" :：(-")
    while match := _TEL_LABEL.search(text):
        text = text[: match.start()].rstrip(" :：(-・")
    return piece[: len(text)]


def _after_label(cell: str) -> str:
    match = re.match(rf"\W*{words.desks().name_label}\s*[:：]\s*", flat(cell), re.IGNORECASE)
    return cell[match.end() :] if match else ""


def _name(raw: str) -> str | None:
    """Return a piece of text when it is the name of a desk, without its bullets and the company before it."""
    text = flat(raw)
    inner = bare(re.sub(r"\((?:[^()]*)\)\s*$", "", text).strip())
    if not 2 <= len(inner) <= 60:
        return None
    at = text.index(inner)
    words_ = inner.split(" ")
    desk = words.desks()
    for first in range(len(words_)):  # a company, then its desk
        tail = " ".join(words_[first:])
        for candidate in (
            re.sub(r"^当(?:社|店|会|院|行|金庫|組合)の?|^.{0,14}?(?:株式会社|合同会社)(?=.{4})", "", tail),
            tail,
        ):
            if words.pattern(desk.not_name).search(candidate):
                continue
            if words.pattern(*desk.name).fullmatch(candidate):
                start = text.index(candidate, at)
                return raw[start : start + len(candidate)].strip()
    return None


def hours_of(line: Line, mention: Mention, block: list[Line]) -> str | None:
    """Return when a desk answers, in the page's words, from the line itself or those around it."""
    after = min((each.start for each in line.mentions if each.start >= mention.end), default=len(line.raw))
    if hours := _hours(line.raw[mention.end : after]) or _hours(line.raw[: mention.start]):
        return hours
    if hours := next((hours for cell in line.raw.split("\t")[1:] if (hours := _hours(cell))), None):
        return hours
    for near in [each for each in block if line.number < each.number <= line.number + 4]:
        if hours := _hours(near.raw):
            return hours
        if any(each.channel == "phone" for each in near.mentions) and near.number > line.number + 1:
            break
    for near in reversed([each for each in block if line.number - 4 <= each.number < line.number]):
        if any(each.channel == "phone" for each in near.mentions):
            break
        if hours := _hours(near.raw):
            return hours
    return None


def _hours(raw: str) -> str | None:
    text = flat(raw)
    label = re.search(rf"{words.desks().hours_label}\s*[)\]】]?\s*(?:[:：は/／|]|\s)?\s*", text, re.IGNORECASE)
    start = label.end() if label else 0
    match = _HOURS.search(text, start)
    if match is None or (label and match.start() > label.end() + 12):
        return None
    begin = label.end() if label else match.start()
    end = match.end()
    if text[begin:end].count("(") > text[begin:end].count(")") and 0 <= (close := text.find(")", end)) < end + 60:
        end = close + 1
    found = text[begin:end]
    clock = re.search(rf"{_CLOCK}|24時間|年中無休", found)
    said = clock.end() if clock else 0
    found = found[:said] + _HOURS_END.sub("", found[said:])
    found = raw[begin : begin + len(found)].strip(" \t\u3000:：[]【】")
    while found and flat(found).count(")") > flat(found).count("(") and flat(found)[-1] == ")":
        found = found[:-1].rstrip()
    plain = flat(found)
    if plain.startswith("(") and (plain.count("(") > plain.count(")") or plain.find(")") == len(plain) - 1):
        found = found[1:].removesuffix("）").removesuffix(")")
    return found[:100].strip() or None


def purpose_of(
    line: Line, mention: Mention | None, name: str | None, block: list[Line], kind: str, subject: str = ""
) -> Purpose:
    """Return what a window is for, by the nearest words that tell: its line, its desk, its heading, the kind of page.

    ``subject`` is what the page's first heading says: a page about requests of disclosure names desks for them.
    """
    left = (line.flat[: mention.start] if mention else line.flat)[-_LONGEST:]
    nearest = [left, flat(name or "")]
    if block and not line.margin:
        nearest += _labels_above(line, block)
        nearest += [block[0].flat if block[0].title else "", line.section]
    found = [purpose for text in nearest if (purpose := _purpose(text, kind))]
    if found:  # 個人情報係, under a heading on requests of disclosure, is the desk for these
        return "disclosure" if found[0] == "privacy" and found[-1] == "disclosure" else found[0]
    if kind == "leak":
        return "leak"
    if kind == "privacy" and not line.margin and _purpose(subject, kind) == "disclosure":
        return "disclosure"
    return "privacy" if kind == "privacy" else "general"


def _labels_above(line: Line, block: list[Line]) -> list[str]:
    """Return the short lines directly above a line, the nearest first, up to another number or a sentence."""
    found: list[str] = []
    for near in reversed([each for each in block if line.number - 3 <= each.number < line.number]):
        if near.mentions or len(near.flat) > 30 or near.flat.rstrip().endswith("。"):
            break
        found.append(near.flat)
    return found


def _purpose(text: str, kind: str) -> Purpose | None:
    patterns = words.desks().purposes
    if kind == "leak" and re.search(f"{patterns['leak']}|{words.desks().desk_words}", text):
        return "leak"
    if re.search(
        r"専用.{0,8}(?:窓口|ダイヤル|コール)|(?:漏えい|漏洩|流出|不正アクセス).{0,20}(?:お?問い?合わ?せ|窓口|相談)",
        text,
    ):
        return "leak"
    asks = re.search(r"お?問い?合わ?せ|お?問合せ|相談(?!室|センター)|苦情|ご意見", text)
    if re.search(patterns["disclosure"], text) and not (asks and re.search(patterns["privacy"], text)):
        return "disclosure"
    if re.search(patterns["privacy"], text, re.IGNORECASE):
        return "privacy"
    return None


def quote(line: Line, lines: list[Line]) -> str:
    """Return the words relied on: the line, with the line above where it says no more than the value."""
    text = " ".join(line.raw.split())
    if len(text) < 25 and line.number and not lines[line.number - 1].mentions:
        text = f"{' '.join(lines[line.number - 1].raw.split())} {text}".strip()
    if len(text) <= 200:
        return text
    at = max(line.mentions[0].start - 120, 0) if line.mentions else 0
    return " ".join(line.raw[at : at + 200].split())
