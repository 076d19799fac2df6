"""The people list as it is really written."""

from collections.abc import Iterator

from madoguchi.intake.text import Line
from madoguchi.scope import ids, people
from madoguchi.scope.csvread import Sheet
from madoguchi.scope.people import People


def lines(text: str) -> Iterator[Line]:
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        data = line.encode()
        yield Line(number, line, at, len(data), data, "utf-8")
        at += len(data) + 1


def listed(text: str) -> People:
    return people.read(Sheet(lines(text), "people.csv"), {}, "people.csv")


def test_several_mails_phones_and_names_are_all_hers() -> None:
    found = listed(
        "会員番号,姓,名,旧姓,メール,メール2,携帯,自宅電話\n"
        'M1,山田,花子,佐藤,"a@example.jp; b@example.jp",c@example.jp,090-1111-2222,03-1234-5678\n'
    )
    for mail in "abc":
        assert found.with_value("email", f"{mail}@example.jp") == [0]
    assert found.with_value("phone", "+819011112222") == found.with_value("phone", "+81312345678") == [0]
    assert {"山田花子", "花子山田", "佐藤花子"} <= found.people[0].names
    assert "佐藤" in found.people[0].families


def test_my_number_and_passwords_of_the_list_are_not_even_read() -> None:
    found = listed("会員番号,メール,マイナンバー,パスワード\nM1,a@example.jp,123456789018,himitsu\n")
    assert found.columns_ignored == ["マイナンバー", "パスワード"]
    assert "123456789018" not in str(found.people)
    assert "himitsu" not in str(found.people)


def test_a_phone_in_three_columns_is_one_phone() -> None:
    found = listed("会員番号,電話番号1,電話番号2,電話番号3\nM1,03,1234,5678\nM2,090,1111,2222\nM3,06,6666,7777\n")
    assert found.with_value("phone", "+81312345678") == [0]


def test_the_id_is_the_column_id_else_the_member_number_else_the_line() -> None:
    assert listed("会員番号,id,メール\nM1,7,a@example.jp\n").people[0].id == "7"
    assert listed("氏名,会員番号,メール\n山田,M1,a@example.jp\n").people[0].id == "M1"
    assert listed("氏名,メール\n山田,a@example.jp\n").people[0].id == "2"


def test_a_number_is_theirs_only_as_a_number_of_its_kind() -> None:
    found = listed("会員番号,メール\n7,a@example.jp\n")
    assert found.with_value("member_id", "7", ids.kind("customer_id")) == [0]
    assert found.with_value("member_id", "7", ids.kind("社員番号")) == []


def test_a_value_is_shared_by_up_to_twenty_and_then_by_nobody() -> None:
    def with_phone(count: int) -> People:
        return listed(
            "会員番号,電話番号,氏名,生年月日\n"
            + "".join(f"M{i},03-1234-5678,山田太郎,1980-01-01\n" for i in range(count))
        )

    assert len(with_phone(20).with_value("phone", "+81312345678")) == 20
    assert with_phone(21).with_value("phone", "+81312345678") == []
    assert [row["item"] for row in with_phone(21).not_identifying()] == ["name+birth_date", "phone"]
