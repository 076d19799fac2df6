"""Addresses: their parts, and one key for every writing of the same dwelling."""

import re
import unicodedata
from dataclasses import dataclass

from madoguchi.text import house_numbers, numbers, places
from madoguchi.text.fold import fold, katakana

_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-鿿々]")
_POSTAL = re.compile(r"^(?:〒|〶|郵便番号:?)? ?([0-9]{3})-?([0-9]{4})(?![0-9-]) ?")
_LABEL = re.compile(r"^(?:住所|所在地|現住所|ご住所|お届け先|届け先|日本国?|japan)[ :,、]+", re.IGNORECASE)
_TURN = r"(?:上[るル]|下[るル]|上がる|下がる|あがる|さがる|(?<=通)[^通]*角(?!倉)|[東西南北]入(?:[るル])?)"
_STREET = re.compile(
    rf"(?P<street>.*{_TURN}(?:[0-9一二三四五六七八九十]+(?:丁目|筋目)(?=[^0-9]*町))?)(?P<town>[^0-9].*)"
)
_AZA = re.compile(r"大字|小字|(?<![文十八三一大小和])字")
_TOWNS_LIKE_NUMBERS = (("港区", "麻布十番"), *(("名古屋市熱田区", f"{n}番") for n in "一二四六八"))
_STREET_CROSSING = re.compile(r"(?<![一-鿿])([北南東西])([0-9]+)([東西南北])(?=[0-9])")
_FIRST_NUMBER = re.compile(r"[0-9]|[〇一二三四五六七八九十](?=[-ー]|丁目|番地|番[0-9 ])")
_LONGEST = 300
_UNIT = re.compile(r"(?:apt|apartment|unit|suite|ste|room|rm|flat|floor|fl)\b|#", re.IGNORECASE)
_SHORT = {
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "rd": "road",
    "dr": "drive",
    "blvd": "boulevard",
    "ln": "lane",
    "ct": "court",
    "pl": "place",
    "sq": "square",
    "hwy": "highway",
    "pkwy": "parkway",
    "apt": "apartment",
    "ste": "suite",
    "rm": "room",
}


@dataclass(frozen=True)
class Address:
    """The parts of an address as far as they were written, folded; numbers as digits.

    ``city`` holds the district (郡) before a town and the city before a ward. ``banchi`` is the 番地 or 番, ``go`` the 号 or the branch of a
    番地 (枝番). Of a bare 1-2-3 the first is the 丁目. ``street`` is a Kyoto street (寺町通御池上る). Of a foreign address ``town`` is the street,
    ``banchi`` its first number, ``city`` all that follows the street.
    """

    postal: str | None = None
    prefecture: str | None = None
    city: str | None = None
    town: str | None = None
    chome: str | None = None
    banchi: str | None = None
    go: str | None = None
    building: str | None = None
    room: str | None = None
    street: str | None = None


@dataclass(frozen=True)
class _Read:
    address: Address
    key: str | None
    place: places.Place | None = None


def split(s: str) -> Address:
    """Return the parts of an address; what is not there is None.

    Read are postal code, prefecture, municipality, town (大字 and 字 stay in it), 丁目・番地・号 in every writing (1-2-3, １－２－３,
    一丁目二番三号, 1丁目2番地3), 条丁目 of Hokkaido, Kyoto's streets, building and room.
    """
    return _read(s).address


def key(s: str) -> str | None:
    """Return what all writings of one dwelling share, or None when ``s`` is not a full address.

    A Japanese address is full with its municipality and a house number; another room or house number is another key.
    Postal code, prefecture, district and the building's name are not in the key, since they are often left out. Two
    places may therefore share a key (府中市 is in Tokyo and in Hiroshima): find by key, then ask `same`.
    A foreign address needs a street with its number: ``1913 Hanoi Way``.
    """
    return _read(s).key


def same(a: str, b: str) -> bool:
    """Tell whether two writings mean the same dwelling: equal keys, and nothing else that both state disagrees.

    Compared are the prefecture (from the municipality where it is left out), the district, the Kyoto street, and of a foreign
    address what follows the street (one may state more than the other). Postal codes are not: they change.
    """
    one, two = _read(a), _read(b)
    if one.key is None or one.key != two.key:
        return False
    if one.place is None or two.place is None:
        tails = [set(_words(read.address.city or "")) for read in (one, two)]
        return tails[0] <= tails[1] or tails[1] <= tails[0]
    facts = (
        (one.place.prefectures, two.place.prefectures),
        (_one(one.place.district), _one(two.place.district)),
        (_one(_street_key(one.address.street)), _one(_street_key(two.address.street))),
    )
    return all(not x or not y or x & y for x, y in facts)


