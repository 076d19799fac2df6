"""What is said of a value that does not fit."""

from datetime import datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated

import pytest
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from madoguchi.text import misfit


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("kind", "value", "ja", "en"),
    [
        (
            Colour,
            "read",
            "「red」ではありませんか。使える値は red、blue です。",
            "did you mean 'red'? write one of: red, blue",
        ),
        (Colour, "zzz", "「zzz」は使えません。使える値は", "'zzz' is not allowed; write one of"),
        (datetime, "明日", "日時として", "point in time"),
        (AwareDatetime, "2026-08-01T09:30", "時差がありません", "no time zone"),
        (time, "x", "時刻として", "time of day"),
        (float, "x", "数として", "not a number"),
        (Decimal, "x", "数として", "not a number"),
        (dict[str, int], 5, "「項目: 値」", "`key: value`"),
        (set[int], 5, "並び", "not a list"),
        (tuple[int, int], 5, "並び", "not a list"),
        (Annotated[int, Field(gt=0)], 0, "0より大きい", "more than 0"),
        (Annotated[int, Field(le=9)], 10, "9以下", "9 or less"),
        (Annotated[int, Field(lt=9)], 9, "9より小さい", "less than 9"),
        (Annotated[list[int], Field(min_length=1)], [], "1つ以上", "at least 1"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "1つまで", "at most 1"),
        (Annotated[str, Field(min_length=2)], "a", "2文字以上", "at least 2 characters"),
        (Annotated[str, Field(max_length=2)], "abc", "2文字まで", "at most 2 characters"),
        (Annotated[str, Field(pattern="^a$")], "b", "書き方が決まりと違います", "right form"),
        (bytes, 5, "書き方を確かめて", "cannot be used"),
        (list[int], "a b", "[a b] のように角かっこで", "in brackets, [a b]"),
        (list[int], "x" * 99, "[…] のように角かっこで", "in brackets, […]"),
    ],
)
def test_each_kind_of_misfit_says_what_to_write(kind: type, value: object, ja: str, en: str):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    said = misfit.say(caught.value.errors()[0])
    assert ja in said[0]
    assert en in said[1]


def test_a_long_value_is_shortened_and_kept_on_one_line():
    ja, en = misfit.quoted("長い\n値" * 50)
    assert len(ja) < 50
    assert "\n" not in ja + en


@pytest.mark.parametrize(
    ("value", "ja"),
    [(None, "空の値"), (True, "「true」"), ({"a": 1}, "「項目: 値」の集まり"), ([1], "値の並び"), (5, "「5」")],
)
def test_a_value_is_named_by_what_it_is(value: object, ja: str):
    assert misfit.quoted(value)[0] == ja
