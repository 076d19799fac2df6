"""How names and literals of SQL are written."""

import pytest

from madoguchi.scope import sqltext
from madoguchi.scope.sqltext import Dialect


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("t", "t"),
        ("`a``b`", "a`b"),
        ('public."User"', "User"),
        ("[dbo].[M]", "M"),
        ("`shop`.`会員`", "会員"),
        ("会員", "会員"),
    ],
)
def test_a_dotted_name_is_its_last_part_without_quotes(path: str, name: str) -> None:
    assert sqltext.bare_name(path) == name


def test_names_of_a_list_are_read_with_lengths_and_orders() -> None:
    assert sqltext.names('(`a`, b(10), "c d" DESC)') == ["a", "b", "c d"]


@pytest.mark.parametrize(
    ("head", "dialect"),
    [
        ("-- MySQL dump", Dialect.BACKSLASH),
        ("INSERT INTO t VALUES (1);", Dialect.BACKSLASH),
        ("-- PostgreSQL database dump", Dialect.STANDARD),
        ("SET standard_conforming_strings = off;", Dialect.BACKSLASH),
        ("PRAGMA foreign_keys=OFF;", Dialect.STANDARD),
        ("REM INSERTING into M", Dialect.STANDARD),
        ("INSERT INTO `t` VALUES ('PostgreSQL database dump');", Dialect.BACKSLASH),
    ],
)
def test_a_dump_says_how_its_strings_are_read(head: str, dialect: Dialect) -> None:
    assert sqltext.detect(head) is dialect


def test_hex_is_text_where_it_can_be() -> None:
    assert sqltext.hex_text("8e5293", "cp932") == "0x8e5293"
    assert sqltext.hex_text("8e528a", "cp932") == "0x8e528a"
    assert sqltext.hex_text("8e5293635", "cp932") == "0x8e5293635"
    assert sqltext.hex_text("8e529363", "cp932") == "山田"
    assert sqltext.hex_text("00ff", "utf-8") == "0x00ff"
    assert sqltext.hex_text("e5b1b1e38080e794b00a", "utf-8") == "山\u3000田\n"


def test_quotes_in_copy_mean_nothing() -> None:
    assert sqltext.copy_text("it''s \\t tab") == "it''s \t tab"
    assert sqltext.copy_text(r"\N") is None
    assert sqltext.copy_text(r"\\N") == r"\N"