def _one(value: str | None) -> frozenset[str]:
    return frozenset({value} if value else ())


def _street_key(street: str | None) -> str | None:
    return re.sub(r"[ル通]|(?<=[上下])ガ", "", katakana(street)) if street else None


def _read(s: str) -> _Read:
    text = fold(s[:_LONGEST])
    if len(s) > _LONGEST or "@" in text:
        return _Read(Address(), None)
    text = _LABEL.sub("", text)
    postal = None
    if found := _POSTAL.match(text):
        postal, text = f"{found[1]}-{found[2]}", _LABEL.sub("", text[found.end() :])
    return _japanese(text, postal) if _JAPANESE.search(text) else _foreign(text)


def _japanese(text: str, postal: str | None) -> _Read:
    text = _closed_up(text)
    prefecture = places.prefecture_at(text)
    rest = text[len(prefecture or "") :].lstrip(" ")
    place = places.municipality_at(rest, prefecture)
    rest = rest[len(place.name) if place else 0 :].lstrip(" ")
    street = None
    if place and place.key.startswith("京都市") and (kyoto := _STREET.fullmatch(rest)):
        street, rest = kyoto["street"], kyoto["town"]
    fixed = next((t for c, t in _TOWNS_LIKE_NUMBERS if place and place.key == c and rest.startswith(t)), "")
    rest = house_numbers.digits(rest[len(fixed) :])
    found = house_numbers.read(_STREET_CROSSING.sub(r"\1\2条\3", rest))
    town = fixed + re.sub(r"[ ,、\-]+", "", found.town)
    chome, banchi, go, extra = _named(found.units)
    address = Address(
        postal=postal,
        prefecture=prefecture,
        city=place.name if place else None,
        town=town or None,
        chome=chome,
        banchi=banchi,
        go=go,
        building=found.building,
        room="-".join([*extra, *([found.room] if found.room else [])]) or None,
        street=street,
    )
    return _Read(address, _japanese_key(place, address, house_numbers.chain(found)), place)


def _closed_up(text: str) -> str:
    """Return the text without the spaces before its first number: 渋谷区 神南 1-2-3."""
    first = _FIRST_NUMBER.search(text)
    head = text[: first.start()] if first else text
    return head.replace(" ", "") + text[len(head) :]


def _japanese_key(place: places.Place | None, address: Address, chain: str | None) -> str | None:
    if place is None or chain is None:
        return None
    # A bare 日の出町1-2-3 may be a town of some city as well as the municipality.
    if not address.town and address.city and address.city[-1] in "町村" and not (address.prefecture or place.district):
        return None
    town = re.sub(r"[0-9]+", lambda m: numbers.kanji(int(m[0])), _AZA.sub("", address.town or ""))
    return f"{place.key} {places.spelling(town).casefold()} {chain}"


def _named(units: list[tuple[str, str]]) -> tuple[str | None, str | None, str | None, list[str]]:
    """Return 丁目, 番地, 号 and what follows of numbers with or without their unit words."""
    values = [number for number, _ in units]
    if not values:
        return None, None, None, []
    has_chome = units[0][1] in ("丁目", "丁", "地割", "番地割") or (len(values) > 2 and not units[0][1])
    chome = values.pop(0) if has_chome else None
    banchi = values.pop(0) if values else None
    go = values.pop(0) if values else None
    return chome, banchi, go, values


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return [_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", plain.replace("'", ""))]


def _foreign(text: str) -> _Read:
    parts = [part.strip() for part in re.split(r"[,\n;]", text) if part.strip()]
    units = [part for part in parts if _UNIT.match(part)]
    rest = [part for part in parts if part not in units]
    at = next((i for i, part in enumerate(rest) if re.search(r"[0-9]", part) and re.search(r"[^\W\d_]{2}", part)), None)
    if at is None:
        return _Read(Address(building=", ".join(rest[:1]) or None), None)
    number = re.search(r"[0-9]+", rest[at])
    address = Address(
        town=rest[at],
        banchi=number[0] if number else None,
        building=", ".join(rest[:at]) or None,
        room=", ".join(units) or None,
        city=", ".join(rest[at + 1 :]) or None,
    )
    return _Read(address, " ".join([*_words(rest[at]), *(word for unit in units for word in _words(unit))]))
