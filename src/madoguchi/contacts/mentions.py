"""Phone numbers, mail addresses and postal addresses in a line, as people write them."""

import re
from typing import Literal, NamedTuple

import phonenumbers

from madoguchi.text import emails, phones

_PHONE = re.compile(
    r"(?:(?<=tel)|(?<=fax)|(?<=phone)|(?<![0-9A-Za-z_=/%]))(?<![0-9]-)(?<![0-9]\.)"
    r"(?:\(?\+81\)?[ -]{0,3}\(?0?\)?[ ]?[0-9]{1,4}|\(?0[0-9]{1,4}\)?)[ ().・･-]{0,3}[0-9]{1,4}[ ().・･-]{0,3}[0-9]{3,4}"
    r"(?![0-9])(?!-[0-9])(?!@)",
    re.IGNORECASE,
)
_AT = (
    r"(?:@|\[ ?(?:at|@|アットマーク|アット) ?\]|\( ?(?:at|@|a|アットマーク|アット) ?\)|\{ ?(?:at|@) ?\}|< ?(?:at|@) ?>"
    r"|_at_|-at-|\.at\.|アットマーク|★|☆|●|■|◆|◎|♪| at )"
)
_DOT = r"(?:\.| ?(?:\[ ?(?:dot|\.|ドット) ?\]|\( ?(?:dot|\.|ドット) ?\)|\{dot\}| dot |ドット) ?)"
"""A plain dot with a space after it ends a sentence."""
_MAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+@/-])([A-Za-z0-9][A-Za-z0-9._%+'-]{{0,63}}?) ?({_AT}) ?"
    rf"([A-Za-z0-9][A-Za-z0-9-]{{0,62}}(?:{_DOT}[A-Za-z0-9][A-Za-z0-9-]{{0,62}}){{1,6}})(?![A-Za-z0-9@-])",
    re.IGNORECASE,
)
_MAY_BE_MAIL = re.compile(_AT, re.IGNORECASE)
_DOTS = re.compile(rf" ?{_DOT} ?", re.IGNORECASE)
_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|css|js|html?|php|pdf)$", re.IGNORECASE)
_POST = re.compile(r"〒? ?[0-9]{3}-[0-9]{4}(?![0-9-])\s*(?P<rest>.*)$")
_PLACE = re.compile(
    r"(?:北海道|東京都|京都府|大阪府|[一-龥]{2,3}県)?[一-龥ぁ-んァ-ヶー]{1,12}?(?:市|区|郡|町|村)[^\s、。,]{1,60}.*$"
)
_PLACE_ENDS = re.compile(
    r"\s*(?:\(?(?:tel|fax|電話|電|e-?mail|mail|メール|url|https?:|受付(?=時間|日|[:： ]|$)|営業時間|代表者|google|地図|アクセス|map|\(地図)|[。／|｜]|,\s*(?:tel|fax)| 宛).*$",
    re.IGNORECASE,
)
_LONGEST = 20_000
"""Characters of a line that are looked at; people write lines of a few hundred."""


class Mention(NamedTuple):
    """One value in a flat line."""

    channel: Literal["phone", "email", "post"]
    value: str
    start: int
    end: int


def mentions(text: str) -> list[Mention]:
    """Return the values in a flat line, in order; fax numbers too, the line's words tell them apart."""
    text = text[:_LONGEST]
    found = _mails(text) if _MAY_BE_MAIL.search(text) else []
    if any(char.isdigit() for char in text):
        taken = [(each.start, each.end) for each in found]
        found += [
            each for each in _phones(text) if not any(start < each.end and each.start < end for start, end in taken)
        ]
        found += _posts(text)
    return sorted(found, key=lambda each: each.start)


def _phones(text: str) -> list[Mention]:
    found = []
    for match in _PHONE.finditer(text):
        written = match[0].strip(" -.")
        if text[: match.start()].rstrip().endswith("〒") or written.count("(") != written.count(")"):
            written = written.removeprefix("(") if written.count("(") > written.count(")") else ""
        if value := phone(written):
            found.append(Mention("phone", value, match.start(), match.end()))
    return found


def phone(written: str) -> str | None:
    """Return a Japanese number in Japanese writing (``03-1234-5678``), its groups as written; None when it is none."""
    written = re.sub(r"\s*-\s*", "-", written.strip())
    e164 = phones.canonical(re.sub("[.・･]", "-", written))
    if e164 is None:
        return None
    groups = re.findall("[0-9]+", written)
    if len(groups) == 3 and groups[0].startswith("0") and "+" not in written:
        return "-".join(groups)
    number = phonenumbers.parse(e164)
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(number, form.NATIONAL if e164.startswith("+81") else form.INTERNATIONAL))


def _mails(text: str) -> list[Mention]:
    found = []
    for match in _MAIL.finditer(text):
        local, at, domain = match[1], match[2].strip(), match[3]
        if at.lower() == "at" and not re.search(r"mail|メール|連絡先", text, re.IGNORECASE):
            continue  # an English sentence
        if value := mail(f"{_DOTS.sub('.', local)}@{_DOTS.sub('.', domain)}"):
            found.append(Mention("email", value, match.start(), match.end()))
    return found


def mail(written: str) -> str | None:
    """Return a mail address as it is to be typed, its domain in small letters; None when it is none."""
    written = written.strip().rstrip(".,")
    if emails.canonical(written) is None or _FILE.search(written):
        return None
    local, _, domain = written.rpartition("@")
    return f"{local}@{domain.lower()}"


def _posts(text: str) -> list[Mention]:
    match = _POST.search(text)
    if match is None:
        return []
    place = place_in(match["rest"])
    if place is None:
        return []
    code = re.search("[0-9]{3}-[0-9]{4}", match[0])
    assert code is not None
    start = match.start("rest") + match["rest"].index(place)
    return [Mention("post", f"〒{code[0]} {place}", match.start(), start + len(place))]


def place_in(text: str) -> str | None:
    """Return the postal address that a flat text begins with (after a bracket or a comma), None when there is none."""
    match = _PLACE.match(text.strip(" )(,、:："))
    if match is None:
        return None
    place = _PLACE_ENDS.sub("", match[0]).strip()
    return place if re.search("[0-9一二三四五六七八九十]", place) else None
