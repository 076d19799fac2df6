"""Which table refers to which."""

from madoguchi.scope import columns, links
from madoguchi.scope.sqlschema import Schema


def tied(tables: dict[str, list[str]], *statements: str) -> set[tuple[str, str, str]]:
    schema = Schema()
    for statement in statements:
        schema.declare(statement, "x.sql")
    plans = {
        name: columns.plan(name, headings, [], {}, primary=schema.table(name).primary)
        for name, headings in tables.items()
    }
    return {
        (name, plans[name].headings[link.column], link.to)
        for name, found in links.find(plans, schema).items()
        for link in found
    }


def test_keys_are_inferred_from_the_names_of_columns_and_tables() -> None:
    assert tied(
        {
            "customers": ["id", "name", "email", "home_address_id"],
            "addresses": ["address_id", "address"],
            "orders": ["order_id", "customer_id", "address_id"],
            "order_lines": ["id", "order_id", "購入商品"],
        }
    ) == {
        ("orders", "customer_id", "customers"),
        ("orders", "address_id", "addresses"),
        ("order_lines", "order_id", "orders"),
    }


def test_a_declared_key_needs_no_likeness() -> None:
    assert tied(
        {"a": ["x", "メール"], "b": ["k", "住所"]},
        "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b (k);",
    ) == {("a", "x", "b")}


def test_the_same_number_under_another_heading_ties() -> None:
    assert tied({"members.csv": ["会員番号", "氏名", "メール"], "cards.csv": ["顧客番号", "カード番号"]}) == {
        ("cards.csv", "顧客番号", "members.csv")
    }


def test_nothing_leads_to_a_table_of_things_or_without_items() -> None:
    assert tied({"customers": ["id", "name", "email", "store_id"], "stores": ["id", "phone", "address"]}) == set()
    assert tied({"members": ["会員番号", "メール", "z_id"], "z": ["z_id", "colour"]}) == set()


def test_a_column_called_id_refers_to_nothing() -> None:
    assert tied({"a": ["id", "メール"], "b": ["id", "住所"]}) == set()
