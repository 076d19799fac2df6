"""What dumps declare about their tables."""

from madoguchi.scope.sqlschema import Schema


def schema(*statements: str) -> Schema:
    found = Schema()
    for statement in statements:
        found.declare(statement, "x.sql")
    return found


def test_columns_comments_and_keys_of_a_mysql_table_are_read() -> None:
    table = schema(
        "CREATE TABLE IF NOT EXISTS `shop`.`orders` (`no` int NOT NULL COMMENT '注文, (番号)', `d` decimal(10,2) DEFAULT '0,0',"
        " `cid` int, PRIMARY KEY (`no`) USING BTREE, KEY `k` (`cid`), CONSTRAINT `f` FOREIGN KEY (`cid`) REFERENCES `c` (`id`)) ENGINE=InnoDB;"
    ).tables["orders"]
    assert table.columns == ["no", "d", "cid"]
    assert table.comments == {"no": "注文, (番号)"}
    assert table.primary == "no"
    assert table.foreign == {"cid": ("c", "id")}


def test_inline_keys_are_read() -> None:
    table = schema("CREATE TABLE a (id serial PRIMARY KEY, b_id int REFERENCES public.b, CHECK (id > 0));").tables["a"]
    assert (table.columns, table.primary, table.foreign) == (["id", "b_id"], "id", {"b_id": ("b", None)})


def test_keys_added_later_are_read() -> None:
    found = schema(
        "ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);",
        'ALTER TABLE ONLY public.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES public."B"(bid) ON UPDATE CASCADE;',
    ).tables["a"]
    assert (found.primary, found.foreign) == ("id", {"b_id": ("B", "bid")})


def test_a_key_of_two_columns_is_no_key_of_one() -> None:
    assert schema("CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));").tables["a"].primary is None


def test_a_partition_has_the_columns_of_its_table() -> None:
    found = schema(
        "CREATE TABLE payment (payment_id int, customer_id int);",
        "CREATE TABLE payment_p2007_01 (CONSTRAINT c CHECK ((payment_date >= '2007-01-01'))) INHERITS (payment);",
        "CREATE TABLE p2 PARTITION OF payment FOR VALUES FROM ('a') TO ('b');",
        "ALTER TABLE ONLY public.payment ATTACH PARTITION public.p3 FOR VALUES IN (3);",
    )
    for name in ("payment_p2007_01", "p2", "p3"):
        assert found.columns(name) == ["payment_id", "customer_id"]


def test_a_dump_that_never_said_its_columns_takes_them_from_its_inserts() -> None:
    found = Schema()
    assert found.filled("t", ["a", "b"], "x.sql") == "t"
    assert found.columns("t") == ["a", "b"]
    other = found.filled("t", ["b"], "y.sql")
    assert found.columns(other) == ["b"]
    assert found.inherited(other)[1].name == "t"
