"""Prefectures and municipalities at the beginning of a text."""

import pytest

from madoguchi.text import places


def test_there_are_47_prefectures():
    assert len(set(places.prefectures())) == 47
    assert places.prefecture_at("京都府京都市") == "京都府"
    assert places.prefecture_at("東京都千代田区") == "東京都"
    assert places.prefecture_at("横浜市") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("四日市市諏訪町", "四日市市"),
        ("廿日市市下平良", "廿日市市"),
        ("市川市八幡", "市川市"),
        ("町田市森野", "町田市"),
        ("東村山市本町", "東村山市"),
        ("大和郡山市北郡山町", "大和郡山市"),
        ("余市郡余市町朝日町", "余市郡余市町"),
        ("余市町朝日町", "余市町"),
        ("札幌市中央区北三条西", "札幌市中央区"),
        ("札幌市北3条", "札幌市"),
        ("杵島郡大町町大町", "杵島郡大町町"),
        ("佐波郡玉村町下新田", "佐波郡玉村町"),
        ("津市西丸之内", "津市"),
        ("鎌ケ谷市新鎌ケ谷", "鎌ケ谷市"),
        ("鎌ヶ谷市新鎌ヶ谷", "鎌ヶ谷市"),
        ("鎌が谷市新鎌が谷", "鎌が谷市"),
    ],
)
def test_the_name_ends_where_the_municipality_ends(text: str, name: str):
    found = places.municipality_at(text, None)
    assert found is not None
    assert found.name == name


def test_the_key_leaves_the_district_out_and_puts_the_city_in():
    ward = places.municipality_at("天白区島田", None)
    town = places.municipality_at("中川郡池田町西一条", None)
    assert ward is not None
    assert ward.key == "名古屋市天白区"
    assert town is not None
    assert (town.key, town.district, town.prefectures) == ("池田町", "中川郡", frozenset({"北海道"}))


def test_a_name_that_several_prefectures_have_says_all_of_them():
    found = places.municipality_at("府中市本町", None)
    assert found is not None
    assert found.prefectures == {"東京都", "広島県"}
    in_tokyo = places.municipality_at("府中市本町", "東京都")
    assert in_tokyo is not None
    assert in_tokyo.prefectures == {"東京都"}


def test_a_ward_that_many_cities_have_is_tokyos_or_nobodys():
    chuo = places.municipality_at("中央区日本橋", None)
    assert chuo is not None
    assert chuo.prefectures == {"東京都"}
    assert places.municipality_at("西区みなとみらい", None) is None


def test_a_city_that_is_no_more_is_known_by_its_last_character():
    found = places.municipality_at("浦和市高砂3", "埼玉県")
    assert found is not None
    assert (found.name, found.prefectures) == ("浦和市", frozenset({"埼玉県"}))


def test_a_town_alone_is_no_municipality():
    assert places.municipality_at("本町1-2-3", None) is None
    assert places.municipality_at("神南", None) is None
    assert places.municipality_at("", None) is None


def test_spellings_of_small_kana_are_one_and_keep_their_length():
    assert places.spelling("霞が関") == places.spelling("霞ヶ関") == places.spelling("霞ケ関")
    assert places.spelling("四ッ谷") == places.spelling("四ツ谷")
    assert len(places.spelling("つつじが丘ヶ関ッ")) == len("つつじが丘ヶ関ッ")


def test_a_prefecture_may_be_its_number():
    assert [places.prefecture_of(code) for code in ("1", "01", "JP-13", "４７", "jp-23")] == [
        "北海道",
        "北海道",
        "東京都",
        "沖縄県",
        "愛知県",
    ]
    assert [places.prefecture_of(text) for text in ("0", "48", "京都府", "")] == ["0", "48", "京都府", ""]
