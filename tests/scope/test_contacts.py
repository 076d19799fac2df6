"""How to reach the people of a list."""

from pathlib import Path

from madoguchi.scope.contacts import Contact, contacts


def test_contact_data_comes_as_the_list_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "会員番号,姓,名,旧姓,メール,メール2,郵便番号,都道府県,住所1\nM1,髙橋,花子,佐藤,A@example.jp,b@example.jp,150-0041,東京都,渋谷区神南1-2-3\nM2,,,,,,,,\n",
        encoding="utf-8",
    )
    assert contacts(path) == {
        "M1": Contact("M1", "髙橋 花子", "A@example.jp", None, "150-0041", "東京都渋谷区神南1-2-3"),
        "M2": Contact("M2"),
    }
