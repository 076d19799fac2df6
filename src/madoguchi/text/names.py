"""Names of people in one writing."""

import re
import unicodedata

from madoguchi.text import fold

_TITLE_BEFORE = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof)[. ]+", re.IGNORECASE)
_TITLE_AFTER = re.compile(
    r"(?:[ -](?:san|sama|くん|ちゃん|君|どの|さん|さま)|様方|様|殿|氏|先生|御中|(?<=[^ぁ-ん])(?:さん|さま|くん|ちゃん|どの))$",
    re.IGNORECASE,
)
_READING = re.compile(r"(?<=.) ?[(\[【〔<]([ぁ-んァ-ヶー・ ]+)[)\]】〕>]$")
_JOINTS = re.compile(r"[ ・･,、.=゠/'_-]")
_DASH_IN_KANA = re.compile(r"(?<=[ァ-ヺー])-(?=[ァ-ヺー]|$)")
_SMALL_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")


def key(s: str) -> str | None:
    """Return what equal writings of a name share, or None when ``s`` holds no name.

    Aside are width, spaces, dots and dashes, capital letters, hiragana against katakana, small kana (banks write
    キヨウコ), old forms of characters (髙橋 = 高橋), accents of Latin letters, titles (様, さん, Mr.) and a reading in
    brackets. The order of family and given name counts as written; a kanji writing never equals a kana one.
    """
    text = fold.fold(s)
    text = _TITLE_BEFORE.sub("", text)
    for _ in range(3):  # 山田太郎（ヤマダタロウ）様
        text = _READING.sub("", _TITLE_AFTER.sub("", text).strip())
    text = _DASH_IN_KANA.sub("ー", fold.katakana(text))
    plain = unicodedata.normalize("NFD", _JOINTS.sub("", text).casefold())
    plain = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", plain)
    plain = unicodedata.normalize("NFC", plain).translate(_SMALL_KANA)
    letters = all(c.isalpha() or unicodedata.category(c).startswith("M") for c in plain)
    return plain if plain and letters and plain[0].isalpha() else None


def keys(family: str, given: str) -> set[str]:
    """Return the keys under which a person of this family and given name may be written: family first or last.

    An empty part leaves the other alone; no name leaves an empty set.
    """
    orders = {key(f"{family} {given}"), key(f"{given} {family}")}
    return {found for found in orders if found}
