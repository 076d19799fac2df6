"""The company's own windows as its text names them: telephone, mail, form, post."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from madoguchi.law import bodies
from madoguchi.reading import patterns
from madoguchi.reading.facts import Window
from madoguchi.reading.sentences import Sentence
from madoguchi.text import phones
from madoguchi.text.fold import fold

_W = patterns.load("windows")
_PHONE = re.compile(
    r"(?<![0-9〇一二三四五六七八九-])(?:\+81[- ]?\(?0?\)?[- ]?[1-9][0-9]{0,3}|\(?0[0-9]{1,4}\)?)[- (]{1,3}[0-9]{1,4}[-) ]{1,3}[0-9]{3,4}(?![0-9-])|(?<![0-9])0(?:120|800|570)[0-9]{6,7}(?![0-9])|(?:(?<=[話L])|(?<=[話L][: ])|(?<=番号:)|(?<=ヤル)|(?<=ヤル[: ]))0[1-9][0-9]{8,9}(?![0-9-])"
)
_KANJI_PHONE = re.compile(r"[〇一二三四五六七八九]{2,5}-[〇一二三四五六七八九]{1,4}-[〇一二三四五六七八九]{3,4}")
_AT = r"(?:@|[ ]?[(\[](?:at|アット|アットマーク|@)[)\]][ ]?|[★☆◎●■])"  # written so that machines do not gather it
_MAIL = re.compile(
    rf"(?<![A-Za-z0-9._+%-])[A-Za-z0-9._+%-]{{1,64}}{_AT}[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})+",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%-]+")
_FORM_ADDRESS = re.compile(r"contact|inquiry|form|toiawase|support")
_HOME = re.compile(r"https?://[^/?#]+/?(?:index\.html?)?")
_POST = re.compile(r"〒?[ ]?[0-9]{3}-[0-9]{4}")
_LAST_NOTE = re.compile(r"(?:電話)?\([^()]{0,30}\)[ :]*$")
_NEAR = 3
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")


def read(sentences: Sequence[Sentence]) -> list[Window]:
    """Return the windows, each address once, in the order of the text; those of the police, 188 or card companies are not the company's."""
    found: dict[tuple[str, str], Window] = {}
    press: list[Window] = []
    for number, sentence in enumerate(sentences):
        if sentence.quoted:
            continue
        for window in _in(sentences, number):
            if _is_press(sentences, number, window):
                press.append(window)
                continue
            key = (window.channel, fold(window.value or "").casefold())
            known = found.get(key)
            if known is None:
                found[key] = window
            elif known.hours is None and window.hours:
                found[key] = replace(known, hours=window.hours)
    kept = list(found.values()) or press
    if any(w.channel == "form" and w.value for w in kept):
        kept = [w for w in kept if w.channel != "form" or w.value]
    return kept


def _is_press(sentences: Sequence[Sentence], number: int, window: Window) -> bool:
    """Return whether a window is for journalists: a person is not helped there while there is another."""
    sentence = sentences[number]
    words = [sentence.text.partition(window.value or "\n")[0] if window.value else sentence.text]
    words += [over for over in sentence.under[-1:] if _W["heading"].search(over)]
    above = sentences[number - 1] if number else sentence
    if above.kind != "heading" and len(above.text) <= 40 and not _PHONE.search(above.text):
        words.append(above.text)
    return any(_W["press"].search(one) and not re.search(r"お客|会員|一般の|皆様", one) for one in words)


def _in(sentences: Sequence[Sentence], number: int) -> Iterator[Window]:
    sentence = sentences[number]
    text = sentence.text
    headed = any(_W["heading"].search(words) for words in sentence.under[-2:])
    above = sentences[number - 1].text[-40:] if number else ""
    if _W["not_a_desk"].search(text) or (number < 8 and _W["mail_header"].search(sentence.label)):
        return
    own = headed or bool(_W["own"].search(text) or _W["own"].search(above))
    beside = len(text) <= 60 and any(_PHONE.search(near.text) for near in _beside(sentences, number))
    for pattern, channel in ((_PHONE, "phone"), (_KANJI_PHONE, "phone"), (_MAIL, "email"), (_URL, "form")):
        for hit in pattern.finditer(text):
            if (own or channel == "phone" or (beside and channel == "email")) and _is_window(
                sentence, hit, channel, headed=headed
            ):
                yield _window(sentences, number, hit, channel)
    form = _W["form"].search(text)
    if form and own and _is_form(text, form, headed=headed):
        place = sentence.span(form.start(), form.end())
        yield Window("form", None, _name(sentences, number, form.start()), None, place)
    post = _POST.search(_PHONE.sub(lambda hit: "." * len(hit.group()), text)) if headed or "問" in text else None
    if post and not _theirs(text, post.start(), sentence):
        address = text[post.start() :].strip()[:120]
        yield Window("post", address, _name(sentences, number, post.start()), None, sentence.span(post.start()))


def _beside(sentences: Sequence[Sentence], number: int) -> Sequence[Sentence]:
    return (*sentences[max(number - 1, 0) : number], *sentences[number + 1 : number + 2])


def _is_window(sentence: Sentence, hit: re.Match[str], channel: str, *, headed: bool) -> bool:
    text = sentence.text
    if _theirs(text, hit.start(), sentence) or (channel == "phone" and _no_phone(text, hit)):
        return False
    if _W["readers_own"].search(text[max(hit.start() - 40, 0) : hit.start()]):
        return False
    if _W["sends_from"].match(text[hit.end() : hit.end() + 12]):
        return False
    if channel == "form" and _HOME.fullmatch(hit.group()) and not re.search(r"問い?合わ?せ|フォーム", text):
        return False  # the company's front page beside its name
    return channel != "form" or headed or bool(_W["form"].search(text) or _FORM_ADDRESS.search(hit.group()))


