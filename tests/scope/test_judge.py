"""The rules on one record at a time."""

import pytest

from madoguchi.scope.judge import Field, Group, is_somebody_else, judge, message
from madoguchi.scope.people import People, Person


def people(*persons: dict[str, set[str]], bare_id: bool = False) -> People:
    found = [Person(f"P{i}", i + 2, dict(values)) for i, values in enumerate(persons)]
    return People(found, ids="id", bare_id=bare_id, columns_ignored=[])


def group(*fields: tuple[str, str], origin: int = 0, hangs_on: Group | None = None, outside: bool = False) -> Group:
    return Group(
        origin, [Field(item, (text,), i) for i, (item, text) in enumerate(fields)], hangs_on=hangs_on, outside=outside
    )


TARO = {"name": {"山田太郎"}, "email": {"taro@example.jp"}, "phone": {"+81312345678"}, "member_id": {"m1"}}
HANAKO = {"name": {"山田花子"}, "phone": {"+81312345678"}, "member_id": {"m2"}}


def items(record: list[Group], listed: People) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for sight in judge(record, listed):
        found.setdefault(sight.person, []).append(sight.item)
    return found


def test_a_household_phone_gives_each_of_them_and_the_named_one_the_rest() -> None:
    record = [group(("name", "山田花子"), ("phone", "03-1234-5678"), ("income", "500"))]
    assert items(record, people(TARO, HANAKO)) == {0: ["phone"], 1: ["name", "phone", "income"]}


def test_the_strongest_key_is_the_one_that_is_named() -> None:
    record = [group(("member_id", "M1"), ("phone", "03-1234-5678"), ("email", "TARO@example.jp"))]
    assert {sight.key for sight in judge(record, people(TARO))} == {"email"}


def test_a_group_without_a_name_goes_by_the_one_it_hangs_on() -> None:
    owner = group(("name", "佐藤三郎"))
    home = group(("phone", "03-1234-5678"), ("address", "東京都渋谷区神南1-2-3"), origin=1, hangs_on=owner)
    assert items([owner, home], people(TARO)) == {0: ["phone"]}


def test_whom_only_an_outside_group_ties_has_that_group_alone() -> None:
    order = group(("card_number", "4242424242424242"))
    gift = group(("phone", "03-1234-5678"), ("address", "どこか"), hangs_on=order, outside=True)
    assert items([order, gift], people(TARO)) == {0: ["phone", "address"]}


def test_the_outside_group_of_a_record_that_is_hers_anyway_is_hers_unless_it_names_somebody_else() -> None:
    order = group(("email", "taro@example.jp"))
    unnamed = group(("address", "どこか"), hangs_on=order, outside=True)
    named = group(("address", "どこか"), ("name", "鈴木次郎"), hangs_on=order, outside=True)
    assert items([order, unnamed], people(TARO)) == {0: ["email", "address"]}
    assert items([order, named], people(TARO)) == {0: ["email"]}


def test_the_name_of_one_group_does_not_go_with_the_address_of_another() -> None:
    person = {"name": {"山田太郎"}, "birth_date": {"1985-01-02"}}
    buyer = group(("name", "山田太郎"))
    child = group(("name", "山田次郎"), ("birth_date", "1985-01-02"), hangs_on=buyer, outside=True)
    assert items([buyer, child], people(person)) == {}
    assert items([group(("name", "山田太郎"), ("birth_date", "1985/1/2"))], people(person)) == {
        0: ["name", "birth_date"]
    }


def test_a_plain_id_does_not_count_where_the_row_names_somebody_else() -> None:
    record = [group(("member_id", "M1"), ("name", "鈴木次郎"))]
    assert items(record, people(TARO, bare_id=True)) == {}
    assert items(record, people(TARO)) == {0: ["member_id"]}


def test_ids_that_are_not_the_lists_tie_nobody() -> None:
    assert judge([group(("member_id", "M1"))], people(TARO), doubted={(0, 0)}) == []


@pytest.mark.parametrize(
    ("names", "other"),
    [
        (set(), False),
        ({"山田太郎"}, False),
        ({"山田大郎"}, True),
        ({"山田花子", "山田太郎"}, False),
        ({"yamadataro"}, False),
        ({"ヤマダタロウ"}, False),
    ],
)
def test_somebody_else_is_who_is_named_otherwise_in_the_same_script(names: set[str], other: bool) -> None:
    assert is_somebody_else(Person("P", 2, dict(TARO)), names) is other


def test_in_a_message_a_value_of_two_people_is_each_ones() -> None:
    found = list(message("代表 03-1234-5678 まで", people(TARO, HANAKO)))
    assert [(own.person, own.item, own.within) for own in found] == [(0, "phone", (3, 15)), (1, "phone", (3, 15))]


def test_a_message_without_a_strong_key_is_nobodys() -> None:
    assert list(message("山田太郎様 いつもありがとうございます", people(TARO))) == []
