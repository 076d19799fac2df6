"""The numbers behind a town, and the room behind the building."""

import pytest

from madoguchi.text import house_numbers
from madoguchi.text.fold import fold


def read(text: str) -> house_numbers.Numbers:
    return house_numbers.read(house_numbers.digits(fold(text)))


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("神南一丁目二番三号", "神南1丁目2番3号"),
        ("神南十二丁目二十三番地四", "神南12丁目23番地4"),
        ("一番町五-三", "一番町5-3"),
        ("八丁堀二丁目", "八丁堀2丁目"),
        ("三田三-四-五", "三田3-4-5"),
        ("六番二丁目", "六番2丁目"),
        ("一の宮町", "一の宮町"),
        ("千代田", "千代田"),
        ("北三条西五丁目", "北三条西5丁目"),
        ("神南一の二の三", "神南1の2の3"),
        ("二〇三号室", "203号室"),
    ],
)
def test_kanji_numerals_of_house_numbers_become_digits_and_those_of_towns_stay(written: str, digits: str):
    assert house_numbers.digits(written) == digits


@pytest.mark.parametrize(
    ("written", "town", "chain"),
    [
        ("神南1-2-3", "神南", "1-2-3"),
        ("神南1-2-3-101", "神南", "1-2-3/101"),
        ("神南1-2-101", "神南", "1-2/101"),
        ("神南123番地", "神南", "123"),
        ("北3条西5丁目1-2", "北3条西", "5-1-2"),
        ("1番町5-3", "1番町", "5-3"),
        ("10区12", "10区", "12"),
        ("神南1丁目", "神南", None),
        ("神南", "神南", None),
        ("神南1-2-03号", "神南", "1-2-3"),
        ("字原野無番地", "字原野", "無番地"),
        ("神南1丁目2番先", "神南", "1-2"),
    ],
)
def test_the_town_ends_where_its_house_numbers_begin(written: str, town: str, chain: str | None):
    found = read(written)
    assert found.town == town
    assert house_numbers.chain(found) == chain


@pytest.mark.parametrize(
    ("behind", "building", "room"),
    [
        ("", None, None),
        (" サンハイツ101号室", "サンハイツ", "101"),
        (" サンハイツ 0101", "サンハイツ", "101"),
        (" 第2コーポ 203", "第2コーポ", "203"),
        (" メゾン21 305", "メゾン21", "305"),
        (" ABCビル301", "ABCビル", "301"),
        (" ABC301", "ABC", "301"),
        (" サンハイツB-201", "サンハイツ", "B-201"),
        (" サンハイツB棟201", "サンハイツ", "B-201"),
        (" サンハイツ東棟201号", "サンハイツ", "東-201"),
        (" 団地3号棟", "団地", "3"),
        (" サンハイツ201A", "サンハイツ", "201-A"),
        (" サンハイツA号室", "サンハイツ", "A"),
        (" 中央ビル3F", "中央ビル", "3F"),
        (" 中央ビル地下1階", "中央ビル", "B1F"),
        (" 中央ビルB1F", "中央ビル", "B1F"),
        (" 中央ビル3階301", "中央ビル", "301"),
        (" 中央ビル2F-B", "中央ビル", "2F-B"),
        (" 中央ビル2階 5号室", "中央ビル", "2F-5"),
        ("先 先崎ビル", "先崎ビル", None),
        ("、サンハイツ101", "サンハイツ", "101"),
        ("(サンハイツ101)", "サンハイツ", "101"),
        (" イーストタワー2305", "イーストタワー", "2305"),
        (" 佐藤方", "佐藤方", None),
        (" サンハイツ101 佐藤様方", "サンハイツ 佐藤様方", "101"),
        (" サンハイツ101号室佐藤方", "サンハイツ 佐藤方", "101"),
        (" サンハイツⅡ101", "サンハイツII", "101"),
        (" サンハイツ3-B", "サンハイツ", "3-B"),
    ],
)
def test_the_room_stands_behind_the_building(behind: str, building: str | None, room: str | None):
    found = read(f"神南1-2-3{behind}")
    assert [number for number, _ in found.units] == ["1", "2", "3"]
    assert (found.building, found.room) == (building, room)
