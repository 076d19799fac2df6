"""The numbers of a Japanese address: where they begin, what each one is, and the room behind the building's name."""

import re
from dataclasses import dataclass, field

from madoguchi.text import numbers

_KANJI = r"[〇一二三四五六七八九十百千壱弐参拾]+"
_TO_DIGITS = re.compile(
    rf"(?<![0-9])(?:(?P<chain>{_KANJI}(?:[-ーのノ]{_KANJI})+)(?=$|[ \-ー号番丁]|の[0-9])"
    rf"|(?P<unit>{_KANJI})(?=丁目|番地|番(?:$|[ \-0-9〇一二三四五六七八九十のノ号])|号(?:室|棟|館)|号(?![地線北南])|丁(?:$|[ \-0-9〇一二三四五六七八九十])|地割|階(?:$|[ 0-9)])|番館)"
    rf"|(?P<dash>{_KANJI})(?=[-ー][0-9])"
    rf"|(?<=[番地目号のノ\-ー])(?P<last>{_KANJI})(?=$|[ \-ー号])"
    # 四番地二第二みどり荘, 二十番五メゾン桜: the building's name follows at once. 五十嵐ビル and 三ツ星ハイツ are names.
    rf"|(?<=[番地目])(?P<run>{_KANJI})(?=第|[A-Za-z]|[ァ-ヴ](?<![ツヶケノカヵ])))"
)
_PART_OF_TOWN = re.compile(
    r"条|線|軒|区|号線|番[町丁通沢割堰堀領川耕]|号[地北南]|[のノ][^0-9]|つ|ツ|本[^ 0-9]|丁(?:[^目0-9 \-])|日市"
)
_BUILDING_NUMBER = r"(?! ?(?:号室|号棟|号館|棟|階|F(?![A-Za-z])|番館|室))"
_TOKEN = re.compile(rf"([0-9]{{1,6}})(?![0-9]){_BUILDING_NUMBER}(丁目|丁|番地割|地割|番地|番|号)?")
_JOINT = re.compile(r" ?[-ー~] ?|[のノ](?=[0-9])")
_NO_NUMBER = re.compile(r"(?:番外地|無番地)")
_FLOOR = re.compile(r"(地下 ?|B)?([0-9]{1,3})(?:階|F)$", re.IGNORECASE)
_ROOM = re.compile(
    r"(?<![0-9])(?P<room>(?:(?<![A-Z])[A-Z][ -]?)?[0-9]{1,5}(?:-[0-9]{1,5}){0,2}(?:-?[A-Z](?![A-Z]))?)(?: ?(?:号室|号|室))?$",
    re.IGNORECASE,
)
_LETTER_ROOM = re.compile(
    r"(?:(?<=[ -])|(?<![A-Z]))(?P<room>[A-Z])(?:号室|号|室|棟)$|(?:^|[ -])(?P<bare>[A-Z])$", re.IGNORECASE
)
_WING = re.compile(
    r"(?P<wing>(?<![A-Z])[A-Z]|[0-9]{1,3}|[東西南北中]|[イロハニホ])(?:号棟|号館|番館|棟|街区)[ -]*$", re.IGNORECASE
)
_ROOM_PARTS = re.compile(r"[A-Z]+|[0-9]+|[東西南北中イロハニホ]")
_CARE_OF = re.compile(r"(?:^| |(?<=[0-9室号]))(?P<host>[^0-9 室号]+方)$")
_ROOMS_BEGIN = 101


@dataclass
class Numbers:
    """What stands behind a town: ``town`` to its end, ``units`` number and unit word in turn, ``building``, ``room``."""

    town: str
    units: list[tuple[str, str]] = field(default_factory=list)
    building: str | None = None
    room: str | None = None


