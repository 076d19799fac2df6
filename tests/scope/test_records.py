"""Records put together from rows and the rows they refer to."""

from madoguchi.scope import columns, links
from madoguchi.scope.records import Records
from madoguchi.scope.shapes import SHARED, Row, Spot
from madoguchi.scope.sqlschema import Schema


def row(table: str, *values: str | None) -> Row:
    return Row(table, list(values), lambda cell, _: Spot(1, cell, cell, 1))


def shop() -> Records:
    tables = {
        "customers": ["id", "name", "email", "home_id"],
        "homes": ["home_id", "address", "phone"],
        "orders": ["order_id", "customer_id", "home_id"],
        "payments": ["id", "order_id", "card_number"],
    }
    plans = {name: columns.plan(name, headings, [], {}) for name, headings in tables.items()}
    return Records(plans, links.find(plans, Schema()))


def fields(records: Records, of: Row, source: str = "a.sql") -> list[tuple[str, bool]]:
    groups, _ = records.record(source, of)
    return [(f.texts[0], group.outside) for group in groups for f in group.fields]


def test_a_payment_reaches_its_order_its_customer_and_her_home() -> None:
    records = shop()
    records.keep("a.sql", row("homes", "7", "東京都", "03"))
    records.keep("a.sql", row("customers", "1", "山田", "a@example.jp", "7"))
    records.keep("a.sql", row("orders", "900", "1", None))
    found = dict(fields(records, row("payments", "5", "900", "4111111111111111")))
    assert set(found) == {"900", "4111111111111111", "1", "山田", "a@example.jp", "東京都", "03"}


def test_what_another_key_than_the_owners_leads_to_is_outside() -> None:
    records = shop()
    records.keep("a.sql", row("homes", "8", "大阪府", "06"))
    assert dict(fields(records, row("orders", "900", "1", "8")))["大阪府"] is True


def test_a_row_that_many_refer_to_is_nobodys() -> None:
    records = shop()
    records.keep("a.sql", row("homes", "7", "東京都", "03"))
    for i in range(SHARED):
        records.keep("a.sql", row("customers", str(i), f"人{i}", "", "7"))
    assert "東京都" in dict(fields(records, row("customers", "0", "人0", "", "7")))
    records.keep("a.sql", row("customers", "x", "もう一人", "", "7"))
    assert "東京都" not in dict(fields(records, row("customers", "0", "人0", "", "7")))


def test_a_number_that_two_rows_of_a_file_have_is_no_key() -> None:
    records = shop()
    for name in ("山田", "佐藤"):
        records.keep("a.sql", row("customers", "1", name, "", None))
    assert dict(fields(records, row("orders", "900", "1", None))) == {"900": False, "1": False}


def test_of_two_systems_the_one_of_the_same_file_counts() -> None:
    records = shop()
    records.keep("a.sql", row("customers", "1", "山田", "", None))
    records.keep("b.sql", row("customers", "1", "佐藤", "", None))
    assert "山田" in dict(fields(records, row("orders", "900", "1", None), "a.sql"))
    assert "佐藤" in dict(fields(records, row("orders", "900", "1", None), "b.sql"))
    third = dict(fields(records, row("orders", "900", "1", None), "c.sql"))
    assert "山田" not in third
    assert "佐藤" not in third


def test_rows_that_refer_to_each_other_end() -> None:
    plans = {
        "a": columns.plan("a", ["a_id", "b_id", "email"], [], {}),
        "b": columns.plan("b", ["b_id", "a_id", "phone"], [], {}),
    }
    records = Records(plans, links.find(plans, Schema()))
    records.keep("x", row("a", "1", "2", "a@example.jp"))
    records.keep("x", row("b", "2", "1", "03-1234-5678"))
    assert {text for text, _ in fields(records, row("a", "1", "2", "a@example.jp"), "x")} == {
        "a@example.jp",
        "03-1234-5678",
    }
