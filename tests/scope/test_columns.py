"""Which cells make which item."""

from madoguchi.scope import columns
from madoguchi.scope.columns import Plan


def plan(*headings: str, table: str = "x.csv", **kwargs: object) -> Plan:
    return columns.plan(table, headings, [], {}, **kwargs)  # type: ignore[arg-type]


def items(found: Plan) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(r.item, r.whose, tuple(i for _, i in r.cells)) for r in found.readings]


def test_parts_make_one_item() -> None:
    found = plan("姓", "名", "セイ", "メイ", "郵便番号", "都道府県", "市区町村", "番地", "建物名")
    assert items(found) == [
        ("name", "self", (0, 1)),
        ("name_kana", "self", (2, 3)),
        ("postal_code", "self", (4,)),
        ("address", "self", (5, 6, 7, 8)),
    ]
    assert found.readings[3].texts([*"......", "渋谷区", "1-2", ""][:9])[0].endswith("渋谷区1-2")


def test_several_mails_are_several_values() -> None:
    assert [r[0] for r in items(plan("email", "email2", "携帯メール"))] == ["email"] * 3


def test_an_address_with_parts_around_it_is_given_each_way_its_cells_allow() -> None:
    reading = next(r for r in plan("address", "address2", "city", "都道府県").readings if r.item == "address")
    ways = reading.texts(["神南1-2-3", "青空101", "渋谷区", "東京都"])
    assert "東京都渋谷区神南1-2-3青空101" in ways
    assert ways[-1] == "神南1-2-3"


def test_a_bare_id_is_what_the_table_says() -> None:
    assert [r.item for r in plan("id", "x", table="dtb_customers").readings] == ["member_id"]
    assert [r.item for r in plan("id", "x", table="orders").readings] == ["order_id"]
    assert [r.item for r in plan("id", "x", table="members_20260801.csv").readings] == ["member_id"]
    assert plan("id", "x", table="products").readings == ()
    assert plan("id", "x", table="export.csv").readings == ()


def test_a_name_in_a_table_of_things_is_no_persons() -> None:
    assert "name" not in plan("id", "name", table="categories").items


def test_a_comment_helps_where_the_heading_does_not() -> None:
    assert items(plan("c1", "c2", comments={"c2": "電話番号"})) == [("phone", "self", (1,))]


def test_what_the_user_says_comes_first() -> None:
    found = columns.plan("m.csv", ["a", "email"], [], {"a": "name.family", "m.email": "ignore"})
    assert items(found) == [("name", "self", (0,))]
    assert found.loose == ()


def test_what_no_heading_explains_is_left_loose() -> None:
    assert plan("email", "zzz").loose == (1,)