def _is_form(text: str, form: re.Match[str], *, headed: bool) -> bool:
    """Return whether a form that is named without its address is a way to ask, not what was misused."""
    if _URL.search(text) or _W["not_form"].search(text[form.end() : form.end() + 30]):
        return False
    to_us = headed or any(word in text for word in ("まで", "より", "から"))
    return to_us and not re.search(
        r"(?:を|に)(?:悪用|対し)|[「『]", text[: form.start()] + " " + text[form.end() : form.end() + 2]
    )


def _theirs(text: str, at: int, sentence: Sentence) -> bool:
    begin = max(text.rfind("。", 0, at) + 1, at - 60)
    return bool(_W["others"].search(text[begin:at] + " " + (sentence.label if sentence.body <= at else "")))


def _no_phone(text: str, hit: re.Match[str]) -> bool:
    if phones.canonical(hit.group().translate(_KANJI).strip(" (")) in bodies.numbers():
        return True  # a public help line stands in advice and leads to nobody's desk
    return (
        bool(_W["fax"].search(text[max(hit.start() - 14, 0) : hit.start()]))
        or text[max(hit.start() - 1, 0) : hit.start()] == "〒"
    )


def _window(sentences: Sequence[Sentence], number: int, hit: re.Match[str], channel: str) -> Window:
    sentence = sentences[number]
    value = (
        hit.group().strip(" ()") if channel != "phone" else re.sub(r"[ ()-]+", "-", hit.group().strip(" (")).strip("-")
    )
    value = value.rstrip(".,;)") if channel == "form" else value
    value = re.sub(_AT, "@", value, flags=re.IGNORECASE) if channel == "email" else value
    if value[0] in "〇一二三四五六七八九":
        value = value.translate(_KANJI)
    hours = _hours(sentences, number, hit.end()) if channel == "phone" else None
    return Window(channel, value, _name(sentences, number, hit.start()), hours, sentence.span(hit.start(), hit.end()))


def _hours(sentences: Sequence[Sentence], number: int, at: int) -> str | None:
    """Return when somebody answers: in the same line behind the number, or in the next lines."""
    text = sentences[number].text
    right = text[at:].lstrip(" \t、:/※")
    if right[:1] != "(" and (behind := _W["hours"].match(right)):
        return _bare(behind.group())
    for bracket in re.finditer(r"\(([^()]{2,60})\)", right[:160]):
        for begin in (0, *(comma.end() for comma in re.finditer(r"[、/,]", bracket[1]))):
            if _W["hours"].match(bracket[1], begin):
                return _bare(bracket[1][begin:])
    if behind := _W["hours"].match(right.lstrip("(")):
        return _bare(behind.group())
    for following in sentences[number + 1 : number + 1 + _NEAR]:
        body = _bare(following.text[following.body :])
        if (
            "時間" in following.label
            or re.match(r"\(?(?:受付|営業|対応)時間", following.text)
            or (following.text[:1] == "(" and _W["hours"].match(body))
            or (len(body) <= 50 and not body.endswith("す") and re.search("[0-9]", body) and _W["hours"].match(body))
        ):
            return _bare(
                re.sub(r"^\(?(?:受付|営業|対応)時間[\s::]*", "", body if "時間" in following.label else following.text)
            )
        if _PHONE.search(following.text):
            break
    above = sentences[number - 1] if number else None
    if (
        above
        and re.match(r"\(?(?:受付|営業|対応|電話受付)時間", above.text)
        and not _hours_taken(sentences, number - 1)
    ):
        return _bare(re.sub(r"^\(?電話受付時間[\s::]*", "", above.text))
    return None


def _hours_taken(sentences: Sequence[Sentence], number: int) -> bool:
    """Return whether the hours in a line belong to the number over it."""
    return any(_PHONE.search(near.text) for near in sentences[max(number - 2, 0) : number + 1])


def _bare(text: str) -> str:
    text = text.strip(" 。")
    if text.count("(") != text.count(")"):
        text = text.strip("()")
    elif text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return re.sub(r"^(?:受付時間|営業時間|対応時間|受付)[\s::]*", "", text).strip()


def _name(sentences: Sequence[Sentence], number: int, at: int) -> str | None:
    """Return the name of the desk: before the number in its line, or in the lines above it."""
    own = re.sub(
        r"(?:電話(?:番号)?|TEL|Tel|E-?mail|Mail|メール(?:アドレス)?|フリーダイヤル|フリーコール|[\s::(・、])+$",
        "",
        sentences[number].text[:at],
    )
    own = _LAST_NOTE.sub("", own)
    own = re.split(r"[。:\t]|(?:問い?合わ?せ先?|連絡先)[\s::]", own)[-1].strip(" ・()")
    if own and len(own) <= 40 and _W["desk"].search(own):
        return own
    for above in reversed(sentences[max(number - _NEAR, 0) : number]):
        words = above.text[above.body if above.label else 0 :].strip(" 【】■・()[]<>")
        if above.kind != "heading" and len(words) <= 40 and _W["desk"].search(words):
            return words
        if above.kind == "heading":
            return words if _W["desk"].search(words) and len(words) <= 30 else None
    return None