def digits(text: str) -> str:
    """Return a folded text with the kanji numerals of house numbers as digits; those in names of towns stay (一番町)."""

    def arabic(m: re.Match[str]) -> str:
        if chain := m["chain"]:
            return re.sub(_KANJI, lambda n: str(numbers.parse(n[0])), chain).replace("ー", "-")
        value = numbers.parse(m[0])
        return m[0] if value is None else str(value)

    # 番 before 丁目 belongs to a town's name (六番二丁目).
    return _TO_DIGITS.sub(lambda m: m[0] if re.match(rf"番{_KANJI}丁目", text[m.end() :]) else arabic(m), text)


def read(text: str) -> Numbers:
    """Read what follows the municipality in a folded address, its numerals already as digits."""
    start = next((m.start() for m in re.finditer(r"[0-9]+", text) if not _PART_OF_TOWN.match(text, m.end())), None)
    if none := _NO_NUMBER.search(text[:start]):
        found = Numbers(text[: none.start()], [(none[0], "番地")])
        _read_building(found, text[none.end() :])
        return found
    if start is None:
        return Numbers(text)
    found = Numbers(text[:start].removesuffix("第"))
    position, unit = start, "丁目"
    while m := _TOKEN.match(text, position):
        if found.units and not _may_follow(text, position, unit, m):
            break
        unit = m[2] or ""
        found.units.append((str(int(m[1])), unit))
        position = m.end()
        joint = _JOINT.match(text, position)
        if joint and _TOKEN.match(text, joint.end()):
            position = joint.end()
        elif unit and unit != "号" and text[position : position + 1] == " ":
            position += 1
        elif not unit or unit == "号":
            break
    _read_building(found, text[position:])
    return found


def _may_follow(text: str, position: int, unit: str, number: re.Match[str]) -> bool:
    """Tell whether a number behind a space is still a house number: after 番地, a bare one is a room."""
    return text[position - 1] != " " or unit in ("丁目", "丁") or bool(number[2])


def _read_building(found: Numbers, text: str) -> None:
    building = re.sub(r"^先(?=$|[ (])|^[ \-,、(~]+|[ \-,、)]+$", "", text.replace("#", " ")).strip()
    building = re.sub(r" +", " ", building)
    room: list[str] = []
    host = _CARE_OF.search(building)
    building = building[: host.start()] if host else building
    if not _FLOOR.search(building) and (number := _ROOM.search(building) or _LETTER_ROOM.search(building)):
        room = _ROOM_PARTS.findall((number["room"] or number["bare"]).upper())
        building = building[: number.start()].rstrip(" -")
    if floor := _FLOOR.search(building):
        # A room of three digits names its floor itself (3階301); another needs it (2F-B).
        if not any(part.isdigit() and int(part) >= _ROOMS_BEGIN for part in room):
            room.insert(0, ("B" if floor[1] else "") + str(int(floor[2])) + "F")
        building = building[: floor.start()]
    if wing := _WING.search(building):
        room.insert(0, wing["wing"].upper())
        building = building[: wing.start()]
    found.room = "-".join(str(int(part)) if part.isdigit() else part for part in room) or None
    named = [part for part in (building.strip(" -,、()"), host["host"] if host else "") if part]
    found.building = " ".join(named) or None


def chain(found: Numbers) -> str | None:
    """Return the numbers as ``1-2-3/101``, house before room, equal for every writing; None without a house number.

    神南1-2-3-101 and 神南一丁目2番3号 ハイツ101号室 are the same dwelling. In a bare run the fourth number, or a last one from
    101 on, is taken for the room, because blocks hold few houses and rooms begin at 101.
    """
    house = [number for number, _ in found.units]
    if not house or [unit for _, unit in found.units] in (["丁目"], ["丁"]):
        return None
    room = house[3:]
    house = house[:3]
    if found.room:
        room.append(found.room)
    elif not room and len(house) > 1 and house[-1].isdigit() and int(house[-1]) >= _ROOMS_BEGIN:
        room.append(house.pop())
    return "-".join(house) + (f"/{'-'.join(room)}" if room else "")
