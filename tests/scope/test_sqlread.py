"""Every value that SQL can write comes back as it was, with its place."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.text import Line
from madoguchi.problem import Problem
from madoguchi.scope.shapes import Row
from madoguchi.scope.sqlread import Dump
from madoguchi.scope.sqlschema import Schema

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
ROWS = st.lists(st.lists(st.one_of(st.none(), TEXT), min_size=3, max_size=3), min_size=1, max_size=5)


def lines(text: str) -> Iterator[Line]:
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        data = line.encode()
        yield Line(number, line, at, len(data), data, "utf-8")
        at += len(data) + 1


def rows(text: str, schema: Schema | None = None) -> list[Row]:
    return list(Dump(lines(text), "utf-8", schema or Schema(), "x.sql").rows())


def values(text: str, schema: Schema | None = None) -> list[list[str | None]]:
    return [row.values for row in rows(text, schema)]


def in_mysql(value: str | None) -> str:
    if value is None:
        return "NULL"
    for char, escaped in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\x1a", "\\Z")):
        value = value.replace(char, escaped)
    return f"'{value}'"


def in_postgres(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def in_copy(value: str | None) -> str:
    if value is None:
        return r"\N"
    for char, escaped in (
        ("\\", "\\\\"),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\t", "\\t"),
        ("\b", "\\b"),
        ("\f", "\\f"),
        ("\v", "\\v"),
    ):
        value = value.replace(char, escaped)
    return value


@given(ROWS)
def test_what_mysqldump_writes_is_what_was_in_the_table(table: list[list[str | None]]) -> None:
    written = ",".join("(" + ",".join(map(in_mysql, row)) + ")" for row in table)
    assert values(f"-- MySQL dump\nINSERT INTO `t` VALUES {written};\n") == table


@given(ROWS)
def test_what_pg_dump_writes_as_inserts_is_what_was_in_the_table(table: list[list[str | None]]) -> None:
    written = "".join(f"INSERT INTO public.t VALUES ({', '.join(map(in_postgres, row))});\n" for row in table)
    text = f"-- PostgreSQL database dump\nSET standard_conforming_strings = on;\n{written}"
    assert values(text.replace("\r", "\x01")) == [[c and c.replace("\r", "\x01") for c in row] for row in table]


@given(ROWS)
def test_what_pg_dump_writes_with_copy_is_what_was_in_the_table(table: list[list[str | None]]) -> None:
    written = "".join("\t".join(map(in_copy, row)) + "\n" for row in table)
    assert values(f"-- PostgreSQL database dump\nCOPY public.t (a, b, c) FROM stdin;\n{written}\\.\n") == table


@given(ROWS)
def test_the_place_of_a_cell_is_where_its_bytes_stand(table: list[list[str | None]]) -> None:
    written = ",\n".join("(" + ",".join(map(in_mysql, row)) + ")" for row in table)
    text = f"-- MySQL dump\nINSERT INTO `t` VALUES {written};\n"
    data = text.encode()
    for row in Dump(lines(text), "utf-8", Schema(), "x.sql").rows():
        for cell, value in enumerate(row.values):
            spot = row.spot(cell)
            assert spot.offset is not None
            assert spot.length is not None
            inside = data[spot.offset : spot.offset + spot.length].decode()
            assert in_mysql(value) in (f"'{inside}'", inside)
            assert data[: spot.offset].count(b"\n") + 1 == spot.line


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    try:
        rows("-- MySQL dump\nINSERT INTO t VALUES (1,'a');\n" + text)
    except Problem as problem:
        assert problem.place  # noqa: PT017 - either outcome is right, silence about the place is not


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("0xE5B1B1E794B0", "山田"),
        ("X'E5B1B1E794B0'", "山田"),
        ("_binary 'a\\0b'", "a\0b"),
        ("_utf8mb4'山田'", "山田"),
        ("N'山田'", "山田"),
        ('"say ""hi"""', 'say "hi"'),
        ("'a''b'", "a'b"),
        ("'100\\%'", "100\\%"),
        ("-12.5e3", "-12.5e3"),
        ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
        ("CAST('a,b)' AS CHAR)", "CAST('a,b)' AS CHAR)"),
        ("now()", "now()"),
        ("DEFAULT", None),
    ],
)
def test_each_literal_of_mysql_is_read(literal: str, text: str | None) -> None:
    assert values(f"INSERT INTO t VALUES (1, {literal} , 2);\n") == [["1", text, "2"]]


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r"E'a\nb\x41\101\u5c71'", "a\nbAA山"),
        (r"'C:\'", "C:\\"),
        ("'a'::character varying", "a"),
        ("'{1,2}'::integer[]", "{1,2}"),
        ("'2026-01-02 03:04:05+09'::timestamp with time zone", "2026-01-02 03:04:05+09"),
    ],
)
def test_each_literal_of_postgresql_is_read(literal: str, text: str) -> None:
    head = "-- PostgreSQL database dump\nSET standard_conforming_strings = on;\n"
    assert values(f"{head}INSERT INTO public.t (a, b) VALUES ({literal}, 1);\n") == [[text, "1"]]


