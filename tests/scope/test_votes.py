"""Whether a leaked table's member ids are the list's."""

from madoguchi.scope import columns
from madoguchi.scope.people import People, Person
from madoguchi.scope.records import Records
from madoguchi.scope.shapes import Row, Spot
from madoguchi.scope.votes import Votes


def heard(headings: list[str], rows: list[list[str | None]], *, bare_id: bool = False) -> Votes:
    listed = [Person(f"P{i}", i, {"member_id": {str(i)}, "name": {f"山田{c}"}}) for i, c in enumerate("一二三四五六")]
    plan = columns.plan("users", headings, [], {})
    found = Votes(Records({"users": plan}, {}), People(listed, ids="id", bare_id=bare_id, columns_ignored=[]))
    for row in rows:
        found.hear("x.sql", Row("users", row, lambda *_: Spot(1, 0, 0, 0)))
    return found


def votes(rows: list[list[str | None]], *, bare_id: bool = False) -> bool:
    return heard(["user_id", "name"], rows, bare_id=bare_id).trust("x.sql", "users", 0)


def test_rows_that_agree_are_believed() -> None:
    assert votes([["0", "山田一"], ["1", "山田二"], ["2", "別人"]])


def test_two_rows_against_are_people_who_changed_their_names_three_are_another_table() -> None:
    assert votes([["0", "別人"], ["1", "別人"]])
    assert not votes([["0", "別人"], ["1", "別人"], ["2", "別人"]])


def test_a_plain_id_is_doubted_at_the_first_row_against() -> None:
    assert not votes([["0", "別人"]], bare_id=True)
    assert votes([["0", "別人"], ["1", "山田二"]], bare_id=True)


def test_rows_of_strangers_and_without_names_say_nothing() -> None:
    assert votes([["900", "別人"], ["901", "別人"], ["902", "別人"], ["0", None], ["1", ""]], bare_id=True)


def test_beside_the_list_s_number_another_with_the_same_digits_is_doubted_at_the_first_row_against() -> None:
    found = heard(["id", "会員番号", "name"], [["1", "0", "山田一"], ["900", "2", "山田三"]])
    assert not found.trust("x.sql", "users", 0)
    assert found.trust("x.sql", "users", 1)