def test_old_postgresql_dumps_escape_with_backslashes() -> None:
    assert values("SET standard_conforming_strings = off;\nINSERT INTO t VALUES ('a\\'b');\n") == [["a'b"]]


def test_sql_servers_batches_without_semicolons_are_read() -> None:
    text = (
        "USE [shop]\nGO\nSET IDENTITY_INSERT [dbo].[m] ON\nGO\nINSERT [dbo].[m] ([a], [b]) VALUES (1, N'C:\\')\n"
        "INSERT [dbo].[m] ([a], [b]) VALUES (2, CAST(N'2026-01-01T00:00:00' AS DateTime))\nGO\nSET IDENTITY_INSERT [dbo].[m] OFF\nGO\n"
    )
    assert [row[0] for row in values(text)] == ["1", "2"]
    assert values(text)[0][1] == "C:\\"


def test_the_commands_of_psql_are_passed_over() -> None:
    text = "-- PostgreSQL database dump\n\\restrict abc\nCOPY t (a) FROM stdin;\n1\n\\.\n\n\\unrestrict abc\n"
    assert values(text) == [["1"]]


def test_a_last_statement_needs_no_semicolon() -> None:
    assert values("INSERT INTO t VALUES (1)\n") == [["1"]]
    assert values("INSERT INTO t VALUES (1);\nCOMMIT") == [["1"]]


def test_a_dump_that_is_cut_off_in_the_head_of_a_statement_says_so() -> None:
    with pytest.raises(Problem, match="ends inside"):
        values("INSERT INTO t VALUES (1);\nINSERT INTO t VAL")


def test_a_function_body_holds_no_rows() -> None:
    text = "-- PostgreSQL database dump\nCREATE FUNCTION f() RETURNS void AS $_$ INSERT INTO t VALUES ('x'); $_$ LANGUAGE sql;\n"
    assert values(text + "INSERT INTO t VALUES ('y');\n") == [["y"]]


def test_statements_in_comments_and_strings_hold_no_rows() -> None:
    text = "-- INSERT INTO t VALUES (1);\n/* INSERT INTO t VALUES (2); */\nUPDATE t SET a='x; INSERT INTO t VALUES (3);';\n"
    assert values(text + "INSERT INTO t VALUES (4);\n") == [["4"]]


def test_a_dump_that_is_cut_off_gives_its_whole_rows_and_says_where_it_ends() -> None:
    found = []
    reader = Dump(lines("-- MySQL dump\nINSERT INTO t VALUES (1,'a'),\n(2,'b"), "utf-8", Schema(), "x.sql").rows()
    with pytest.raises(Problem) as problem:
        found.extend(row.values for row in reader)
    assert found == [["1", "a"]]
    assert problem.value.place == "line 3"


def test_a_copy_that_is_cut_off_says_so() -> None:
    reader = Dump(lines("COPY t (a) FROM stdin;\n1\n2\n"), "utf-8", Schema(), "x.sql").rows()
    with pytest.raises(Problem, match="ends inside"):
        list(reader)


def test_only_the_first_rows_of_each_table_are_given_when_that_is_asked() -> None:
    text = "".join(f"INSERT INTO {t} VALUES {','.join(f'({i})' for i in range(50))};\n" for t in ("a", "b"))
    found = [row.values[0] for row in Dump(lines(text), "utf-8", Schema(), "x.sql").rows(first=2)]
    assert found == ["0", "1", "0", "1"]


def test_a_statement_longer_than_a_piece_is_read_in_order() -> None:
    text = "INSERT INTO t VALUES\n" + ",\n".join(f"({i},'{'x' * 50}')" for i in range(5000)) + ";\n"
    assert [row[0] for row in values(text)] == [str(i) for i in range(5000)]
